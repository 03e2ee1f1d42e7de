"""The lines that may be meant by a few typed letters: by prefix, by words in any order, despite a typo.

Lines that begin as typed are found by halving the sorted list of them; those that begin so but for one letter, in
the same list, by trying at each letter what else may stand there. Any others are found by the trigrams that they
share with what was typed, each weighted by how rare it is (Zamora, Pollock and Zamora, "The use of trigram analysis
for spelling error detection", 1981).
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from kb.search.arrays import Floats
from kb.search.suggesting.lines import GRAM, Kind, Lines, folded_line, grams_of
from kb.search.words import english
from kb.search.words.analysis import stop_words

# More typed letters than this say no more of which line is meant.
LONGEST_TYPED = 100
# So many lines are compared letter by letter; beyond them a line shares too little to be meant.
COMPARED = 40
# Enough trigrams to tell lines apart; what stands in every other line only takes time.
MOST_POSTINGS = 20_000
ALL_BUT_TYPED = 2  # letters
# Below, a line shares letters with what was typed, not its sense: two thirds of the words, further on.
LEAST_LIKENESS = 0.62
# Below, two words are not the same one misspelt.
LEAST_ALIKE = 0.7
# "of" and "what" say little, but are typed for a reason.
STOP_WEIGHT = 0.3
# Of two lines alike, the one that begins as typed is more likely meant than one that holds it further on.
INSIDE = 0.93
# With fewer letters, everything is one letter, or two, from another.
LEAST_FOR_TYPO = 4
LEAST_FOR_TWO = 8
# Where so many lines lie equally far ahead, that says next to nothing of which is meant: COMMONEST places then go to
# the things that most entries speak of.
MANY, COMMONEST = 50, 2
# A term says less than a question: so many at most stand before the questions that are as likely meant.
MOST_TERMS = 2
# So many lines of one likeness are put in order; a handful is shown.
ORDERED = 30
LAST = "\U0010ffff"  # sorts after everything that continues a text

Numbers = npt.NDArray[np.int64]


class Line(NamedTuple):
    """What may be suggested: the text that is shown, and the numbers of the entries that answer it, best first."""

    text: str
    kind: Kind
    lang: str  # of the text, BCP 47; empty for that of the entry
    entries: tuple[int, ...]
    likeness: float  # of what was typed, in [0, 1]
    order: int  # among equals, the lower the likelier

    @property
    def what(self) -> tuple[str, tuple[int, ...]]:
        """What is the same, however it was found."""
        return self.text, self.entries


class Part(NamedTuple):
    """The lines of some entries, which are numbered from `start` on; some of them are no longer served."""

    questions: Lines
    terms: Lines
    start: int
    dead: frozenset[int]  # numbers in this part

    def line(self, kind: Kind, number: int, likeness: float, order: int) -> Iterator[Line]:
        """Yield the line with this number, unless all its entries are dead."""
        lines = self.questions if kind == "question" else self.terms
        entries = tuple(self.start + entry for entry in lines.entries(number) if entry not in self.dead)
        if entries:
            yield Line(lines.shown[number], kind, lines.langs[number], entries, likeness, order)


class Typed(NamedTuple):
    """What was typed so far."""

    text: str  # folded
    letters: int  # as typed

    @property
    def but_for_one(self) -> float:
        """The likeness of a line that begins so but for one letter."""
        return 1 - 1 / len(self.text)


# The entries near in meaning to what was typed, in one part: each with how near, nearest first.
Near = Callable[[int], Iterable[tuple[int, float]]]


def suggestions(parts: Sequence[Part], typed: str, near: Near) -> Iterator[Line]:
    """Yield what may be meant, the likeliest first; the same text may come again, of other entries."""
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for line in _found(parts, typed, near):
        if line.what not in seen:
            seen.add(line.what)
            yield line


def _found(parts: Sequence[Part], typed: str, near: Near) -> Iterator[Line]:
    """Yield what each way of finding finds, the likeliest first.

    Each way of finding is gone only when all before it have been looked through: first what begins as typed, then
    what begins so but for one letter or holds the words in any order, and last what is near in meaning.
    """
    asked = _read_typed(typed)
    if not asked.text:
        return
    terms = _sorted(_terms(parts, asked, 1.0, _begun))
    # Whoever has typed a name to its end needs no completion of it.
    terms = [line for line in terms if folded_line(line.text) != asked.text]
    yield from terms[:MOST_TERMS]
    yield from _sorted(_questions(parts, asked, 1.0, _begun))
    nearly = _sorted(_questions(parts, asked, asked.but_for_one, _begun_but_for_one))
    # "cost" is no misspelt "const", the start of what people say for a term.
    is_right = all(english.is_well_spelt(word) for word in asked.text.split())
    misspelt = (
        [] if terms or is_right else _sorted(_terms(parts, asked, asked.but_for_one, _begun_but_for_one))
    )
    first = [*misspelt[:MOST_TERMS], *nearly]
    # What holds the words further on is at most INSIDE as likely.
    if asked.but_for_one >= INSIDE:
        yield from first
        first = []
    yield from _sorted([*first, *_holding(parts, asked)])
    yield from (*terms[MOST_TERMS:], *misspelt[MOST_TERMS:])
    yield from _sorted(_near(parts, near))


def _read_typed(typed: str) -> Typed:
    start = typed[:LONGEST_TYPED]
    return Typed(folded_line(start), len(" ".join(start.split())) + start[-1:].isspace())


def _sorted(lines: Iterable[Line]) -> list[Line]:
    """Return the lines, the likeliest first, each once."""
    # Stable: what is as likely and comes first stays first.
    ordered = sorted(lines, key=lambda line: (-line.likeness, line.kind == "question", line.order))
    once: dict[tuple[str, tuple[int, ...]], Line] = {}
    for line in ordered:
        once.setdefault(line.what, line)
    return list(once.values())


Finder = Callable[[Lines, Typed], tuple[Numbers, Numbers]]


def _questions(parts: Sequence[Part], typed: Typed, likeness: float, finder: Finder) -> Iterator[Line]:
    """Yield the likeliest questions of those that a finder finds."""
    for part in parts:
        numbers, reached = finder(part.questions, typed)
        order = _order(part.questions, numbers, reached)
        for place in np.argsort(order, kind="stable")[:ORDERED].tolist():
            yield from part.line("question", int(numbers[place]), likeness, int(order[place]))


def _terms(parts: Sequence[Part], typed: Typed, likeness: float, finder: Finder) -> Iterator[Line]:
    """Yield the terms of most entries of those that a finder finds."""
    for part in parts:
        numbers, _ = finder(part.terms, typed)
        order = (_rareness(part.terms, numbers) << 16) + np.minimum(part.terms.lengths[numbers], 0xFFFF)
        for place in np.argsort(order, kind="stable")[:ORDERED].tolist():
            yield from part.line("term", int(numbers[place]), likeness, int(order[place]))


def _near(parts: Sequence[Part], near: Near) -> Iterator[Line]:
    """Yield the questions of the entries that are near in meaning."""
    for place, part in enumerate(parts):
        for entry, likeness in near(place):
            number = part.questions.line_of(entry)
            if number is not None:
                yield from part.line("question", number, likeness, number)


def _holding(parts: Sequence[Part], typed: Typed) -> Iterator[Line]:
    """Yield the questions that hold the typed words, in any order."""
    compare = _Comparison(typed.text)
    for part in parts:
        numbers = _by_grams(part.questions, typed.text)
        order = _order(part.questions, numbers, np.full(len(numbers), typed.letters))
        for number, place in zip(numbers.tolist(), order.tolist(), strict=True):
            likeness = compare.likeness(part.questions.folded[number])
            if likeness >= LEAST_LIKENESS:
                yield from part.line("question", number, likeness, place)


# ---------------------------------------------------------------- finding


def _begun(lines: Lines, typed: Typed) -> tuple[Numbers, Numbers]:
    """Return the lines that begin as typed, and how many letters of each are typed."""
    start, end = _range(lines.folded, typed.text, 0, len(lines.folded))
    return np.arange(start, end), np.full(end - start, typed.letters)


def _begun_but_for_one(lines: Lines, typed: Typed) -> tuple[Numbers, Numbers]:
    """Return the lines that begin as typed but for one letter: left out, put in, changed, or swapped with the next."""
    if len(typed.text) < LEAST_FOR_TYPO:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    found = {meant: place for meant, place in _one_off(lines.folded, typed.text) if place[0] < place[1]}
    numbers = [np.arange(start, end) for start, end in found.values()]
    reached = [
        np.full(end - start, typed.letters + len(meant) - len(typed.text))
        for meant, (start, end) in found.items()
    ]
    if not numbers:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    first, places = np.unique(np.concatenate(numbers), return_index=True)
    return first, np.concatenate(reached)[places]


def _one_off(folded: Sequence[str], text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield what may have been meant by a text that is one letter off, with the range of the lines that begin so."""
    # Few people get the first letter wrong, and it would be looked for everywhere.
    start, end = _range(folded, text[:1], 0, len(folded))
    for place, letter in enumerate(text[1:], start=1):
        before, after = text[:place], text[place + 1 :]
        # Nothing yet says that the last letter is wrong; one may be missing before it.
        if after:
            for meant in (before + after, before + after[0] + letter + after[1:]):
                yield meant, _range(folded, meant, start, end)
        # Which letters else do the lines have here?
        at = start
        while at < end:
            other = folded[at][place : place + 1]
            next_at = bisect_left(folded, before + other + LAST, at, end) if other else at + 1
            if other and other != letter:
                yield (
                    before + other + text[place:],
                    _range(folded, before + other + text[place:], at, next_at),
                )
                if after:
                    yield before + other + after, _range(folded, before + other + after, at, next_at)
            at = next_at
        start, end = _range(folded, text[: place + 1], start, end)
        if start == end:
            return


