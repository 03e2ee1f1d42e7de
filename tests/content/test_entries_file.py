"""The entries file keeps what people wrote, to the character."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.content.entries import Auto, Entry
from kb.content.entries_file import Provenance, entries_path, read_entries, save_entries
from kb.errors import KbError
from tests.entries import FASTING_ENTRY, VISITS_ENTRY, entry

FULL = entry(
    id="204816",
    article="visits.md",
    question="How long is a first visit?",
    answer="A first visit takes one hour.\nBring a list.",
    short="A first visit takes one hour.",
    tags=("visits",),
    queries=("first appointment length",),
    approved_by="A. Editor",
    approved_on=date(2026, 11, 23),
    auto=Auto(
        question="First visit", answer="A first visit takes one hour.\nBring a list.", tags=("visits",)
    ),
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "visits.qa.toml"
    save_entries(read_entries(path, "visits.md"), [FULL, FASTING_ENTRY])
    assert read_entries(path, "visits.md").entries == (FULL, FASTING_ENTRY)


def test_an_empty_file_can_be_saved(tmp_path: Path) -> None:
    path = tmp_path / "visits.qa.toml"
    path.touch()
    save_entries(read_entries(path, "visits.md"), [FULL])
    assert read_entries(path, "visits.md").entries == (FULL,)


def test_an_article_table_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    path = tmp_path / "visits.qa.toml"
    path.write_text('[article]\nlicence = "CC BY 4.0"\noriginal_hash = "0a1b"\n')
    assert read_entries(path, "visits.md").provenance == Provenance(licence="CC BY 4.0")


def test_comments_and_order_survive(tmp_path: Path) -> None:
    path = tmp_path / "visits.qa.toml"
    save_entries(read_entries(path, "visits.md"), [VISITS_ENTRY, FASTING_ENTRY])
    text = path.read_text().replace("[[entry]]", "# Ask the nurse first.\n[[entry]]", 1)
    path.write_text(text)
    changed = replace(VISITS_ENTRY, question="How long does a first visit take?")
    save_entries(read_entries(path, "visits.md"), [changed, FASTING_ENTRY])
    assert path.read_text() == text.replace("How long is a first visit?", "How long does a first visit take?")


def test_saving_the_same_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "visits.qa.toml"
    save_entries(read_entries(path, "visits.md"), [FULL])
    before = path.stat()
    save_entries(read_entries(path, "visits.md"), [FULL])
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_line_ends_of_windows_survive(tmp_path: Path) -> None:
    path = tmp_path / "visits.qa.toml"
    save_entries(read_entries(path, "visits.md"), [VISITS_ENTRY])
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    save_entries(read_entries(path, "visits.md"), [replace(VISITS_ENTRY, focus="visits")])
    known = read_entries(path, "visits.md")
    assert known.entries == (replace(VISITS_ENTRY, focus="visits"),)
    assert b"one hour" in path.read_bytes()


def test_a_change_made_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "visits.qa.toml"
    save_entries(read_entries(path, "visits.md"), [VISITS_ENTRY])
    known = read_entries(path, "visits.md")
    path.write_text(path.read_text() + "# a colleague\n")
    with pytest.raises(KbError, match="changed by someone else"):
        save_entries(known, [FASTING_ENTRY])
    assert path.read_text().endswith("# a colleague\n")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[entry]\n", "no valid TOML"),
        ('entry = "one"\n', "has no [[entry]] tables"),
        ('[[entry]]\nid = "1"\nquestion = "Why?"\n', "answer"),
        ('[[entry]]\nid = "1"\nquestion = "Why?"\nanswer = "So."\nstauts = "draft"\n', "stauts"),
        ('[[entry]]\nid = "1"\nquestion = "Why?"\nanswer = "So."\nstatus = "public"\n', "status"),
        ('[[entry]]\nid = ""\nquestion = "Why?"\nanswer = "So."\n', "are needed"),
        ('[[entry]]\nid = "a/1"\nquestion = "Why?"\nanswer = "So."\n', "cannot stand in an address"),
        (2 * '[[entry]]\nid = "1"\nquestion = "Why?"\nanswer = "So."\n', "the same id"),
    ],
)
def test_a_broken_file_is_named_with_the_place(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "visits.qa.toml"
    path.write_text(text)
    with pytest.raises(KbError) as caught:
        read_entries(path, "visits.md")
    assert str(path) in str(caught.value)
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "visits.qa.toml"
    save_entries(read_entries(path, "visits.md"), [VISITS_ENTRY])
    before = path.read_text()
    known = read_entries(path, "visits.md")

    def no_space(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kb.files.os.fsync", no_space)
    with pytest.raises(KbError, match="No space left on device"):
        save_entries(known, [FASTING_ENTRY])
    assert path.read_text() == before
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_entries_stand_beside_their_article() -> None:
    assert entries_path(Path("articles/visits.md")) == Path("articles/visits.qa.toml")


PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1).filter(
    str.strip
)


@given(question=PLAIN, answer=PLAIN, tags=st.lists(PLAIN, max_size=2))
def test_any_text_is_kept_to_the_character_or_refused(
    tmp_path_factory: pytest.TempPathFactory, question: str, answer: str, tags: list[str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "visits.qa.toml"
    made: Entry = entry(article="visits.md", question=question, answer=answer, tags=tuple(tags))
    try:
        save_entries(read_entries(path, "visits.md"), [made])
    except KbError:
        assert not path.exists()
    else:
        assert read_entries(path, "visits.md").entries == (made,)
