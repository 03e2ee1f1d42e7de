"""A new split never costs an editor a word."""

import random
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.content.entries import Entry
from kb.content.merging import CONFLICT, SOURCE_CHANGED, find_near, merge
from tests.entries import FASTING, PARKING, VISITS, entry

TODAY = date(2026, 11, 23)
TEXT = f"{PARKING}\n{VISITS}\n{FASTING}"


def drafts(text: str) -> list[Entry]:
    """Split a text as the simplest splitter would: a line an entry."""
    made = []
    start = 0
    for line in text.split("\n"):
        question = f"What about {line.split()[0].lower()} {line.split()[-1].strip('.')}?"
        made.append(
            Entry(
                id="draft",
                article="visits.md",
                question=question,
                answer=line,
                start=start,
                end=start + len(line),
            )
        )
        start += len(line) + 1
    return made


def first_split(text: str = TEXT) -> tuple[Entry, ...]:
    numbers = count(100_001)
    return merge([], drafts(text), text, TODAY, lambda: str(next(numbers)))


def again(old: tuple[Entry, ...], text: str) -> tuple[Entry, ...]:
    numbers = count(200_001)
    return merge(old, drafts(text), text, TODAY, lambda: str(next(numbers)))


def test_a_first_split_draws_an_id_for_each_draft() -> None:
    assert [entry.id for entry in first_split()] == ["100001", "100002", "100003"]


def test_a_second_run_changes_nothing() -> None:
    old = first_split()
    assert again(old, TEXT) == old


def test_a_flag_that_an_editor_removed_stays_away() -> None:
    flagged = [replace(draft, flags=("generic-question", "dangling-start")) for draft in drafts(TEXT)]
    numbers = count(100_001)
    old = merge([], flagged, TEXT, TODAY, lambda: str(next(numbers)))
    assert merge(old, flagged, TEXT, TODAY, lambda: "none") == old
    settled = (replace(old[0], flags=()), *old[1:])
    assert merge(settled, flagged, TEXT, TODAY, lambda: "none") == settled


def test_an_untouched_field_follows_the_splitter() -> None:
    old = first_split()
    changed = TEXT.replace("one hour", "ninety minutes")
    merged = again(old, changed)
    assert [entry.id for entry in merged] == ["100001", "100002", "100003"]
    assert merged[1].answer == VISITS.replace("one hour", "ninety minutes")
    assert merged[1].version == 2


def test_an_edited_question_stays_and_a_conflict_shows_once() -> None:
    old = first_split()
    edited = replace(old[0], question="Is there parking?")
    merged = again((edited, *old[1:]), TEXT.replace("You can park", "Everyone can park"))
    assert merged[0].question == "Is there parking?"
    assert merged[0].flags == (CONFLICT,)
    assert again(merged, TEXT.replace("You can park", "Everyone can park")) == merged


def test_a_published_answer_whose_words_changed_goes_back_to_draft() -> None:
    seen: dict[str, Any] = {"status": "published", "approved_by": "A. Editor", "reviewed_by": "A. Clinician"}
    old = tuple(replace(entry, **seen) for entry in first_split())
    merged = again(old, TEXT.replace("four hours", "six hours"))
    assert [(entry.approved_by, entry.reviewed_by) for entry in merged[1:]] == [
        ("A. Editor", "A. Clinician"),
        ("", ""),
    ]
    assert [entry.status for entry in merged] == ["published", "published", "draft"]
    assert merged[2].flags == (SOURCE_CHANGED,)
    assert merged[2].previous_answer == FASTING
    assert merged[2].answer == FASTING.replace("four hours", "six hours")


def test_a_deleted_passage_is_orphaned_and_a_new_one_is_a_draft() -> None:
    text = f"{PARKING}\n{FASTING}\nOur lift is broken until the end of next March."
    merged = again(first_split(), text)
    assert [(entry.id, entry.status) for entry in merged] == [
        ("100001", "draft"),
        ("100002", "orphaned"),
        ("100003", "draft"),
        ("200001", "draft"),
    ]


def test_an_orphan_whose_passage_returns_is_a_draft_again() -> None:
    orphaned = again(first_split(), f"{PARKING}\n{FASTING}")
    assert again(orphaned, TEXT)[1].status == "draft"


def test_moved_passages_keep_their_entries() -> None:
    old = first_split()
    text = f"{FASTING}\n{PARKING}\n{VISITS}"
    merged = again(old, text)
    assert [(entry.id, entry.answer, entry.status) for entry in merged] == [
        (entry.id, entry.answer, entry.status) for entry in old
    ]
    assert all(text[entry.start : entry.end] == entry.answer for entry in merged)


def test_an_entry_that_an_editor_added_is_kept_while_its_words_stand() -> None:
    own = entry(id="555555", answer="Water is fine.", question="May I drink?")
    merged = again((*first_split(), own), TEXT)
    assert [entry.id for entry in merged] == ["100001", "100002", "100003", "555555"]
    assert merged[3].answer == TEXT[merged[3].start : merged[3].end]
    gone = again(merged, TEXT.replace(" Water is fine.", ""))
    assert gone[3].status == "orphaned"


