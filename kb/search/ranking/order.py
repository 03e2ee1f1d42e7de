"""Order entries by how well they answer a question.

Four kinds of evidence are added, each between 0 and 1 before its weight (docs/search.md tells how they were
chosen): the words of the question, the focus that it names, its meaning, and the type of answer it asks for.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kb.search.arrays import Floats
from kb.search.index.score_table import ScoreTable, Statistics, TermScores
from kb.search.index.segments import Collection, Segment
from kb.search.question.answer_types import agreements
from kb.search.question.parts import Alternative, Group, Question
from kb.search.ranking.coverage import cover, question_parts

# A question says what its entry is about in a few chosen words, its synonyms less surely, an answer in passing.
# Per term the best of the names counts, not their sum: summing rewards entries that repeat themselves (measured on
# 17,896 medical entries: MAP@10 .426 against .358 for the sum).
NAME_WEIGHTS = {"question": 3.0, "alternatives": 2.0, "synonyms": 2.0}
ANSWER_WEIGHT = 1.0

# What each kind of evidence counts, next to the words' own 1. Round numbers from a coarse search over queries made
# from the entries themselves; halving or doubling any one of them changes the figures by less than their spread.
CUE_WEIGHT = 0.3  # words like "symptoms", whose say is had by the type already
FOCUS_WEIGHT = 0.6
MEANING_WEIGHT = 0.6
TYPE_WEIGHT = 0.3
COVERAGE_WEIGHT = 0.5
WHOLE = 1 + FOCUS_WEIGHT + MEANING_WEIGHT + TYPE_WEIGHT + COVERAGE_WEIGHT
# Fine vectors tell what is asked better than its words and cues do.
FINE_WORDS_WEIGHT = 0.6
FINE_MEANING_WEIGHT = 3.0
FINE_TYPE_WEIGHT = 0.0
FINE_WHOLE = FINE_WORDS_WEIGHT + FOCUS_WEIGHT + FINE_MEANING_WEIGHT + FINE_TYPE_WEIGHT + COVERAGE_WEIGHT
# Coverage is compared for so many of the best.
COVERED = 20

# How much a word says is known from its rarity here; in a small knowledge base, where all words are rare, rather from
# English at large, which counts as much as this many entries.
ENGLISH = 200

# Without a word in common, an entry this near in meaning is still worth showing. Unrelated short texts reach .2.
NEAR = 0.4

# Meaning is compared for the best by all else, and for all where there are no more: with 300 instead of 1,000 the
# order was the same on 1,256 queries.
COMPARED = 1000
# First for so many of them: they show from which of the others even the nearest in meaning could not rise to the best.
COMPARED_FIRST = 150
NEAREST = 1.01  # no cosine is higher; packing.py tells how exact they are
ROUNDING = 1e-4  # more than scores lose by it


class Ranked(NamedTuple):
    """An entry that was found."""

    number: int  # in the collection
    score: float  # from 0 to 1
    near: float = 0.0  # in meaning, a cosine
    said: tuple[float, ...] = ()  # how much it says of each part of the question; of the best COVERED only


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each candidate: arrays of one length, best by their sum."""

    numbers: npt.NDArray[np.int64]  # in the collection
    words: Floats
    focus: Floats
    meaning: Floats
    types: Floats
    asks_type_only: bool  # no word of the question says what it is about
    fine: bool  # the vectors of meaning are

    def speaks(self) -> npt.NDArray[np.bool_]:
        """Return for each candidate whether anything of the question is in it, in its words or near in meaning."""
        spoken: npt.NDArray[np.bool_] = (self.words > 0) | (self.focus > 0) | (self.meaning >= NEAR)
        if self.asks_type_only:
            spoken |= self.types == 1
        return spoken

    def score(self) -> Floats:
        """Return the score of each candidate, from 0 to 1."""
        total = (FINE_WORDS_WEIGHT if self.fine else 1) * self.words + FOCUS_WEIGHT * self.focus
        total += (FINE_MEANING_WEIGHT if self.fine else MEANING_WEIGHT) * self.meaning
        total += (FINE_TYPE_WEIGHT if self.fine else TYPE_WEIGHT) * self.types
        scores: Floats = (total / self.whole).astype(np.float32)
        return scores

    @property
    def whole(self) -> float:
        """The sum of all weights."""
        return FINE_WHOLE if self.fine else WHOLE


