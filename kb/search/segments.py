"""Entries with all that ranking needs of them: one segment mapped from disk, one in memory for what changed since."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.content.entries import QTYPES, Entry
from kb.search.analysis import content_stems, words_of
from kb.search.encoders import Encoder, Floats
from kb.search.encoders.choice import Encoders
from kb.search.lexicon import lexicon_of, write_lexicon
from kb.search.names import Names, collect_names, names_of, open_names, write_names
from kb.search.score_table import (
    Removed,
    ScoreTable,
    Statistics,
    field_of,
    map_array,
    open_table,
    save_array,
)
from kb.search.suggesting import Line, Lines, lines_of, open_lines, write_lines
from kb.search.vectors import Vectors, VectorWriter, encode_entries, open_vectors
from kb.search.whoosh_index import SEARCHED, kept_length, searched_texts

# Phrasings of one entry show the same question: enough are looked at that a handful of questions is left.
MOST_LINES = 40

# An entry's type as a number, for arrays.
QTYPE_NUMBERS = {name: number for number, name in enumerate(sorted(QTYPES))}


@dataclass(frozen=True, slots=True)
class Segment:
    """Some entries, numbered from 0, with their postings, names, vectors and types."""

    table: ScoreTable
    names: Names
    vectors: Vectors
    lines: Lines
    qtypes: npt.NDArray[np.uint8]
    entry: Callable[[int], Entry]  # by number
    name_frequencies: npt.NDArray[np.int32]  # in how many of the entries each term of a name stands

    @property
    def size(self) -> int:
        return self.table.size


class SegmentWriter:
    """Takes entries as they stream past and writes what the index itself does not keep."""

    def __init__(self, folder: Path, encoders: Encoders) -> None:
        self._folder = folder
        (folder / "vectors").mkdir()
        self._vectors = VectorWriter(folder / "vectors", encoders)
        self._names: list[list[list[str]]] = []
        self._qtypes: list[int] = []
        self._words: Counter[str] = Counter()
        self._questions: list[Entry] = []

    @property
    def encoder(self) -> Encoder:
        """The encoder that made the vectors."""
        return self._vectors.encoder

    def add(self, entry: Entry) -> None:
        self._vectors.add(entry)
        self._names.append(names_of(entry))
        self._qtypes.append(QTYPE_NUMBERS[entry.qtype])
        self._words.update(entry_words(entry))
        # Its answer is long and not needed for suggestions.
        self._questions.append(replace(entry, answer="", short=""))

    def finish(self, known_words: Iterable[str]) -> None:
        """Write all files; `known_words` are right spellings that no entry may hold."""
        for word in known_words:
            self._words.setdefault(word, 0)
        self._vectors.finish()
        write_names(self._folder / "table", collect_names(self._names))
        save_array(self._folder / "table" / "qtypes.npy", np.array(self._qtypes, np.uint8))
        write_lexicon(self._folder / "table", lexicon_of(self._words))
        write_lines(self._folder / "table", lines_of(self._questions))

    def close(self) -> None:
        self._vectors.close()


def entry_words(entry: Entry) -> set[str]:
    """Return the words of an entry's searched texts, folded."""
    return words_of("\n".join(searched_texts(entry).values()))


def open_segment(folder: Path, encoder: Encoder, entry: Callable[[int], Entry]) -> Segment:
    """Map the segment that was written into `folder`. Raises OSError or ValueError when it is torn."""
    table = open_table(folder / "table", SEARCHED)
    qtypes = map_array(folder / "table" / "qtypes.npy")
    if len(qtypes) != table.size:
        raise ValueError("the types are not of these entries")
    names = open_names(folder / "table", table.size)
    vectors = open_vectors(folder / "vectors", table.size, encoder)
    lines = open_lines(folder / "table", table.size)
    return Segment(table, names, vectors, lines, qtypes, entry, _name_frequencies(table, names))


