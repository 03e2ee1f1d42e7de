"""The postings of entries as arrays: for each field and term the entries that hold it, and how often.

Whoosh is exact but slow to score: 40 to 150 ms a query on 17,896 entries, against 1 ms from these arrays. They keep
frequencies and lengths, not ready-made scores, because one changed entry changes every idf and mean length.
Files of one field: NAME.terms (the terms, sorted by code point, one a line), NAME.bounds.npy (int64: term i has
the postings [bounds[i], bounds[i + 1])), NAME.entries.npy (int32 entry numbers, ascending within a term),
NAME.frequencies.npy (float32), NAME.lengths.npy (float32, one an entry), NAME.total_length.npy (float64, one
number: Whoosh keeps each length in a byte, rounded, but their sum exactly).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.search.arrays import Floats, Integers, map_array, read_terms, save_array

# Whoosh's defaults for BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 Extension to Multiple Weighted Fields").
B = 0.75
K1 = 1.2
# Entry numbers, ascending, and a score for each.
TermScores = tuple[npt.NDArray[np.int64], Floats]
# Scores of terms that are asked for again are kept, up to so many in all: 12 bytes each.
MOST_SCORES = 1_000_000
# Frequencies are asked for again and again within one query; what people type must not fill the memory.
MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Field:
    """The postings of one field."""

    numbers: Mapping[str, int]  # term -> its place in bounds
    bounds: npt.NDArray[np.int64]
    entries: Integers
    frequencies: Floats
    lengths: Floats
    total_length: float

    def postings(self, term: str) -> tuple[Integers, Floats]:
        """Return the entry numbers that hold `term`, ascending, and its frequency in each."""
        number = self.numbers.get(term)
        if number is None:
            return self.entries[:0], self.frequencies[:0]
        span = slice(int(self.bounds[number]), int(self.bounds[number + 1]))
        return self.entries[span], self.frequencies[span]

    def counts(self, terms: Iterable[str]) -> Integers:
        """Return in how many entries each of the terms stands."""
        # One place more, for a term that stands in none.
        every = np.append(np.diff(self.bounds), 0).astype(np.int32)
        places = [self.numbers.get(term, -1) for term in terms]
        counted: Integers = every[places]
        return counted

    def count(self, term: str) -> int:
        """Return in how many entries the term stands."""
        number = self.numbers.get(term)
        return 0 if number is None else int(self.bounds[number + 1] - self.bounds[number])


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The fields of some entries, all over the same ones."""

    fields: Mapping[str, Field]
    size: int  # count of entries


@dataclass(frozen=True, slots=True)
class Removed:
    """What entries that were taken out of a table held: to be subtracted from its counts."""

    entries: int
    lengths: Mapping[str, float]  # field -> sum of lengths
    counts: Mapping[str, Counter[str]]  # field -> term -> entries

    def plus(self, other: "Removed") -> "Removed":
        """Return what both held."""
        names = {*self.counts, *other.counts}
        return Removed(
            self.entries + other.entries,
            {name: self.lengths.get(name, 0.0) + other.lengths.get(name, 0.0) for name in names},
            {name: self.counts.get(name, Counter()) + other.counts.get(name, Counter()) for name in names},
        )


NOTHING_REMOVED = Removed(0, {}, {})


class Statistics:
    """How many entries there are, how long their fields are, and how many hold a term, over all tables."""

    def __init__(self, tables: Sequence[ScoreTable], removed: Removed = NOTHING_REMOVED) -> None:
        self._tables = tables
        self._removed = removed
        self._frequencies: dict[str, int] = {}
        self._scores: dict[tuple[int, str], TermScores] = {}
        self._scores_left = MOST_SCORES
        self.entries = sum(table.size for table in tables) - removed.entries
        self.highest_rarity = float(self.rarities(np.array([0]))[0])  # of a term that no entry holds
        self._means = {name: self._total(name) / max(self.entries, 1) or 1.0 for name in tables[0].fields}

    def _total(self, name: str) -> float:
        total = sum(table.fields[name].total_length for table in self._tables)
        return total - self._removed.lengths.get(name, 0.0)

    def count(self, name: str, term: str) -> int:
        """Return in how many entries the field `name` holds the term."""
        counts = self._removed.counts.get(name)
        taken = counts[term] if counts else 0
        return sum(table.fields[name].count(term) for table in self._tables) - taken

    def document_frequency(self, term: str) -> int:
        """Return in how many entries the term stands, in the field where most hold it."""
        known = self._frequencies.get(term)
        if known is None:
            known = max(self.count(name, term) for name in self._means)
            if len(self._frequencies) < MOST_KEPT:
                self._frequencies[term] = known
        return known

    def rarity(self, term: str) -> float:
        """Return how much the term tells entries apart: its idf, above 0."""
        return log((self.entries + 1) / (self.document_frequency(term) + 0.5)) + 0.1

    def kept(
        self, table: ScoreTable, term: str, score: Callable[[ScoreTable, "Statistics", str], TermScores]
    ) -> TermScores:
        """Return the scores of a term in one of the tables, from `score` when they are not known yet."""
        # A table lives as long as its statistics.
        key = id(table), term
        known = self._scores.get(key)
        if known is None:
            known = score(table, self, term)
            if len(known[0]) <= self._scores_left:
                self._scores_left -= len(known[0])
                self._scores[key] = known
        return known

    def rarities(self, frequencies: npt.NDArray[Any]) -> Floats:
        """Return the rarity of terms that stand in so many entries."""
        return (np.log((self.entries + 1) / (frequencies + 0.5)) + 0.1).astype(np.float32)

    def changed_terms(self) -> set[str]:
        """Return the terms whose counts differ from those of the first table."""
        changed = {term for counts in self._removed.counts.values() for term in counts}
        return changed.union(
            *(field.numbers for table in self._tables[1:] for field in table.fields.values())
        )

    def bm25(self, table: ScoreTable, name: str, term: str) -> tuple[Integers, Floats]:
        """Return the entries of one table that hold `term` and their BM25 scores, as Whoosh computes them."""
        field = table.fields[name]
        entries, frequencies = field.postings(term)
        if not len(entries):
            return entries, frequencies
        # An index may be left with no entry at all.
        idf = np.float32(np.log(max(self.entries, 1) / (self.count(name, term) + 1)) + 1)
        slope, base = np.float32(K1 * B / self._means[name]), np.float32(K1 * (1 - B))
        norm = field.lengths[entries]
        norm *= slope
        norm += base
        norm += frequencies
        return entries, frequencies * (idf * np.float32(K1 + 1)) / norm