def test_an_answer_that_an_editor_trimmed_stays_trimmed() -> None:
    old = first_split()
    trimmed = replace(old[1], answer="A first visit takes one hour.", end=old[1].start + 29)
    assert again((old[0], trimmed, old[2]), TEXT)[1] == trimmed


NEW_YEAR = date(2026, 1, 1)
REVIEWED: dict[str, Any] = {"reviewed_by": "A. Clinician", "reviewed_on": NEW_YEAR}


def stated(old: tuple[Entry, ...], text: str = TEXT, **values: Any) -> tuple[Entry, ...]:
    """Merge a split of an article that says these values of itself."""
    made = [replace(draft, **values) for draft in drafts(text)]
    return merge(old, made, text, TODAY, lambda: "none")


def reviews(entries: tuple[Entry, ...]) -> list[tuple[str, date | None]]:
    return [(one.reviewed_by, one.reviewed_on) for one in entries]


def test_what_the_article_says_later_of_review_and_language_reaches_its_entries() -> None:
    said = REVIEWED | {"review_due": TODAY, "lang": "es"}
    merged = stated(first_split(), **said)
    assert [{name: getattr(one, name) for name in said} for one in merged] == [said] * 3
    assert stated(merged, **said) == merged
    assert reviews(stated(merged)) == [("", None)] * 3


def test_a_review_is_lost_with_its_words_and_stays_lost_until_there_is_another() -> None:
    changed = TEXT.replace("four hours", "six hours")
    lost = stated(stated(first_split(), **REVIEWED), changed, **REVIEWED)
    assert reviews(lost) == [("A. Clinician", NEW_YEAR), ("A. Clinician", NEW_YEAR), ("", None)]
    assert stated(lost, changed, **REVIEWED) == lost
    corrected = stated(lost, changed, **REVIEWED | {"reviewed_by": "A. Clinician, MD"})
    assert reviews(corrected)[1:] == [("A. Clinician, MD", NEW_YEAR), ("", None)]
    assert reviews(stated(lost, changed, reviewed_by="B. Clinician"))[2] == ("", None)
    again = stated(lost, changed, **REVIEWED | {"reviewed_on": TODAY})
    assert reviews(again) == [("A. Clinician", TODAY)] * 3


def test_a_review_older_than_the_last_change_of_an_entry_is_not_of_it() -> None:
    # As a review that was lost stands in files of earlier versions, whose auto holds none.
    old = tuple(replace(one, updated_on=TODAY) for one in first_split())
    assert reviews(stated(old, **REVIEWED)) == [("", None)] * 3
    assert reviews(stated(old, **REVIEWED | {"reviewed_on": TODAY})) == [("A. Clinician", TODAY)] * 3


def test_a_review_that_comes_with_other_words_is_lost_as_well() -> None:
    merged = stated(first_split(), TEXT.replace("four hours", "six hours"), **REVIEWED)
    assert reviews(merged)[2] == ("", None)


@pytest.mark.parametrize("auto", [True, False])
def test_a_review_that_an_editor_wrote_stays(auto: bool) -> None:
    own: dict[str, Any] = {"reviewed_by": "B. Clinician", "reviewed_on": TODAY, "review_due": TODAY}
    old = tuple(replace(one, **own, auto=one.auto if auto else None) for one in first_split())
    assert reviews(stated(old)) == [("B. Clinician", TODAY)] * 3
    merged = stated(old, **REVIEWED)
    assert reviews(merged) == [("B. Clinician", TODAY)] * 3
    assert [(one.review_due, one.flags) for one in merged] == [(TODAY, (CONFLICT,))] * 3


@pytest.mark.parametrize(("near", "place"), [(0, 0), (9, 8), (100, 8)])
def test_a_passage_that_stands_twice_is_found_near_its_place(near: int, place: int) -> None:
    assert find_near("one two one", "one", near) == place


@given(st.randoms(use_true_random=False))
def test_no_edited_question_is_ever_lost(chance: random.Random) -> None:
    old = tuple(replace(entry, question=f"Edited {entry.id}?") for entry in first_split())
    lines = TEXT.split("\n")
    for _ in range(chance.randrange(5)):
        place = chance.randrange(len(lines)) if lines else 0
        change = chance.choice(["move", "delete", "typo", "new"])
        if change == "new" or not lines:
            lines.insert(place, f"A new line number {chance.randrange(1000)} about nothing in particular.")
        elif change == "move":
            lines.insert(0, lines.pop(place))
        elif change == "delete":
            lines.pop(place)
        else:
            lines[place] = lines[place].replace("o", "oo", 1)
    merged = again(old, "\n".join(lines) or "Nothing is left.")
    assert {entry.question for entry in old} <= {entry.question for entry in merged}
    assert {entry.id for entry in old} <= {entry.id for entry in merged}
