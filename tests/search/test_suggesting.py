"""A few typed letters bring whole questions and terms."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.asking import KnowledgeBase
from kb.content.entries import Entry
from kb.content.terms import Term
from kb.search.building import build
from kb.search.generation import Contents
from kb.search.suggesting.lines import Lines, lines_of, open_lines, questions_of, write_lines
from kb.search.suggesting.suggestions import COMMONEST, MANY, Line, Part, suggestions
from kb.search.suggesting.term_lines import clinic_terms_of, term_drafts
from kb.settings import Settings
from tests.changing import publish, withdraw
from tests.entries import PARKING_ENTRY, THREE, VISITS_ENTRY, entry

RISK = entry(
    id="100004", question="What if I want to kill myself?", answer="Call 988.", focus="suicidal thoughts"
)
PHRASED = entry(
    id="100005", question="When do you open?", answer="At nine.", alt_questions=("opening hours",)
)
GOUT = entry(
    id="100011",
    question="What is gout?",
    answer="Gout is a swelling of joints.",
    qtype="definition",
    focus="gout",
    synonyms=("gouty arthritis",),
)
ANTS = entry(id="100012", question="Do ants bite?", answer="Some ants bite.", focus="ants")
INFUSIONS = Term(
    name="infusion",
    kind="service",
    spanish=("suero por vena",),
    lay=("drip",),
    misspelt=("infussion",),
    street=("juice",),
)
MASSAGE = Term(name="massage", names=("massage therapy",))


def part_of(entries: Sequence[Entry], terms: Sequence[Term] = (), dead: Iterable[int] = ()) -> Part:
    def count(word: str) -> int:
        return sum(word in f"{one.question} {one.answer}".lower() for one in entries)

    clinic = clinic_terms_of(terms)
    return Part(
        lines_of(questions_of(entries), count, "question"),
        lines_of(term_drafts(entries, clinic), count, "term"),
        0,
        frozenset(dead),
    )


def suggested(part: Part, typed: str, limit: int = 5) -> list[Line]:
    return list(islice(suggestions([part], typed, lambda place: ()), limit))


def texts(part: Part, typed: str) -> list[str]:
    return [line.text for line in suggested(part, typed)]


def test_what_people_say_is_not_swapped_for_what_is_asked_of_a_thing() -> None:
    effective = Term(name="effective", names=("success rate",), lay=("how well",), misspelt=("efective",))
    works = entry(question="How well does it work?", answer="It is effective in most people.")
    part = part_of([works], [effective])
    assert texts(part, "how w") == ["How well does it work?"]
    chronic = Term(name="chronic pain", kind="condition", lay=("constant pain",))
    part = part_of([works, entry(answer="We treat chronic pain.")], [effective, chronic])
    assert (texts(part, "cost"), texts(part, "conzt")) == ([], ["chronic pain"])
    for typed, term in (("effe", "effective"), ("efec", "effective"), ("succ", "success rate")):
        assert texts(part, typed)[:1] == [term], typed


@pytest.fixture(scope="module")
def part() -> Part:
    return part_of([*THREE, PHRASED, GOUT, ANTS], [INFUSIONS, MASSAGE])


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("where can", "Where can I park?"),
        ("WHERE CAN I PARK?", "Where can I park?"),
        ("park", "Where can I park?"),
        ("infusion eat", "Can I eat before an infusion?"),
        ("eat before an infuson", "Can I eat before an infusion?"),
        ("opening h", "When do you open?"),
        ("wat is gout", "What is gout?"),
    ],
)
def test_prefix_words_in_any_order_and_a_typo_find_the_question(
    part: Part, typed: str, question: str
) -> None:
    assert texts(part, typed)[0] == question


@pytest.mark.parametrize(
    "typed",
    [
        "how log is a",
        "how llong is a",
        "how lnog is a",
        "how leng is a",
        "howlong is a",
        "how longis a",
        "hw l",
    ],
)
def test_one_letter_off_still_begins_the_question(part: Part, typed: str) -> None:
    assert texts(part, typed)[0] == "How long is a first visit?"


@pytest.mark.parametrize("typed", ["", "   ", "zebra crossing", "?", "xq", "canc"])
def test_nothing_is_suggested_for_nothing_or_for_other_words(part: Part, typed: str) -> None:
    assert texts(part, typed) == []


@given(st.text(max_size=300))
def test_any_text_is_taken_calmly(part: Part, typed: str) -> None:
    found = suggested(part, typed)
    assert all(0 < line.likeness <= 1 and line.entries for line in found)


def test_entries_of_one_question_are_one_line() -> None:
    other = entry(id="100020", question="WHERE can I park ?", answer="Behind the house.")
    found = suggested(part_of([PARKING_ENTRY, other, VISITS_ENTRY]), "where")
    assert [(line.text, line.entries) for line in found] == [("Where can I park?", (0, 1))]


def test_of_equals_the_one_half_typed_comes_first() -> None:
    questions = [
        "What is arthritis of the knee and of the hip?",
        "What is asthma?",
        "What is acne of the back?",
    ]
    entries = [entry(id=str(number), question=text) for number, text in enumerate(questions)]
    assert texts(part_of(entries), "what is a") == [questions[1], questions[2], questions[0]]


def test_of_many_equals_the_most_spoken_of_come_first() -> None:
    """Lengths tell nothing when they are all the same."""
    plain = [f"What is a{number:03}?" for number in range(MANY + 9)]
    common = ["What is a much longer name of all?", "What is a long and common name?"]
    entries = [
        entry(id=f"{number}-{copy}", question=text, qtype="info", focus=text)
        for number, text in enumerate([*plain, *common])
        for copy in range(2 if text in common else 1)
    ]
    assert sorted(texts(part_of(entries), "what is a")[:COMMONEST]) == sorted(common)


def test_a_term_is_completed_before_the_questions_that_hold_it(part: Part) -> None:
    assert [(line.text, line.kind) for line in suggested(part, "gou")] == [
        ("gout", "term"),
        ("gouty arthritis", "term"),
        ("What is gout?", "question"),
    ]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("ant", ["ants"]),
        ("ants", []),  # Nothing is left to complete.
        ("goty art", ["gouty arthritis"]),
        ("infus", ["infusion"]),
        ("suero", ["suero por vena"]),
        ("dri", ["infusion"]),  # Lay words lead to the term,
        ("juic", []),  # slang is never shown nor led on.
        ("mass", []),  # No entry speaks of it.
        ("an", ["ants"]),
    ],
)
def test_terms_are_those_that_entries_hold(part: Part, typed: str, terms: list[str]) -> None:
    assert [line.text for line in suggested(part, typed) if line.kind == "term"] == terms


def test_a_spanish_form_says_its_language(part: Part) -> None:
    assert [(line.text, line.lang) for line in suggested(part, "suero")] == [("suero por vena", "es")]


def test_what_says_what_a_thing_is_stands_for_its_term() -> None:
    cost = replace(GOUT, id="100013", question="What does gout cost?", qtype="cost")
    found = suggested(part_of([cost, GOUT]), "gou")[0]
    assert (found.text, found.entries) == ("gout", (1, 0))


def test_a_line_of_dead_entries_is_not_suggested() -> None:
    assert texts(part_of([GOUT, ANTS], dead=[0]), "gou") == []


@pytest.mark.parametrize("size", [0, 3])
def test_lines_are_read_back_as_written(tmp_path: Path, size: int) -> None:
    made = part_of(THREE[:size], [INFUSIONS])
    for name, lines in (("questions", made.questions), ("terms", made.terms)):
        write_lines(tmp_path, name, lines)
    questions, terms = (open_lines(tmp_path, name, size) for name in ("questions", "terms"))
    read = Part(questions, terms, 0, frozenset())
    typed = ("par", "vist", "infus", "dri")
    assert [suggested(read, text) for text in typed] == [suggested(made, text) for text in typed]
    assert list(read.questions.folded) == list(made.questions.folded)


def test_a_torn_file_is_refused(tmp_path: Path) -> None:
    lines: Lines = part_of(THREE).questions
    write_lines(tmp_path, "questions", lines)
    (tmp_path / "questions.shown").write_text("one line")
    with pytest.raises(ValueError, match="do not fit"):
        open_lines(tmp_path, "questions", 3)


# ---------------------------------------------------------------- through the one door


@pytest.fixture
def index(tmp_path: Path) -> Path:
    build(tmp_path, Contents([*THREE, RISK], list, dict, dict, (INFUSIONS,)))
    return tmp_path


def ids(index: Path, typed: str) -> list[str]:
    return [suggestion.entry_id for suggestion in KnowledgeBase(Settings(), index).suggest(typed)]


def shown(index: Path, typed: str) -> list[tuple[str, str, str]]:
    found = KnowledgeBase(Settings(), index).suggest(typed)
    return [(suggestion.text, suggestion.kind, suggestion.lang) for suggestion in found]


def test_the_entry_of_a_suggestion_is_named(index: Path) -> None:
    assert ids(index, "where can i") == [PARKING_ENTRY.id]


def test_nothing_is_suggested_to_someone_in_danger(index: Path) -> None:
    assert ids(index, "i want to kill myself") == []


def test_what_calls_for_a_card_is_never_suggested(index: Path) -> None:
    assert RISK.id not in ids(index, "what if i want")
    assert shown(index, "suicid") == []


def test_a_term_is_suggested_in_its_own_language(index: Path) -> None:
    assert shown(index, "infus") == [
        ("infusion", "term", "en"),
        ("Can I eat before an infusion?", "question", "en"),
    ]
    assert shown(index, "suero") == [("suero por vena", "term", "es")]


def test_a_published_entry_is_suggested_and_a_withdrawn_one_is_not(index: Path) -> None:
    lift = entry(id="100006", question="Where is the lift?", answer="By the stairs.", focus="elevator")
    publish(index, lift)
    assert ids(index, "where is the l") == ["100006"]
    assert shown(index, "elev") == [("elevator", "term", "en")]
    withdraw(index, "100006")
    assert shown(index, "elev") == []
    withdraw(index, PARKING_ENTRY.id)
    assert ids(index, "where can i park") == []


def test_a_clinics_term_goes_with_the_last_entry_that_holds_it(index: Path) -> None:
    withdraw(index, THREE[2].id)
    assert shown(index, "infus") == []
    publish(index, THREE[2])
    assert [text for text, kind, _ in shown(index, "infus") if kind == "term"] == ["infusion"]


@pytest.mark.parametrize("typed", ["can't sleep", "sleep"])
def test_words_that_no_question_holds_find_one_by_meaning(tmp_path: Path, typed: str) -> None:
    insomnia = entry(id="100014", question="What helps against insomnia?", answer="A dark room.")
    build(tmp_path, Contents([*THREE, insomnia], list, dict, dict))
    assert ids(tmp_path, typed) == [insomnia.id]


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