def segment_of(entries: Sequence[Entry], encoder: Encoder) -> Segment:
    """Return the segment of a few entries, in memory, scored as if they had been indexed."""
    texts = [searched_texts(entry) for entry in entries]
    fields = {}
    for name in SEARCHED:
        stems = [content_stems(text[name]) for text in texts]
        fields[name] = field_of(stems, [kept_length(len(found)) for found in stems])
    table = ScoreTable(fields, len(entries))
    names = collect_names(names_of(entry) for entry in entries)
    return Segment(
        table=table,
        names=names,
        vectors=encode_entries(encoder, entries),
        lines=lines_of(entries),
        qtypes=np.array([QTYPE_NUMBERS[entry.qtype] for entry in entries], np.uint8),
        entry=entries.__getitem__,
        name_frequencies=_name_frequencies(table, names),
    )


def _name_frequencies(table: ScoreTable, names: Names) -> npt.NDArray[np.int32]:
    fields = table.fields.values()
    return np.array([max(field.count(term) for field in fields) for term in names.numbers], np.int32)


def removed_of(entries: Iterable[Entry]) -> Removed:
    """Return what these entries of a table held."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in SEARCHED}
    lengths = dict.fromkeys(SEARCHED, 0.0)
    total = 0
    for entry in entries:
        total += 1
        for name, text in searched_texts(entry).items():
            stems = content_stems(text)
            counts[name].update(set(stems))
            lengths[name] += len(stems)
    return Removed(total, lengths, counts)


class Collection:
    """All entries that are served, as segments; what was withdrawn or replaced is dead in its segment.

    Entries are numbered through: those of the second segment follow those of the first.
    """

    def __init__(self, segments: Sequence[Segment], dead: Sequence[int], removed: Removed) -> None:
        """`dead` are numbers in the first segment, and `removed` what those entries held."""
        self.segments = tuple(segments)
        self.starts = np.cumsum([0, *(segment.size for segment in segments)]).tolist()
        self.size: int = self.starts[-1]
        self.fine = segments[0].vectors.fine
        self.dead = np.array(sorted(dead), np.int64)
        self.statistics = Statistics([segment.table for segment in segments], removed)
        self.name_owners = tuple(segment.names.owners() for segment in segments)
        self.name_weights = tuple(self._name_weights(segment) for segment in segments)

    def _name_weights(self, segment: Segment) -> Floats:
        frequencies = segment.name_frequencies
        first = segment is self.segments[0]
        # Few terms change with a few entries; counting all anew would take a tenth of a second.
        numbers = segment.names.numbers
        changed = [term for term in self.statistics.changed_terms() if term in numbers] if first else numbers
        if changed:
            frequencies = frequencies.copy()
            for term in changed:
                frequencies[numbers[term]] = self.statistics.document_frequency(term)
        return segment.names.weights(self.statistics.rarities(frequencies))

    def types(self) -> frozenset[str]:
        """Return the types that entries have."""
        numbers = np.unique(np.delete(np.concatenate([one.qtypes for one in self.segments]), self.dead))
        return frozenset(name for name, number in QTYPE_NUMBERS.items() if number in numbers)

    def place(self, number: int) -> tuple[Segment, int]:
        """Return the segment of an entry and its number there."""
        for segment, start in zip(reversed(self.segments), reversed(self.starts[:-1]), strict=True):
            if number >= start:
                return segment, number - start
        raise IndexError(number)

    def entry(self, number: int) -> Entry:
        segment, local = self.place(number)
        return segment.entry(local)

    def suggest(self, typed: str, limit: int) -> list[Line]:
        """Return the questions most like what was typed, best first, one for each entry and text; its entry's
        number is that of the whole collection.
        """
        found = [
            line._replace(entry=start + line.entry)
            for segment, start in zip(self.segments, self.starts, strict=False)
            for line in segment.lines.like(typed, MOST_LINES)
        ]
        dead = set(self.dead.tolist())
        best: dict[str, Line] = {}
        # Stable: each segment has put its equals in order.
        for line in sorted(found, key=lambda line: -line.likeness):
            if line.entry not in dead:
                best.setdefault(line.text.casefold(), line)
        return list(best.values())[:limit]