# One term of one field: the term, the numbers of the entries that hold it, its frequency in each.
Posting = tuple[str, Sequence[int], Sequence[int]]


def field_of(texts: Sequence[Sequence[str]], lengths: Sequence[float]) -> Field:
    """Return the field of entries whose terms are `texts`, in memory; `lengths` as the index would keep them."""
    held: dict[str, list[tuple[int, int]]] = {}
    for number, stems in enumerate(texts):
        for stem, count in Counter(stems).items():
            held.setdefault(stem, []).append((number, count))
    terms = sorted(held)
    pairs = [pair for term in terms for pair in held[term]]
    return Field(
        numbers={term: place for place, term in enumerate(terms)},
        bounds=np.cumsum([0, *(len(held[term]) for term in terms)], dtype=np.int64),
        entries=np.array([number for number, _ in pairs], np.int32),
        frequencies=np.array([count for _, count in pairs], np.float32),
        lengths=np.array(lengths, np.float32),
        total_length=float(sum(len(stems) for stems in texts)),
    )


def write_field(
    folder: Path, name: str, postings: Iterator[Posting], lengths: Iterable[float], total_length: float
) -> None:
    """Write the arrays of one field; `postings` come sorted by term."""
    terms: list[str] = []
    bounds = [0]
    entries: list[Integers] = []
    frequencies: list[Floats] = []
    for term, numbers, counts in postings:
        entries.append(np.asarray(numbers, np.int32))
        frequencies.append(np.asarray(counts, np.float32))
        terms.append(term)
        bounds.append(bounds[-1] + len(entries[-1]))
    (folder / f"{name}.terms").write_text("\n".join(terms), encoding="utf-8", newline="")
    arrays: dict[str, npt.NDArray[Any]] = {
        "bounds": np.array(bounds, np.int64),
        "entries": np.concatenate(entries) if entries else np.zeros(0, np.int32),
        "frequencies": np.concatenate(frequencies) if frequencies else np.zeros(0, np.float32),
        "lengths": np.fromiter(lengths, np.float32),
        "total_length": np.array([total_length], np.float64),
    }
    for part, array in arrays.items():
        save_array(folder / f"{name}.{part}.npy", array)


def open_table(folder: Path, names: Iterable[str]) -> ScoreTable:
    """Map the fields `names` that were written into `folder`. Raises OSError or ValueError when torn."""
    fields = {name: _open_field(folder, name) for name in names}
    sizes = {len(field.lengths) for field in fields.values()}
    if len(sizes) != 1:
        raise ValueError("the fields are not of the same entries")
    table = ScoreTable(fields, sizes.pop())
    _check(table)
    return table


def _check(table: ScoreTable) -> None:
    """Raise ValueError unless the arrays of every field fit each other."""
    for name, field in table.fields.items():
        whole = len(field.entries)
        fitting = (
            len(field.bounds) == len(field.numbers) + 1
            and int(field.bounds[0]) == 0
            and int(field.bounds[-1]) == whole == len(field.frequencies)
            and (not whole or (int(field.entries.min()) >= 0 and int(field.entries.max()) < table.size))
        )
        if not fitting:
            raise ValueError(f"the arrays of {name} do not fit each other")


def _open_field(folder: Path, name: str) -> Field:
    return Field(
        numbers={term: number for number, term in enumerate(read_terms(folder / f"{name}.terms"))},
        bounds=map_array(folder / f"{name}.bounds.npy"),
        entries=map_array(folder / f"{name}.entries.npy"),
        frequencies=map_array(folder / f"{name}.frequencies.npy"),
        lengths=map_array(folder / f"{name}.lengths.npy"),
        total_length=float(map_array(folder / f"{name}.total_length.npy")[0]),
    )
