"""What someone said of an answer, and what is left out of it before it is kept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LONGEST_REASON = 500  # characters

# What names a person, whatever they were asked to leave out: a number to call or file under; an e-mail address.
_NUMBER = re.compile(r"\+?\d(?:[\s().-]*\d){5,}")
_LEFT_OUT = "[…]"


@dataclass(frozen=True, slots=True)
class Feedback:
    """Was the answer helpful, said once."""

    entry_id: str
    helpful: bool
    reason: str  # scrubbed; mostly empty
    lang: str  # of the page, BCP 47
    day: date
    token: str  # of the form that it came by: the same token counts once


def scrubbed(reason: str) -> str:
    """Return the reason in one line without e-mail addresses and long numbers, at most LONGEST_REASON long."""
    # Word by word: a pattern for addresses looks at a long word once for each of its letters.
    words = (_LEFT_OUT if "@" in word[1:-1] else word for word in reason.split())
    # Cut last, as half an address or a number is no longer seen as one.
    return _NUMBER.sub(_LEFT_OUT, " ".join(words))[:LONGEST_REASON]


@dataclass(frozen=True, slots=True)
class Tally:
    """All that was said of one answer."""

    entry_id: str
    yes: int
    no: int
    reasons: tuple[Feedback, ...]  # those with a reason, the last first


def tallies(feedback: Iterable[Feedback]) -> list[Tally]:
    """Return what was said of each answer, those that helped least people first."""
    counts: dict[str, list[int]] = {}
    reasons: dict[str, list[Feedback]] = {}
    for one in feedback:
        counts.setdefault(one.entry_id, [0, 0])[not one.helpful] += 1
        if one.reason:
            reasons.setdefault(one.entry_id, []).append(one)
    found = (
        Tally(entry_id, yes, no, tuple(sorted(reasons.get(entry_id, ()), key=_day, reverse=True)))
        for entry_id, (yes, no) in counts.items()
    )
    return sorted(found, key=lambda tally: (-tally.no, -tally.yes, tally.entry_id))


def _day(feedback: Feedback) -> date:
    return feedback.day