def rank(collection: Collection, question: Question, meaning: Floats, limit: int) -> list[Ranked]:
    """Return the best entries for the question, best first; equals stand in the order of the index.

    `meaning` is the vector of the question's text. A question without words finds nothing.
    """
    if not question.groups or not collection.size:
        return []
    evidence = gather(collection, question, meaning, max(limit, COVERED))
    scores = evidence.score()
    order = _best(scores, evidence.speaks(), max(limit, COVERED))
    # The sum of evidence finds the entries; which of the best leaves least of the question unsaid decides.
    best = order[:COVERED]
    parts = question_parts(question, collection.statistics)
    coverage = cover(parts, question, collection, evidence.numbers[best].tolist())
    scores[best] += np.float32(COVERAGE_WEIGHT / evidence.whole) * coverage.shares
    said = coverage.said.T.tolist()
    covered = np.lexsort((best, -scores[best]))
    ranked = [
        Ranked(number, score, near, tuple(said[place]))
        for place, number, score, near in zip(
            covered.tolist(),
            evidence.numbers[best[covered]].tolist(),
            scores[best[covered]].tolist(),
            evidence.meaning[best[covered]].tolist(),
            strict=True,
        )
    ]
    rest = order[COVERED:]
    ranked += map(
        Ranked, evidence.numbers[rest].tolist(), scores[rest].tolist(), evidence.meaning[rest].tolist()
    )
    return ranked[:limit]


def _best(scores: Floats, speaks: npt.NDArray[np.bool_], limit: int) -> npt.NDArray[np.int64]:
    """Return the places of the best scores of those that speak, best first, of equals the first."""
    places = np.flatnonzero(speaks)
    found = scores[places]
    if len(places) > limit:
        least = np.partition(found, -limit)[-limit]
        places = places[found >= least]
        found = scores[places]
    # By place, which is by number, where scores are equal: the same index and question give the same order.
    return places[np.argsort(-found, kind="stable")][:limit]


def gather(collection: Collection, question: Question, meaning: Floats, limit: int = COVERED) -> Evidence:
    """Return the evidence for the candidates of a question, by number: the best `limit` are among them."""
    statistics = collection.statistics
    words = _joined([score_words(segment.table, statistics, question) for segment in collection.segments])
    asked = sum(_rarity(group, statistics) for group in question.groups if not group.cue)
    focus = _focus(collection, question, asked)
    types = np.array(agreements(question.types), np.float32).take(collection.qtypes)
    words[collection.dead] = 0
    words /= max(float(words.max()), 1e-9)
    known = words + FOCUS_WEIGHT * focus + TYPE_WEIGHT * types
    known[collection.dead] = -np.inf
    asks_type_only = bool(question.types) and all(group.cue for group in question.groups)

    def evidence(numbers: npt.NDArray[np.int64], near: Floats) -> Evidence:
        return Evidence(
            numbers,
            words.take(numbers),
            focus.take(numbers),
            near,
            types.take(numbers),
            asks_type_only,
            fine=collection.fine,
        )

    # With fine vectors entries are few, and meaning counts most: all are compared.
    if len(known) <= COMPARED_FIRST + limit or collection.fine:
        numbers = _best_numbers(known, COMPARED)
        return evidence(numbers, _meaning(collection, numbers, meaning))
    near = np.zeros(len(known), np.float32)
    first = _best_numbers(known, COMPARED_FIRST)
    near[first] = _meaning(collection, first, meaning)
    found = evidence(first, near.take(first))
    scores = found.score()[found.speaks()]
    rising = np.isfinite(known)
    if len(scores) >= limit:
        least = WHOLE * float(np.partition(scores, -limit)[-limit])
        rising &= known >= least - MEANING_WEIGHT * NEAREST - ROUNDING
    numbers = np.flatnonzero(rising)
    if len(numbers) > COMPARED:
        numbers = numbers[_best_numbers(known.take(numbers), COMPARED)]
        rising[:] = False
        rising[numbers] = True
    rising[first] = False
    others = np.flatnonzero(rising)
    near[others] = _meaning(collection, others, meaning)
    return evidence(numbers, near.take(numbers))


def _best_numbers(values: Floats, limit: int) -> npt.NDArray[np.int64]:
    """Return the places of the highest values, ascending; those of -inf left out."""
    places = np.argpartition(-values, limit)[:limit] if len(values) > limit else np.arange(len(values))
    return np.sort(places[np.isfinite(values[places])])


def _joined(pieces: list[Floats]) -> Floats:
    return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)


def _meaning(collection: Collection, numbers: npt.NDArray[np.int64], vector: Floats) -> Floats:
    if len(collection.segments) == 1:
        return collection.segments[0].vectors.likeness(numbers, vector)
    pieces = []
    for segment, start in zip(collection.segments, collection.starts, strict=False):
        first, last = np.searchsorted(numbers, (start, start + segment.size))
        pieces.append(segment.vectors.likeness(numbers[first:last] - start, vector))
    return np.concatenate(pieces)


# ---------------------------------------------------------------- words


