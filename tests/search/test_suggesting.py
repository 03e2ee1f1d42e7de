"""A few typed letters bring whole questions."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.asking import KnowledgeBase
from kb.search.generation import Contents, build, publish_entry, withdraw_entry
from kb.search.suggesting import Lines, lines_of, open_lines, write_lines
from kb.settings import Settings
from tests.entries import PARKING_ENTRY, THREE, VISITS_ENTRY, entry

RISK = entry(id="100004", question="What if I want to kill myself?", answer="Call 988.")
PHRASED = entry(
    id="100005", question="When do you open?", answer="At nine.", alt_questions=("opening hours",)
)


@pytest.fixture(scope="module")
def lines() -> Lines:
    return lines_of([*THREE, PHRASED])


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("where can", "Where can I park?"),
        ("WHERE CAN I PARK?", "Where can I park?"),
        ("park", "Where can I park?"),
        ("infusion eat", "Can I eat before an infusion?"),
        ("how lnog is a", "How long is a first visit?"),
        ("infuson", "Can I eat before an infusion?"),
        ("opening h", "When do you open?"),
    ],
)
def test_prefix_words_in_any_order_and_a_typo_find_the_question(
    lines: Lines, typed: str, question: str
) -> None:
    assert lines.like(typed, 5)[0].text == question


@pytest.mark.parametrize("typed", ["", "   ", "zebra crossing", "?", "xq"])
def test_nothing_is_suggested_for_nothing_or_for_other_words(lines: Lines, typed: str) -> None:
    assert lines.like(typed, 5) == []


@given(st.text(max_size=300))
def test_any_text_is_taken_calmly(lines: Lines, typed: str) -> None:
    found = lines.like(typed, 5)
    assert len(found) <= 5
    assert all(0 < line.likeness <= 1 for line in found)
    assert [line.likeness for line in found] == sorted((line.likeness for line in found), reverse=True)


@pytest.mark.parametrize("size", [0, 3])
def test_lines_are_read_back_as_written(tmp_path: Path, size: int) -> None:
    made = lines_of(THREE[:size])
    write_lines(tmp_path, made)
    read = open_lines(tmp_path, size)
    assert (read.folded, read.shown, read.grams) == (made.folded, made.shown, made.grams)
    assert [read.like(typed, 3) for typed in ("par", "vist")] == [
        made.like(typed, 3) for typed in ("par", "vist")
    ]


def test_a_torn_file_is_refused(tmp_path: Path) -> None:
    write_lines(tmp_path, lines_of(THREE))
    (tmp_path / "lines.shown").write_text("one line")
    with pytest.raises(ValueError, match="do not fit"):
        open_lines(tmp_path, 3)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    build(tmp_path, Contents([*THREE, RISK], list, dict, dict))
    return tmp_path


def suggested(index: Path, typed: str) -> list[str]:
    return [suggestion.entry_id for suggestion in KnowledgeBase(Settings(), index).suggest(typed)]


def test_the_entry_of_a_suggestion_is_named(index: Path) -> None:
    assert suggested(index, "where can i") == [PARKING_ENTRY.id]


def test_nothing_is_suggested_to_someone_in_danger(index: Path) -> None:
    assert suggested(index, "i want to kill myself") == []


def test_a_question_that_calls_for_a_card_is_never_suggested(index: Path) -> None:
    assert RISK.id not in suggested(index, "what if i want")


def test_a_published_entry_is_suggested_and_a_withdrawn_one_is_not(index: Path) -> None:
    publish_entry(index, entry(id="100006", question="Where is the lift?", answer="By the stairs."))
    assert suggested(index, "where is the l") == ["100006", PARKING_ENTRY.id][:1]
    withdraw_entry(index, PARKING_ENTRY.id)
    assert suggested(index, "where can i park") == []


def test_related_entries_answer_something_else(tmp_path: Path) -> None:
    twin = entry(
        id="100007", article="visits.md", question="How long does it take?", answer=VISITS_ENTRY.answer
    )
    packing = entry(
        id="100008", article="visits.md", question="What should I bring to a first visit?", answer="A list."
    )
    build(tmp_path, Contents([*THREE, twin, packing], list, dict, dict))
    related = KnowledgeBase(Settings(), tmp_path).related(VISITS_ENTRY)
    assert [other.id for other in related] == [packing.id]