def _range(folded: Sequence[str], text: str, start: int, end: int) -> tuple[int, int]:
    """Return which of the lines [start, end) begin with the text."""
    first = bisect_left(folded, text, start, end)
    if first == end or not folded[first].startswith(text):
        return first, first
    return first, bisect_left(folded, text + LAST, first, end)


def _by_grams(lines: Lines, text: str) -> Numbers:
    """Return the lines that share most trigrams with the text."""
    places = [place for gram in grams_of(text) if (place := lines.grams.get(gram)) is not None]
    if not places:
        return np.zeros(0, np.int64)
    places.sort(key=lambda place: int(lines.bounds[place + 1] - lines.bounds[place]))
    lengths = lines.bounds[np.array(places) + 1] - lines.bounds[places]
    # The rarest say which line is meant; those that most lines have would take longest.
    some = max(1, int(np.searchsorted(np.cumsum(lengths), MOST_POSTINGS)))
    pieces = [lines.postings[lines.bounds[place] : lines.bounds[place + 1]] for place in places[:some]]
    rarities: Floats = np.log((len(lines.folded) + 1) / lengths[:some]).astype(np.float32)
    weights = np.repeat(rarities, lengths[:some])
    shared = np.bincount(np.concatenate(pieces), weights=weights, minlength=len(lines.folded))
    if len(shared) <= COMPARED:
        return np.flatnonzero(shared)
    best = np.argpartition(-shared, COMPARED)[:COMPARED]
    return best[shared[best] > 0]