def score_words(table: ScoreTable, statistics: Statistics, question: Question) -> Floats:
    """Return for every entry of the table the sum over the question's parts of how well it matches each."""
    total = np.zeros(table.size, np.float32)
    prior = ENGLISH / (ENGLISH + statistics.entries)
    for group in question.groups:
        weight = np.float32(group.weight * group.says**prior * (CUE_WEIGHT if group.cue else 1.0))
        if len(group.alternatives) == 1 and len(group.alternatives[0].stems) == 1:
            # Nothing to compare, and few entries to touch.
            entries, scores = score_term(table, statistics, group.alternatives[0].stems[0])
            scores = scores * np.float32(group.alternatives[0].weight)
            total[entries] += weight * scores
            continue
        best = np.zeros(table.size, np.float32)
        for alternative in group.alternatives:
            _raise_to_alternative(best, table, statistics, alternative)
        best *= weight
        total += best
    return total


def _raise_to_alternative(
    best: Floats, table: ScoreTable, statistics: Statistics, alternative: Alternative
) -> None:
    """Raise `best` to what each entry scores for the alternative, where that is more."""
    scored = [score_term(table, statistics, stem) for stem in alternative.stems]
    if len(scored) == 1:
        entries, scores = scored[0]
        if alternative.weight != 1:
            scores = scores * np.float32(alternative.weight)
        best[entries] = np.maximum(best.take(entries), scores)
        return
    total = np.zeros(table.size, np.float32)
    for entries, scores in scored:
        total[entries] += scores
    if alternative.weight != 1:
        total *= np.float32(alternative.weight)
    np.maximum(best, total, out=best)


def score_term(table: ScoreTable, statistics: Statistics, term: str) -> TermScores:
    """Return the entries that hold the term, ascending, with their best match in a name plus that in the answer."""
    return statistics.kept(table, term, _score_term)


def _score_term(table: ScoreTable, statistics: Statistics, term: str) -> TermScores:
    names = {name: statistics.bm25(table, name, term) for name in NAME_WEIGHTS}
    entries, scores = statistics.bm25(table, "answer", term)
    holders = np.unique(np.concatenate([entries, *(found for found, _ in names.values())])).astype(np.int64)
    best = np.zeros(len(holders), np.float32)
    for name, (found, matches) in names.items():
        if len(found):
            places = np.searchsorted(holders, found)
            best[places] = np.maximum(best[places], np.float32(NAME_WEIGHTS[name]) * matches)
    best[np.searchsorted(holders, entries)] += np.float32(ANSWER_WEIGHT) * scores
    return holders, best


# ---------------------------------------------------------------- focus


def _focus(collection: Collection, question: Question, asked: float) -> Floats:
    """Return for each entry how far its best name is what the question is about.

    The share of the name that the question holds, times the square root of the share of the question that the name
    holds, both weighted by rarity: a whole name counts much even in a question about two things.
    """
    found = []
    for segment, weights, owners in zip(
        collection.segments, collection.name_weights, collection.name_owners, strict=True
    ):
        held = _held_by_names(segment, collection.statistics, question)
        # Most names share no word with the question.
        rows = np.flatnonzero(held > 0)
        values = held.take(rows)
        named = np.minimum(values / weights.take(rows), 1)
        values /= max(asked, 1e-6)
        named *= np.sqrt(np.minimum(values, 1, out=values), out=values)
        found.append(segment.names.best_of_each(owners.take(rows), named))
    return _joined(found)


def _held_by_names(segment: Segment, statistics: Statistics, question: Question) -> Floats:
    """Return for every row of names the summed rarity of the question's parts that stand in it."""
    names = segment.names
    held = np.zeros(int(names.starts[-1]), np.float32)
    for group in question.groups:
        if len(group.alternatives) == 1:
            for stem in group.alternatives[0].stems:
                held[names.rows_with(stem)] += group.weight * statistics.rarity(stem)
            continue
        best: Floats = np.zeros(len(held), np.float32)
        for alternative in group.alternatives:
            weight = group.weight * alternative.weight
            rows = [names.rows_with(stem) for stem in alternative.stems]
            # Most other ways to say it stand in no name, or are of one word.
            if len(rows) == 1 or not any(map(len, rows)):
                raised = np.float32(weight * statistics.rarity(alternative.stems[0]))
                best[rows[0]] = np.maximum(best.take(rows[0]), raised)
                continue
            found = np.zeros(len(held), np.float32)
            for stem, stands in zip(alternative.stems, rows, strict=True):
                found[stands] += weight * statistics.rarity(stem)
            np.maximum(best, found, out=best)
        held += best
    return held


def _rarity(group: Group, statistics: Statistics) -> float:
    """Return what a part of the question weighs: the rarity of its weightiest alternative that is known at all."""
    weights = [
        alternative.weight * sum(statistics.rarity(stem) for stem in alternative.stems)
        for alternative in group.alternatives
        if len(group.alternatives) == 1
        or all(statistics.document_frequency(stem) for stem in alternative.stems)
    ]
    return group.weight * max(weights, default=0.0)
