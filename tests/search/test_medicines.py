"""Medicines are told apart, whether or not a clinic's own terms name them: one never stands for another."""

from pathlib import Path

import pytest

from kb.asking import KnowledgeBase
from kb.content.entries import Entry
from kb.content.terms import Term
from kb.search.building import build
from kb.search.generation import Contents
from kb.search.question.parts import Choice
from kb.settings import Settings
from tests.entries import entry

TERMS = (
    Term(name="antidepressant", kind="drug class", names=("antidepressants",)),
    Term(name="fluoxetine", kind="drug", brands=("Prozac",), kind_of=("antidepressant",)),
    Term(name="paroxetine", kind="drug", brands=("Paxil",), kind_of=("antidepressant",)),
)


def leaflet(number: int, medicine: str, answer: str) -> Entry:
    return entry(
        id=str(number),
        article="leaflets.md",
        question=f"What is {medicine} used for?",
        answer=answer,
        focus=medicine,
        qtype="definition",
    )


LEAFLETS = (
    leaflet(1, "Celebrex", "Celebrex is a medicine for pain and swelling in the joints."),
    leaflet(2, "Lamictal", "Lamictal is a medicine for seizures and for mood."),
    leaflet(3, "fluoxetine", "Fluoxetine is an antidepressant. It takes weeks to work."),
    leaflet(4, "sertraline", "Sertraline is a medicine for low mood and for worry."),
    entry(
        id="5",
        article="leaflets.md",
        question="¿Duele la infusión?",
        answer="La aguja pica un momento.",
        lang="es",
    ),
    entry(
        id="6",
        article="leaflets.md",
        question="What is gout?",
        answer="Gout is a pain in the toe.",
        focus="gout",
    ),
)


@pytest.fixture(scope="module")
def pharmacy(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder: Path = tmp_path_factory.mktemp("index")
    build(folder, Contents(LEAFLETS, list, dict, dict, TERMS))
    return KnowledgeBase(Settings(), folder)


@pytest.mark.parametrize(
    "medicine", ["celexa", "paroxetine", "paxil", "lamisil", "does paroxetine work", "lipitor"]
)
def test_a_medicine_is_not_answered_with_another(pharmacy: KnowledgeBase, medicine: str) -> None:
    assert pharmacy.ask(medicine).outcome != "answer"


@pytest.mark.parametrize(
    ("asked", "first"),
    [("celebrex", "1"), ("lamictal", "2"), ("prozac", "3"), ("zoloft", "4"), ("what is lustral for", "4")],
)
def test_a_medicine_is_found_by_its_names(pharmacy: KnowledgeBase, asked: str, first: str) -> None:
    reply = pharmacy.ask(asked)
    assert (reply.outcome, reply.hits[0].entry.id) == ("answer", first)


@pytest.mark.parametrize(
    ("typed", "names"), [("celebra", {"celebrex", "celexa"}), ("lamictil", {"lamictal", "lamisil"})]
)
def test_names_that_look_alike_are_asked_about(pharmacy: KnowledgeBase, typed: str, names: set[str]) -> None:
    reply = pharmacy.ask(typed)
    assert [(choice.typed, set(choice.names)) for choice in reply.choices] == [(typed, names)]
    assert (reply.outcome, reply.corrections) == ("not_covered", ())


def test_a_brand_leads_to_its_medicine_and_to_no_other_brand(tmp_path: Path) -> None:
    build(tmp_path, Contents((leaflet(1, "Wegovy", "Wegovy is taken to lose weight."),), list, dict, dict))
    assert KnowledgeBase(Settings(), tmp_path).ask("what is rybelsus used for").outcome != "answer"


@pytest.mark.parametrize("query", ["¿Duele la infusión?", "duele la infusion", "What is gout", "whats gout"])
def test_an_entrys_own_question_is_answered(pharmacy: KnowledgeBase, query: str) -> None:
    assert pharmacy.ask(query).outcome == "answer"


@pytest.mark.parametrize("query", ["1=1", "or 1", "' OR 1=1--", "7 7 7"])
def test_little_numbers_ask_nothing(pharmacy: KnowledgeBase, query: str) -> None:
    assert (pharmacy.ask(query).outcome, pharmacy.ask(query).hits) == ("nothing", ())


def test_a_choice_names_each_medicine_once(pharmacy: KnowledgeBase) -> None:
    assert pharmacy.ask("celebra").choices == (Choice("celebra", ("celebrex", "celexa")),)
