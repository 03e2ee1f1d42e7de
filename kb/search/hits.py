"""What a search returns."""

from dataclasses import dataclass
from typing import Literal

from kb.content.entries import Entry

# `not_covered`: our field, but no entry says it. `nothing`: outside our field, or no words to search for.
Outcome = Literal["answer", "not_covered", "nothing"]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that a query found.

    `sentence` is whole and stands in the answer, to the character; `highlights` are [start, end) ranges in it
    (code points) of the words that the query asked for.
    """

    entry: Entry
    score: float  # the higher the better; comparable within one search only
    sentence: str = ""
    highlights: tuple[tuple[int, int], ...] = ()
    why: tuple[str, ...] = ()  # the words that matched, with the field they matched in
