"""Tell how much of what a question says is said by entries.

Each part of the question weighs what its words say: little when English at large uses them everywhere ("take",
"first"), little when every entry here holds them (a knowledge base on depression learns nothing from "depression").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kb.search.index.score_table import Statistics
from kb.search.index.segments import QTYPE_NUMBERS, Collection, Segment
from kb.search.question.answer_types import rules
from kb.search.question.parts import Group, Question
from kb.search.words.analysis import content_stems
from kb.search.words.cutting import context_of

# What a word weighs that says which type is asked for, whatever it is: side effects are no success rate.
CUE_SAYS = 1.0
# What the type asked for weighs where no word of its own says it ("how long", "where can I get").
TYPE_SAYS = 0.5
# Against a name of a thing: how a thing is said to be or to act ("stubborn", "budge") can be said in many ways.
NOT_A_THING = 0.5
# "What is X" asks for whatever is said of X.
ANY_TYPE = frozenset({"definition"})
# A part is said when at least this much of it is.
SAID = 0.5
# An entry that says nothing of a question outright, but only what is true of a wider thing, is no answer to it.
OUTRIGHT = 0.85
NOT_OUTRIGHT = 0.3

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """A part of a question and its share of all that the question says."""

    name: str
    share: float
    group: Group | None  # None for the type asked for
    weight: float = 0.0  # what it says by itself, from 0 to 1

    asks_by_words: bool = False  # it asks for what an entry answers by its words alone

    @property
    def names(self) -> bool:
        """Whether it names a thing of the clinic's terms."""
        return self.group is not None and bool(self.group.kind)


@dataclass(frozen=True, slots=True)
class Coverage:
    """For some entries: the share of the question that each says, and how much of each part."""

    shares: Floats  # one an entry
    said: Floats  # parts x entries

    def missing(self, entry: int, parts: Sequence[QuestionPart]) -> list[str]:
        """Return the parts that an entry does not say."""
        return [part.name for part, said in zip(parts, self.said[:, entry], strict=True) if said < SAID]


def question_parts(question: Question, statistics: Statistics) -> list[QuestionPart]:
    """Return the parts of a question; their shares add up to 1."""
    highest = statistics.highest_rarity
    weighed: list[tuple[str, float, Group | None]] = []
    for group in question.groups:
        rarity = min(
            (
                max(statistics.rarity(stem) for stem in alternative.stems)
                for alternative in group.alternatives
                if alternative.weight >= SAID and all(map(statistics.document_frequency, alternative.stems))
            ),
            default=highest,
        )
        says = group.says * (1 if group.names else NOT_A_THING)
        weight = group.weight * (CUE_SAYS if group.cue else says * rarity / highest)
        weighed.append((" ".join(group.alternatives[0].stems), weight, group))
    if question.types - ANY_TYPE and not any(group.cue for group in question.groups):
        weighed.append((" or ".join(sorted(question.types)), TYPE_SAYS, None))
    by_words = rules().by_words
    total = max(sum(weight for _, weight, _ in weighed), 1e-9)
    return [
        QuestionPart(
            name,
            weight / total,
            group,
            weight,
            asks_by_words=bool((question.types if group is None else group.asks) & by_words),
        )
        for name, weight, group in weighed
    ]


def cover(
    parts: Sequence[QuestionPart], question: Question, collection: Collection, numbers: Sequence[int]
) -> Coverage:
    """Return how much of the question's parts the entries (numbers in the collection) say."""
    said = np.zeros((len(parts), len(numbers)))
    places = np.array(numbers, np.int64)
    for segment, start in zip(collection.segments, collection.starts, strict=False):
        inside = np.flatnonzero((places >= start) & (places < start + segment.size))
        if len(inside):
            said[:, inside] = _said(parts, question, segment, places[inside] - start)
    return coverage_of(parts, said)


def coverage_of(parts: Sequence[QuestionPart], said: Floats) -> Coverage:
    """Return the coverage by entries of which it is known how much of each part they say: parts x entries."""
    shares = np.array([part.share for part in parts]) @ said
    outright = (said >= OUTRIGHT).any(axis=0)
    return Coverage(np.where(outright, shares, np.minimum(shares, NOT_OUTRIGHT)), said)


def _said(
    parts: Sequence[QuestionPart], question: Question, segment: Segment, numbers: npt.NDArray[np.int64]
) -> Floats:
    held = _held(parts, segment, numbers)
    types = segment.qtypes[numbers].tolist()
    said = np.zeros((len(parts), len(numbers)))
    for row, part in zip(said, parts, strict=True):
        asks = (question.types if part.group is None else part.group.asks) - ANY_TYPE
        right_types = {QTYPE_NUMBERS[name] for name in asks - rules().by_words}
        if right_types:
            row[[number in right_types for number in types]] = 1.0
        said_by = sorted({stem for name in asks for stem in rules().said_by.get(name, ())})
        if said_by:
            row[(segment.holdings.fields_with(numbers, said_by) > 0).any(axis=0)] = 1.0
            continue
        for alternative in part.group.alternatives if part.group else ():
            stems = alternative.stems
            share = held[stems[0]] if len(stems) == 1 else sum(map(held.__getitem__, stems)) / len(stems)
            # Half of a name is much less than half of what it means.
            np.maximum(row, alternative.weight * share**2, out=row)
    return said


def _held(
    parts: Sequence[QuestionPart], segment: Segment, numbers: npt.NDArray[np.int64]
) -> dict[str, Floats]:
    """Return for each stem of the parts which entries hold it (1, else 0), in any field or in what they are about."""
    groups = (part.group for part in parts if part.group)
    stems = list({stem: None for group in groups for one in group.alternatives for stem in one.stems})
    held = segment.holdings.fields_with(numbers, stems) > 0
    contexts = [_context(segment.article(number)) for number in numbers.tolist()]
    if any(contexts):
        held |= np.array([[stem in context for context in contexts] for stem in stems], bool)
    return dict(zip(stems, held.astype(float), strict=True))


@lru_cache(maxsize=4096)
def _context(article: str) -> frozenset[str]:
    """Return what every entry of an article is about, as stems."""
    return frozenset(content_stems(context_of(article)))


def known_share(parts: Sequence[QuestionPart], collection: Collection) -> float:
    """Return the share of the question whose words some entry holds, or that names a thing of the clinic's own terms.

    Words that ask for a type are left out, unless entries are about them: a cost is asked of anything, but a
    copayment where articles are about copayments is our field.
    """
    return sum(part.share * _known(part, collection) for part in parts)


def _known(part: QuestionPart, collection: Collection) -> float:
    if part.group is None:
        return 0.0
    if part.group.own and part.group.kind:
        return 1.0
    alternatives = part.group.alternatives
    if part.group.cue:
        return float(any(_is_subject(stem, collection) for one in alternatives[:1] for stem in one.stems))
    frequency = collection.statistics.document_frequency
    return max((one.weight for one in alternatives if all(map(frequency, one.stems))), default=0.0)


def _is_subject(stem: str, collection: Collection) -> bool:
    return any(len(segment.names.rows_with(stem)) for segment in collection.segments)
