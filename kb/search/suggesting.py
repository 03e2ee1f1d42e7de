"""Whole questions for a few typed letters: by prefix, by words in any order, despite a typo.

Lines are found by the trigrams that they share with what was typed, each weighted by how rare it is (Zamora,
Pollock and Zamora, "The use of trigram analysis for spelling error detection", 1981), and the best of them are
ordered by how well what was typed begins or stands in them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from kb.content.entries import Entry
from kb.search.analysis import fold
from kb.search.score_table import Floats, Integers, map_array, save_array

GRAM = 3
# More typed letters than this say no more of which question is meant.
LONGEST_TYPED = 100
# So many lines are compared letter by letter; beyond them a line shares too little to be meant.
COMPARED = 60
ALL_BUT_TYPED = 2  # letters
# Below, a line shares letters with what was typed, not its sense.
LEAST_LIKENESS = 0.55
# Of two lines alike, the one that begins as typed is more likely meant than one that holds it further on.
INSIDE = 0.93
NOT_LETTERS = re.compile(r"[\W_]+")


class Line(NamedTuple):
    """What may be suggested: a question as it is shown, and the number of its entry."""

    text: str
    entry: int
    likeness: float  # of what was typed, in [0, 1]


@dataclass(frozen=True, slots=True)
class Lines:
    """Everything that may be typed for some entries, in the order of its folded text."""

    folded: Sequence[str]
    shown: Sequence[str]
    entries: Integers
    lengths: Integers  # of the folded texts, in letters
    grams: dict[str, int]  # trigram -> its place in bounds
    bounds: npt.NDArray[np.int64]
    postings: Integers  # line numbers

    def like(self, typed: str, limit: int) -> list[Line]:
        """Return the lines that are most like what was typed, best first; several may be of one entry."""
        text = folded_line(typed[:LONGEST_TYPED])
        if not text or not self.folded:
            return []
        candidates = {*self._by_prefix(text), *self._by_grams(text)}
        words = text.split()
        likeness = {number: _likeness(text, words, self.folded[number]) for number in candidates}

        def order(number: int) -> tuple[float, bool, int, int]:
            length = len(self.folded[number])
            # Of equals, first a question that is all but typed out, then the one of which about half is typed:
            # people look up and pick when a good part of the way is behind them and worth saving before them.
            return (
                -likeness[number],
                length > len(text) + ALL_BUT_TYPED,
                abs(length - 2 * len(text)),
                number,
            )

        lines = (
            Line(self.shown[number], int(self.entries[number]), likeness[number])
            for number in sorted(candidates, key=order)
        )
        return [line for line in lines if line.likeness >= LEAST_LIKENESS][:limit]

    def _by_prefix(self, text: str) -> list[int]:
        start = bisect_left(self.folded, text)
        end = bisect_left(self.folded, text + "\uffff", start)
        if end - start <= COMPARED:
            return list(range(start, end))
        far = np.abs(self.lengths[start:end] - 2 * len(text))
        return [start + int(place) for place in np.argsort(far, kind="stable")[:COMPARED]]

    def _by_grams(self, text: str) -> list[int]:
        found = [place for gram in grams_of(text) if (place := self.grams.get(gram)) is not None]
        if not found:
            return []
        pieces = [self.postings[self.bounds[place] : self.bounds[place + 1]] for place in found]
        rarities: Floats = np.log((len(self.folded) + 1) / np.array([len(piece) for piece in pieces])).astype(
            np.float32
        )
        weights = np.repeat(rarities, [len(piece) for piece in pieces])
        shared = np.bincount(np.concatenate(pieces), weights=weights, minlength=len(self.folded))
        if len(shared) <= COMPARED:
            return [int(number) for number in np.flatnonzero(shared)]
        best = np.argpartition(-shared, COMPARED)[:COMPARED]
        return [int(number) for number in best if shared[number] > 0]


def folded_line(text: str) -> str:
    """Return a text as it is compared: folded, its words one space apart."""
    return NOT_LETTERS.sub(" ", fold(text)).strip()


def grams_of(text: str) -> set[str]:
    """Return the trigrams of a folded line; a space before it marks where its first word begins."""
    marked = f" {text}"
    return {marked[place : place + GRAM] for place in range(max(1, len(marked) - GRAM + 1))}


def _likeness(typed: str, words: list[str], line: str) -> float:
    """Return how much a line is what someone types, in [0, 1]: as its beginning, or as words in it."""
    if line.startswith(typed):
        return 1.0
    beginning = OSA.normalized_similarity(typed, line[: len(typed)], score_cutoff=LEAST_LIKENESS)
    if beginning > INSIDE:
        return float(beginning)
    held = line.split()
    weight = sum(map(len, words))
    inside = sum(len(word) * _best_word(word, held, partial=word is words[-1]) for word in words) / weight
    return max(float(beginning), INSIDE * inside)


def _best_word(word: str, held: list[str], *, partial: bool) -> float:
    """Return how well a typed word is one of those held; the last one may still be growing."""
    if word in held or (partial and any(other.startswith(word) for other in held)):
        return 1.0
    # A word of three letters that is off by one is another word.
    if len(word) <= GRAM:
        return 0.0
    best = max(
        OSA.normalized_similarity(word, other[: len(word)] if partial else other, score_cutoff=0.6)
        for other in held
    )
    return float(best)


# ---------------------------------------------------------------- keeping


def lines_of(entries: Iterable[Entry]) -> Lines:
    """Return the lines of the entries: each question, and its other phrasings, which show the question."""
    made = sorted(
        {
            (folded_line(text), entry.question, number)
            for number, entry in enumerate(entries)
            for text in (entry.question, *entry.alt_questions)
        }
    )
    held: dict[str, list[int]] = {}
    for number, (folded, _, _) in enumerate(made):
        for gram in grams_of(folded):
            held.setdefault(gram, []).append(number)
    grams = sorted(held)
    return Lines(
        folded=[folded for folded, _, _ in made],
        shown=[shown for _, shown, _ in made],
        entries=np.array([number for _, _, number in made], np.int32),
        lengths=np.array([len(folded) for folded, _, _ in made], np.int32),
        grams={gram: place for place, gram in enumerate(grams)},
        bounds=np.cumsum([0, *(len(held[gram]) for gram in grams)], dtype=np.int64),
        postings=np.array([number for gram in grams for number in held[gram]], np.int32),
    )


def write_lines(folder: Path, lines: Lines) -> None:
    """Write the lines into `folder`, to be mapped by `open_lines`."""
    texts = {
        "folded": lines.folded,
        "shown": [text.replace("\n", " ") for text in lines.shown],
        "grams": lines.grams,
    }
    for part, values in texts.items():
        (folder / f"lines.{part}").write_text("\n".join(values), encoding="utf-8", newline="")
    for part in ("entries", "lengths", "bounds", "postings"):
        save_array(folder / f"lines.{part}.npy", getattr(lines, part))


def open_lines(folder: Path, size: int) -> Lines:
    """Map the lines of `size` entries. Raises OSError or ValueError when a file is missing or torn."""
    folded, shown, grams = (_texts(folder / f"lines.{part}") for part in ("folded", "shown", "grams"))
    lines = Lines(
        folded=folded,
        shown=shown,
        entries=map_array(folder / "lines.entries.npy"),
        lengths=map_array(folder / "lines.lengths.npy"),
        grams={gram: place for place, gram in enumerate(grams)},
        bounds=map_array(folder / "lines.bounds.npy"),
        postings=map_array(folder / "lines.postings.npy"),
    )
    fitting = (
        len(folded) == len(shown) == len(lines.entries) == len(lines.lengths)
        and len(lines.bounds) == len(grams) + 1
        and int(lines.bounds[-1]) == len(lines.postings)
        and (not len(lines.entries) or int(lines.entries.max()) < size)
    )
    if not fitting:
        raise ValueError("the suggestions do not fit the entries")
    return lines


def _texts(path: Path) -> list[str]:
    text = path.read_bytes().decode()
    return text.split("\n") if text else []
