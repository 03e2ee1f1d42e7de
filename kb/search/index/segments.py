"""Entries with all that ranking needs of them: one segment mapped from disk, one in memory for what changed since."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.content.entries import QTYPES, Entry
from kb.search.arrays import Floats, map_array, save_array
from kb.search.encoders import Encoder
from kb.search.encoders.choice import Encoders
from kb.search.index.holdings import Holdings, HoldingsCollector, holdings_of, open_holdings, write_holdings
from kb.search.index.lexicon import lexicon_of, write_lexicon
from kb.search.index.score_table import Removed, ScoreTable, Statistics, field_of, open_table
from kb.search.index.stored import StoredEntries, StoredWriter
from kb.search.index.vectors import Vectors, VectorWriter, encode_entries, open_vectors
from kb.search.index.whoosh_index import kept_length
from kb.search.suggesting.lines import Count, Lines, lines_of, open_lines, questions_of, write_lines
from kb.search.suggesting.suggestions import Line, Part, suggestions
from kb.search.suggesting.term_lines import ClinicTerms, TermDrafts, term_drafts
from kb.search.words.cutting import SEARCHED, CutEntry, cut
from kb.search.words.names import Names, collect_names, open_names, write_names

# Below this cosine, a question is of another matter than what was typed.
NEAR_QUESTION = 0.4

NO_TERMS = ClinicTerms((), {})

# An entry's type as a number, for arrays.
QTYPE_NUMBERS = {name: number for number, name in enumerate(sorted(QTYPES))}


@dataclass(frozen=True, slots=True)
class Segment:
    """Some entries, numbered from 0, with their postings, holdings, names, vectors and types."""

    table: ScoreTable
    holdings: Holdings
    names: Names
    vectors: Vectors
    questions: Lines
    terms: Lines
    qtypes: npt.NDArray[np.uint8]
    entry: Callable[[int], Entry]  # by number
    article: Callable[[int], str]  # the file name of an entry's article, by the entry's number
    name_frequencies: npt.NDArray[np.int32]  # in how many of the entries each term of a name stands

    @property
    def size(self) -> int:
        return self.table.size


class SegmentWriter:
    """Takes entries as they stream past and writes what the index itself does not keep."""

    def __init__(self, folder: Path, encoders: Encoders, clinic: ClinicTerms) -> None:
        self._folder = folder
        for part in ("vectors", "entries"):
            (folder / part).mkdir()
        self._vectors = VectorWriter(folder / "vectors", encoders)
        self._stored = StoredWriter(folder / "entries")
        self._holdings = HoldingsCollector()
        self._names: list[list[list[str]]] = []
        self._qtypes: list[int] = []
        self._words: Counter[str] = Counter()
        self._questions: list[Entry] = []
        self._terms = TermDrafts(clinic)

    @property
    def encoder(self) -> Encoder:
        """The encoder that made the vectors."""
        return self._vectors.encoder

    def add(self, cut: CutEntry) -> None:
        self._vectors.add(cut)
        self._stored.add(cut.entry)
        self._holdings.add(cut)
        self._terms.add(len(self._questions), cut.entry)
        self._names.append(cut.names)
        self._qtypes.append(QTYPE_NUMBERS[cut.entry.qtype])
        self._words.update(cut.spellings)
        # Its answer is long and not needed for suggestions.
        self._questions.append(replace(cut.entry, answer="", short=""))

    def finish(self, known_words: Iterable[str]) -> None:
        """Write all files; `known_words` are right spellings that no entry may hold."""
        for word in known_words:
            self._words.setdefault(word, 0)
        self._vectors.finish()
        self._stored.finish()
        table = self._folder / "table"
        write_holdings(table, self._holdings.collected())
        write_names(table, collect_names(self._names))
        save_array(table / "qtypes.npy", np.array(self._qtypes, np.uint8))
        write_lexicon(table, lexicon_of(self._words))
        count = self._words.__getitem__
        write_lines(table, "questions", lines_of(questions_of(self._questions), count, "question"))
        write_lines(table, "terms", lines_of(self._terms.drafts(), count, "term"))

    def close(self) -> None:
        self._vectors.close()
        self._stored.close()


def open_segment(folder: Path, encoder: Encoder) -> Segment:
    """Map the segment that was written into `folder`. Raises OSError or ValueError when it is torn."""
    table = open_table(folder / "table", SEARCHED)
    qtypes = map_array(folder / "table" / "qtypes.npy")
    if len(qtypes) != table.size:
        raise ValueError("the types are not of these entries")
    names = open_names(folder / "table", table.size)
    vectors = open_vectors(folder / "vectors", table.size, encoder)
    questions, terms = (open_lines(folder / "table", name, table.size) for name in ("questions", "terms"))
    stored = StoredEntries(folder / "entries", table.size)
    return Segment(
        table=table,
        holdings=open_holdings(folder / "table", table.size, len(vectors.sentences)),
        names=names,
        vectors=vectors,
        questions=questions,
        terms=terms,
        qtypes=qtypes,
        entry=stored.entry,
        article=stored.article,
        name_frequencies=_name_frequencies(table, names),
    )


def segment_of(
    entries: Sequence[Entry], encoder: Encoder, clinic: ClinicTerms = NO_TERMS, count: Count = lambda word: 1
) -> Segment:
    """Return the segment of a few entries, in memory, scored as if they had been indexed.

    `count` says how many entries hold a word, of all that are served.
    """
    cuts = [cut(entry) for entry in entries]
    fields = {}
    for name in SEARCHED:
        stems = [one.stems[name] for one in cuts]
        fields[name] = field_of(stems, [kept_length(len(found)) for found in stems])
    table = ScoreTable(fields, len(entries))
    names = collect_names(one.names for one in cuts)
    return Segment(
        table=table,
        holdings=holdings_of(cuts),
        names=names,
        vectors=encode_entries(encoder, cuts),
        questions=lines_of(questions_of(entries), count, "question"),
        terms=lines_of(term_drafts(entries, clinic), count, "term"),
        qtypes=np.array([QTYPE_NUMBERS[entry.qtype] for entry in entries], np.uint8),
        entry=entries.__getitem__,
        article=lambda number: entries[number].article,
        name_frequencies=_name_frequencies(table, names),
    )


def _name_frequencies(table: ScoreTable, names: Names) -> npt.NDArray[np.int32]:
    counts = [field.counts(names.numbers) for field in table.fields.values()]
    highest: npt.NDArray[np.int32] = np.max(counts, axis=0)
    return highest


def removed_of(entries: Iterable[Entry]) -> Removed:
    """Return what these entries of a table held."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in SEARCHED}
    lengths = dict.fromkeys(SEARCHED, 0.0)
    total = 0
    for entry in entries:
        total += 1
        for name, stems in cut(entry).stems.items():
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
        self._parts = tuple(map(self._part, self.segments, self.starts))
        self.qtypes = np.concatenate([segment.qtypes for segment in segments]).astype(np.int64)
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
        # Above 0: they are divided by.
        return np.maximum(segment.names.weights(self.statistics.rarities(frequencies)), np.float32(1e-6))

    def types(self) -> frozenset[str]:
        """Return the types that entries have."""
        numbers = np.unique(np.delete(self.qtypes, self.dead))
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

    def suggest(self, typed: str, meaning: Callable[[], Floats]) -> Iterator[Line]:
        """Yield what may be suggested for what was typed, the likeliest first, by numbers of the collection.

        Its meaning is asked for only when words have found too little.
        """

        def near(place: int) -> list[tuple[int, float]]:
            return self.segments[place].vectors.nearest_questions(meaning(), NEAR_QUESTION)

        return suggestions(self._parts, typed, near)

    def _part(self, segment: Segment, start: int) -> Part:
        first, last = np.searchsorted(self.dead, [start, start + segment.size])
        dead = frozenset((self.dead[first:last] - start).tolist())
        return Part(segment.questions, segment.terms, start, dead)
