from pathlib import Path

import pytest

from kb.content.terms import (
    Term,
    clinic_terms,
    common_terms,
    medicines,
    read_terms,
    terms_from_json,
    terms_to_json,
)
from kb.errors import KbError
from kb.settings import Settings
from tests.conftest import ROOT

GOOD = """
# Ours.
[[term]]
name = "massage"
kind = "treatment"
names = ["rub"]
lay = ["back rub"]

[[term]]
name = "hot stone massage"
kind_of = ["massage"]
"""
MASSAGE = Term(name="massage", kind="treatment", names=("rub",), lay=("back rub",))


def read(folder: Path, text: str) -> tuple[Term, ...]:
    (folder / "terms.toml").write_text(text, encoding="utf-8")
    return read_terms(folder / "terms.toml")


def test_terms_are_read_as_written(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD) == (MASSAGE, Term(name="hot stone massage", kind_of=("massage",)))


def test_terms_survive_being_kept_with_a_generation(tmp_path: Path) -> None:
    terms = read(tmp_path, GOOD)
    assert terms_from_json(terms_to_json(terms)) == terms


def test_without_a_file_there_are_no_terms(tmp_path: Path) -> None:
    assert read_terms(tmp_path / "terms.toml") == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[[term]]\nname = "a"\n\n[[term]]\nnames = ["b"]\n', r"terms\.toml:4: name"),
        ('[[term]]\nname = "a"\nbrand = ["b"]\n', r"terms\.toml:1: brand"),
        ('[[term]]\nname = "a"\nkind = "potion"\n', r"terms\.toml:1: kind"),
        ('[[term]]\nname = "a"\nlay = [" "]\n', "empty form"),
        ('[[term]]\nname = "a"\nrelated = ["b"]\n', 'names "b", which is no term'),
        (
            '[[term]]\nname = "a"\nnames = ["x"]\n[[term]]\nname = "b"\nbrands = ["X"]\n',
            'terms.toml:4: "X" is a name',
        ),
        ('[[term]]\nname = "a"\n[[term]]\nname = "b"\nlay = ["a"]\nrelated = ["a"]\n', "both related"),
        ('[[term]]\nname = "a"\nstreet_beside = ["b"]\n', "street_beside without street"),
        ('term = "a"\n', r"no \[\[term\]\] tables"),
        ("[[term]\n", "no valid TOML"),
    ],
)
def test_a_wrong_term_is_named_by_its_line(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(KbError, match=problem):
        read(tmp_path, text)


def test_a_folder_without_terms_uses_those_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "bare").mkdir()
    read(tmp_path, GOOD)
    read(tmp_path / "own", '[[term]]\nname = "a"\n')
    settings = Settings(terms=str(tmp_path / "terms.toml"))
    assert clinic_terms(tmp_path / "own", settings) == (Term(name="a"),)
    assert clinic_terms(tmp_path / "bare", settings)[0] == MASSAGE
    assert clinic_terms(tmp_path / "bare", Settings()) == ()
    with pytest.raises(KbError, match="is no file"):
        clinic_terms(tmp_path / "bare", Settings(terms=str(tmp_path / "none.toml")))


def test_the_clinics_terms_keep_apart_what_is_not_the_same() -> None:
    terms = {term.name: term for term in read_terms(ROOT / "articles" / "terms.toml")}
    esketamine, ketamine = terms["esketamine"], terms["ketamine"]
    assert "Spravato" in esketamine.brands
    assert esketamine.related == ("ketamine",)
    assert not set(esketamine.same) & set(ketamine.same)
    # A class is wider than its drugs, and no name of any.
    assert terms["sertraline"].kind_of == ("selective serotonin reuptake inhibitor",)
    assert "SSRI" not in terms["sertraline"].same


def test_the_clinic_is_found_when_people_say_your_clinic(tmp_path: Path) -> None:
    named = Settings.model_validate({"clinic": {"name": "Hill Street Surgery"}})
    assert [(term.name, term.lay[0]) for term in clinic_terms(tmp_path, named)] == [
        ("Hill Street Surgery", "clinic")
    ]
    assert clinic_terms(tmp_path, Settings()) == ()


def test_a_clinic_that_has_its_own_term_keeps_it(tmp_path: Path) -> None:
    (tmp_path / "terms.toml").write_text(
        '[[term]]\nname = "Hill Street Surgery"\nkind = "service"\nlay = ["the hill"]\n'
    )
    named = Settings.model_validate({"clinic": {"name": "Hill Street Surgery"}})
    assert [term.lay for term in clinic_terms(tmp_path, named)] == [("the hill",)]


def test_words_of_medicine_are_common_to_all_clinics() -> None:
    common = {term.name: term for term in common_terms(())}
    assert common["radiation therapy"].kind == "treatment"
    assert "radiotherapy" in common["radiation therapy"].names
    assert "peeing" in common["urination"].lay


def test_what_the_clinics_own_terms_call_something_is_no_common_term() -> None:
    own = (Term(name="urination", names=("voiding",)), Term(name="scan", lay=("radiotherapy",)))
    common = {term.name: term for term in common_terms(own)}
    assert "urination" not in common
    assert "radiotherapy" not in common["radiation therapy"].names


def test_every_name_of_a_medicine_is_one_word_and_stands_once() -> None:
    names = [name.casefold() for term in medicines(()) for name in (*term.same, *term.lay)]
    assert sorted(names) == sorted(set(names))
    assert [name for name in names if " " in name] == []


def test_a_brand_leads_to_its_medicine_and_another_generic_name_is_the_same() -> None:
    known = {term.name: term for term in medicines(())}
    assert (known["acetaminophen"].names, known["acetaminophen"].lay[0]) == (("paracetamol",), "Tylenol")


def test_medicines_that_terms_name_are_left_to_them() -> None:
    own = (Term(name="sertraline", kind="drug", brands=("Zoloft",)), Term(name="Nexium", kind="drug"))
    left = {term.name: term for term in medicines(own)}
    assert "sertraline" not in left
    assert left["esomeprazole"].lay == ()
