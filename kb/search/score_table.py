"""The postings of an index as arrays: for each field and term the entries that hold it, and how often.

Whoosh is exact but slow to score: 40 to 150 ms a query on 17,896 entries, against 1 ms from these arrays. They keep
frequencies and lengths, not ready-made scores, because one changed entry changes every idf and mean length.
Files of one field: NAME.terms (the terms, sorted by code point, one a line), NAME.bounds.npy (int64: term i has
the postings [bounds[i], bounds[i + 1])), NAME.entries.npy (int32 entry numbers, ascending within a term),
NAME.frequencies.npy (float32), NAME.lengths.npy (float32, one an entry), NAME.mean_length.npy (float64, one
number: Whoosh keeps each length in a byte, rounded, but their sum exactly).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]

# Whoosh's defaults for BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 Extension to Multiple Weighted Fields").
B = 0.75
K1 = 1.2


@dataclass(frozen=True, slots=True)
class Field:
    """The postings of one field."""

    numbers: Mapping[str, int]  # term -> its place in bounds
    bounds: npt.NDArray[np.int64]
    entries: Integers
    frequencies: Floats
    lengths: Floats
    mean_length: float

    def postings(self, term: str) -> tuple[Integers, Floats]:
        """Return the entry numbers that hold `term`, ascending, and its frequency in each."""
        number = self.numbers.get(term)
        if number is None:
            return self.entries[:0], self.frequencies[:0]
        span = slice(int(self.bounds[number]), int(self.bounds[number + 1]))
        return self.entries[span], self.frequencies[span]

    def bm25(self, term: str) -> tuple[Integers, Floats]:
        """Return the entry numbers that hold `term` and their BM25 scores, as Whoosh computes them."""
        entries, frequencies = self.postings(term)
        if not len(entries):
            return entries, frequencies
        idf = np.log(len(self.lengths) / (len(entries) + 1)) + 1
        norm = K1 * ((1 - B) + B * self.lengths[entries] / self.mean_length)
        return entries, (idf * frequencies * (K1 + 1) / (frequencies + norm)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The fields of one generation, all over the same entries."""

    fields: Mapping[str, Field]
    size: int  # count of entries

    def document_frequency(self, term: str) -> int:
        """Return in how many entries the term stands, in the field where most hold it."""
        return max((len(field.postings(term)[0]) for field in self.fields.values()), default=0)


# One term of one field: the term, the numbers of the entries that hold it, its frequency in each.
Posting = tuple[str, Iterable[int], Iterable[float]]


def write_field(
    folder: Path, name: str, postings: Iterator[Posting], lengths: Iterable[float], mean: float
) -> None:
    """Write the arrays of one field; `postings` come sorted by term."""
    terms: list[str] = []
    bounds = [0]
    entries: list[Integers] = []
    frequencies: list[Floats] = []
    for term, numbers, counts in postings:
        entries.append(np.fromiter(numbers, np.int32))
        frequencies.append(np.fromiter(counts, np.float32))
        terms.append(term)
        bounds.append(bounds[-1] + len(entries[-1]))
    (folder / f"{name}.terms").write_text("\n".join(terms), encoding="utf-8", newline="")
    arrays: dict[str, npt.NDArray[Any]] = {
        "bounds": np.array(bounds, np.int64),
        "entries": np.concatenate(entries) if entries else np.zeros(0, np.int32),
        "frequencies": np.concatenate(frequencies) if frequencies else np.zeros(0, np.float32),
        "lengths": np.fromiter(lengths, np.float32),
        "mean_length": np.array([mean or 1.0]),
    }
    for part, array in arrays.items():
        np.save(folder / f"{name}.{part}.npy", array, allow_pickle=False)


def open_table(folder: Path, names: Iterable[str]) -> ScoreTable:
    """Map the fields `names` that were written into `folder`; processes that map them share the memory.

    Raises OSError or ValueError when a file is missing or torn.
    """
    fields = {name: _open_field(folder, name) for name in names}
    sizes = {len(field.lengths) for field in fields.values()}
    if len(sizes) != 1:
        raise ValueError("the fields are not of the same entries")
    return ScoreTable(fields, sizes.pop())


def _open_field(folder: Path, name: str) -> Field:
    def array(part: str) -> Any:
        path = folder / f"{name}.{part}.npy"
        # An empty array cannot be mapped; its file is the 128 bytes of numpy's header.
        mode: Literal["r"] | None = "r" if path.stat().st_size > 128 else None
        return np.load(path, mmap_mode=mode, allow_pickle=False)

    text = (folder / f"{name}.terms").read_text(encoding="utf-8")
    terms = text.split("\n") if text else []
    return Field(
        numbers={term: number for number, term in enumerate(terms)},
        bounds=array("bounds"),
        entries=array("entries"),
        frequencies=array("frequencies"),
        lengths=array("lengths"),
        mean_length=float(array("mean_length")[0]),
    )
