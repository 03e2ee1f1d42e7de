"""What each entry is about: its focus and the other names of it, each name on its own row.

A query names an entry's focus when it holds the words of one whole name, not a word of each of five. Rows of an
entry stand together: those of entry e are [starts[e], starts[e + 1]).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.content.entries import Entry
from kb.search.arrays import Floats, map_array, read_terms, save_array
from kb.search.words.analysis import all_terms, content_stems


@dataclass(frozen=True, slots=True)
class Names:
    """The names of some entries by the terms in them."""

    numbers: Mapping[str, int]  # term -> its place in bounds
    bounds: npt.NDArray[np.int64]
    rows: npt.NDArray[
        np.int64
    ]  # wider than they need be: numpy picks and adds by these without making copies
    starts: npt.NDArray[np.int64]  # one more than there are entries; each entry has a row at least

    def rows_with(self, term: str) -> npt.NDArray[np.int64]:
        """Return the rows that hold the term, ascending."""
        number = self.numbers.get(term)
        if number is None:
            return self.rows[:0]
        return self.rows[int(self.bounds[number]) : int(self.bounds[number + 1])]

    def weights(self, rarities: Floats) -> Floats:
        """Return for each row the sum of the rarities of its terms; `rarities` has one for each term in order."""
        spread = np.repeat(rarities, np.diff(self.bounds))
        count = int(self.starts[-1])
        return np.bincount(self.rows, weights=spread, minlength=count).astype(np.float32)

    def owners(self) -> npt.NDArray[np.int64]:
        """Return for each row the entry that it names."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def best_of_each(self, entries: npt.NDArray[np.int64], values: Floats) -> Floats:
        """Return for each entry the highest of its values; 0 for one without. `entries` own them, ascending."""
        best = np.zeros(len(self.starts) - 1, np.float32)
        if len(entries):
            firsts = np.concatenate([[0], np.flatnonzero(entries[1:] != entries[:-1]) + 1])
            best[entries[firsts]] = np.maximum.reduceat(values, firsts)
        return best


def names_of(entry: Entry) -> list[list[str]]:
    """Return the distinct names of what an entry is about, as stems; its question when it states no focus."""
    found: dict[frozenset[str], None] = {}
    for name in (entry.focus or entry.question, *entry.synonyms):
        # A name of stop words only ("The Who") is still a name.
        stems = frozenset(content_stems(name)) or frozenset(term.text for term in all_terms(name))
        found.setdefault(stems)
    return [sorted(stems) for stems in found]


def collect_names(entries: Iterable[Sequence[Sequence[str]]]) -> Names:
    """Return the table of the names of entries, each a list of names as `names_of` gives them."""
    held: dict[str, list[int]] = {}
    starts = [0]
    for names in entries:
        for row, stems in enumerate(names, start=starts[-1]):
            for stem in stems:
                held.setdefault(stem, []).append(row)
        starts.append(starts[-1] + len(names))
    terms = sorted(held)
    return Names(
        numbers={term: place for place, term in enumerate(terms)},
        bounds=np.cumsum([0, *(len(held[term]) for term in terms)], dtype=np.int64),
        rows=np.array([row for term in terms for row in held[term]], np.int64),
        starts=np.array(starts, np.int64),
    )


def write_names(folder: Path, names: Names) -> None:
    """Write the table into `folder`, to be mapped by `open_names`."""
    (folder / "names.terms").write_text("\n".join(names.numbers), encoding="utf-8", newline="")
    for part in ("bounds", "rows", "starts"):
        save_array(folder / f"names.{part}.npy", getattr(names, part))


def open_names(folder: Path, size: int) -> Names:
    """Map the names of `size` entries. Raises OSError or ValueError when a file is missing or torn."""
    names = Names(
        numbers={term: number for number, term in enumerate(read_terms(folder / "names.terms"))},
        bounds=map_array(folder / "names.bounds.npy"),
        rows=map_array(folder / "names.rows.npy"),
        starts=map_array(folder / "names.starts.npy"),
    )
    fitting = (
        len(names.starts) == size + 1
        and len(names.bounds) == len(names.numbers) + 1
        and int(names.bounds[-1]) == len(names.rows)
        and (not len(names.rows) or int(names.rows.max()) < int(names.starts[-1]))
        and bool((np.diff(names.starts) > 0).all())
    )
    if not fitting:
        raise ValueError("the names do not fit the entries")
    return names
