"""What one entry must be before the public sees it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kb.checks.articles import Checked, Today
from kb.checks.entries import duplicate_questions, findings_of
from kb.checks.reading_grade import hardest_words, reading_grade
from kb.content.documents import Document, Metadata
from kb.content.entries import Auto
from tests.entries import PARKING, VISITS_ENTRY, entry

TODAY = Today(date(2026, 11, 23), grade=8.0, allowed_words=frozenset({"ketamine"}))
DOCUMENT = Document("parking.md", PARKING, (), Metadata(title="Parking"))
GOOD = entry(focus="parking", reviewed_by="A. Clinician")
SPLIT = Auto(question="Where can I park?", answer=PARKING)
HARD = (
    "Interdisciplinary neuropsychiatric rehabilitation necessitates comprehensive multidimensional evaluation of "
    "individual pharmacotherapeutic responsiveness, notwithstanding considerable heterogeneity of symptomatology "
    "and psychosocial circumstances, before any supplementary pharmaceutical intervention may "
    "reasonably be recommended to anybody."
)


def problems(document: Document | None = DOCUMENT, **values: Any) -> list[tuple[str, bool]]:
    checked = Checked(replace(GOOD, **values), "parking.qa.toml:3", document)
    return [(finding.problem, finding.blocks) for finding in findings_of(checked, TODAY)]


def test_a_good_entry_needs_nothing() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("values", "problem", "blocks"),
    [
        ({"answer": "Park anywhere.", "status": "draft"}, "the answer is not the article's text", True),
        ({"answer": "Park anywhere."}, "its source words changed, so it is withheld", False),
        ({"answer": "Park anywhere.", "auto": SPLIT}, "the answer is not the article's text", True),
        ({"short": "Park anywhere."}, "the short answer is not a part of the answer", True),
        ({"review_due": date(2026, 11, 22)}, "review was due on 2026-11-22", False),
        ({"reviewed_by": ""}, "never reviewed by a clinician", False),
        ({"flags": ("conflict",)}, "you and the splitter both changed it", False),
        (
            {"flags": ("source-changed",), "previous_answer": "Old."},
            'its source words changed; they were "Old."',
            False,
        ),
        ({"focus": ""}, "no focus", False),
        (
            {"flags": ("dangling-start",)},
            "the answer is unsafe alone: it opens with a word that points back",
            True,
        ),
        ({"flags": ("generic-question",)}, "the question is a last resort", False),
    ],
)
def test_each_fault_is_found(values: dict[str, Any], problem: str, blocks: bool) -> None:
    assert (problem, blocks) in problems(**values)


def test_a_review_due_today_is_not_overdue() -> None:
    assert problems(review_due=date(2026, 11, 23)) == []


def test_an_answer_without_any_source_blocks() -> None:
    assert ("no source", True) in problems(document=Document("parking.md", PARKING, (), Metadata()))


def test_hard_words_are_named() -> None:
    document = Document("parking.md", HARD, (), Metadata(title="Hard"))
    found = problems(document=document, answer=HARD)
    assert len(found) == 1
    assert found[0][0].startswith("reading grade ")


def test_an_allowed_word_counts_as_easy() -> None:
    text = "Ketamine is a medicine. " * 10
    assert reading_grade(text, {"ketamine"}) < reading_grade(text)
    assert hardest_words("A comprehensive evaluation", {"comprehensive"}) == ["evaluation"]


def test_a_question_asked_twice_is_found_whatever_its_form() -> None:
    first = Checked(VISITS_ENTRY, "visits.qa.toml:3", None)
    second = Checked(
        replace(VISITS_ENTRY, id="100009", question="How long is a first visit"), "b.qa.toml:9", None
    )
    assert [finding.entry for finding in duplicate_questions([first, second])] == ["100009"]