# ---------------------------------------------------------------- judging


def _order(lines: Lines, numbers: Numbers, reached: Numbers) -> Numbers:
    """Return for each question a number that is the lower, the likelier it is among equals.

    First a question that is all but typed out, then the one of which half is typed: people look up and pick when a
    good part of the way is behind them and worth saving before them. Then the one about what is common.
    """
    lengths = lines.lengths[numbers].astype(np.int64)
    far = np.abs((lengths + 1) // 2 - reached)
    rareness = _rareness(lines, numbers)
    place = np.where(lengths <= reached + ALL_BUT_TYPED, 0, 2)
    if np.count_nonzero(far == 0) > MANY:
        place[np.argsort(rareness, kind="stable")[:COMMONEST]] = 1
    order: Numbers = (place << 48) + (np.minimum(far, 0xFFFF) << 32) + rareness
    return order


def _rareness(lines: Lines, numbers: Numbers) -> Numbers:
    rareness: Numbers = 0x7FFFFFFF - lines.common[numbers].astype(np.int64)
    return rareness


def _weight(word: str) -> float:
    """Return how much a word says of what is meant: by its letters, and little when every other question has it."""
    return len(word) * (STOP_WEIGHT if word in stop_words() else 1)


class _Comparison:
    """Compares lines with what was typed; lines share most of their words, so those are compared once."""

    def __init__(self, typed: str) -> None:
        self._typed = typed
        *self._whole, self._growing = typed.split()
        self._weight = sum(map(_weight, typed.split()))
        self._known: dict[str, dict[str, float]] = {word: {} for word in typed.split()}

    def likeness(self, line: str) -> float:
        """Return how much a line is what someone types, in [0, 1]: as its beginning, or as words in it."""
        beginning = 0.0
        if len(self._typed) >= LEAST_FOR_TWO:
            start = line[: len(self._typed)]
            beginning = OSA.normalized_similarity(self._typed, start, score_cutoff=LEAST_LIKENESS)
        if beginning > INSIDE:
            return beginning
        held = line.split()
        found = sum(_weight(word) * self._best(word, held) for word in self._whole)
        found += _weight(self._growing) * self._best_growing(held)
        return max(beginning, INSIDE * found / self._weight)

    def _best_growing(self, held: list[str]) -> float:
        word = self._growing
        if any(other.startswith(word) for other in held):
            return 1.0
        if len(word) <= LEAST_FOR_TYPO:
            # "canc" is not "can".
            held = [other for other in held if len(other) > len(word)]
        # With a letter left out, more of the word is typed than it seems.
        return max(self._best(word, [other[: len(word) + more] for other in held]) for more in (0, 1))

    def _best(self, word: str, held: list[str]) -> float:
        """Return how well a typed word is one of those held."""
        if word in held:
            return 1.0
        # A word of two letters that is off by one is another word; of three, unless it only lacks one.
        if len(word) < GRAM:
            return 0.0
        known = self._known[word]
        for other in held:
            if other not in known:
                known[other] = OSA.normalized_similarity(word, other, score_cutoff=LEAST_ALIKE)
        return max((known[other] for other in held), default=0.0)
