"""Which stems each entry holds, and in which fields; which stems each sentence of its answer holds.

Postings say which entries hold a stem. This is the other way round, for the few entries that a question found.
Files: stems.terms (the stems, one a line, numbered in this order), stems.starts.npy (int64: what entry e holds is
[starts[e], starts[e + 1])), stems.held.npy (int32 stem numbers, ascending within an entry), stems.fields.npy (uint8:
a bit for each field, as in BITS). Of answers, word by word without stop words: stems.sentences.npy (int64: the words of
sentence s are [sentences[s], sentences[s + 1]); sentences as in vectors.py), stems.words.npy (int32 stem numbers),
stems.places.npy (int32: where each begins in the answer), stems.lengths.npy (uint8, in letters).
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.search.arrays import map_array, read_terms, save_array, spread
from kb.search.words.cutting import SEARCHED, CutEntry

NAMES = "names"  # of what an entry is about
BITS = {name: 1 << place for place, name in enumerate((*SEARCHED, NAMES))}
PARTS = ("starts", "held", "fields", "sentences", "words", "places", "lengths")

Places = npt.NDArray[np.int64]
Ranges = tuple[tuple[int, int], ...]  # [start, end) in an answer


@dataclass(frozen=True, slots=True)
class Holdings:
    """What some entries hold."""

    numbers: Mapping[str, int]  # stem -> its number
    starts: Places
    held: npt.NDArray[np.int32]
    fields: npt.NDArray[np.uint8]
    sentences: Places
    words: npt.NDArray[np.int32]
    places: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.uint8]

    def fields_with(self, entries: Places, stems: Sequence[str]) -> npt.NDArray[np.uint8]:
        """Return for each stem and entry the BITS of the fields that hold it: stems x entries."""
        found = np.zeros((len(stems), len(entries)), np.uint8)
        known = [place for place, stem in enumerate(stems) if stem in self.numbers]
        places, lengths = spread(self.starts, entries)
        if not known or not len(places):
            return found
        # One ascending list of all that the entries hold: each entry's stems after those of the one before.
        offsets = np.arange(len(entries)) * len(self.numbers)
        keys = self.held.take(places) + np.repeat(offsets, lengths)
        wanted = offsets + np.array([[self.numbers[stems[place]]] for place in known])
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        found[known] = self.fields.take(places.take(at)) * (keys.take(at) == wanted)
        return found

    def asked_in(self, sentences: Places, weights: Mapping[str, float]) -> tuple[list[float], list[Ranges]]:
        """Return for each sentence the summed weight of the stems that it holds, and where their words stand."""
        asked = sorted(
            (self.numbers[stem], weight) for stem, weight in weights.items() if stem in self.numbers
        )
        places, lengths = spread(self.sentences, sentences)
        if not asked or not len(places):
            return [0.0] * len(sentences), [()] * len(sentences)
        numbers = np.array([number for number, _ in asked], np.int32)
        words = self.words.take(places)
        at = np.minimum(np.searchsorted(numbers, words), len(numbers) - 1)
        matches = np.flatnonzero(numbers.take(at) == words)
        owners = np.repeat(np.arange(len(sentences)), lengths).take(matches)
        # A word that stands twice in a sentence counts once.
        distinct = np.unique(owners * len(numbers) + at.take(matches))
        weighed = np.array([weight for _, weight in asked]).take(distinct % len(numbers))
        totals = np.bincount(distinct // len(numbers), weighed, len(sentences)).tolist()
        starts = self.places.take(places.take(matches))
        ranges = list(
            zip(starts.tolist(), (starts + self.lengths.take(places.take(matches))).tolist(), strict=True)
        )
        bounds = np.searchsorted(owners, np.arange(len(sentences) + 1)).tolist()
        return totals, [tuple(ranges[first:last]) for first, last in pairwise(bounds)]


class HoldingsCollector:
    """Takes entries as they stream past."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        # Arrays rather than lists: there are hundreds of numbers an entry.
        self._starts = array("q", [0])
        self._held = array("i")
        self._fields = array("B")
        self._sentences = array("q", [0])
        self._words = array("i")
        self._places = array("i")
        self._lengths = array("B")

    def add(self, cut: CutEntry) -> None:
        numbers = self._numbers
        texts = cut.stems | {NAMES: [stem for name in cut.names for stem in name]}
        bits: dict[int, int] = {}
        for name, stems in texts.items():
            bit = BITS[name]
            for stem in set(stems):
                number = numbers.setdefault(stem, len(numbers))
                bits[number] = bits.get(number, 0) | bit
        order = sorted(bits)
        self._held.extend(order)
        self._fields.extend([bits[number] for number in order])
        self._starts.append(len(self._held))
        for words in cut.words:
            self._words.extend([numbers[stem] for stem, _, _ in words])
            self._places.extend([start for _, start, _ in words])
            self._lengths.extend([end - start for _, start, end in words])
            self._sentences.append(len(self._words))

    def collected(self) -> Holdings:
        """Return what the entries hold."""
        parts = (getattr(self, f"_{part}") for part in PARTS)
        return Holdings(self._numbers, *(np.asarray(part) for part in parts))


def holdings_of(cuts: Iterable[CutEntry]) -> Holdings:
    """Return what the entries hold."""
    collector = HoldingsCollector()
    for cut in cuts:
        collector.add(cut)
    return collector.collected()


def write_holdings(folder: Path, holdings: Holdings) -> None:
    """Write what entries hold into `folder`, to be mapped by `open_holdings`."""
    (folder / "stems.terms").write_text("\n".join(holdings.numbers), encoding="utf-8", newline="")
    for part in PARTS:
        save_array(folder / f"stems.{part}.npy", getattr(holdings, part))


def open_holdings(folder: Path, size: int, sentences: int) -> Holdings:
    """Map what `size` entries of so many sentences hold. Raises OSError or ValueError when a file is torn."""
    terms = read_terms(folder / "stems.terms")
    holdings = Holdings(
        {term: number for number, term in enumerate(terms)},
        *(map_array(folder / f"stems.{part}.npy") for part in PARTS),
    )
    fitting = (
        len(holdings.starts) == size + 1
        and len(holdings.sentences) == sentences + 1
        and int(holdings.starts[-1]) == len(holdings.held) == len(holdings.fields)
        and int(holdings.sentences[-1])
        == len(holdings.words)
        == len(holdings.places)
        == len(holdings.lengths)
        and (not len(holdings.held) or int(holdings.held.max()) < len(terms))
    )
    if not fitting:
        raise ValueError("what entries hold does not fit the entries")
    return holdings
