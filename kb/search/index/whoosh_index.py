"""The Whoosh index of one generation: written once, then read for the number of an entry."""

import threading
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.fields import ID, TEXT, Schema
from whoosh.system import pack_uint
from whoosh.util.numeric import byte_to_length, length_to_byte
from whoosh.writing import SegmentWriter

from kb.search.index.score_table import Posting, write_field
from kb.search.words.cutting import SEARCHED, CutEntry


class StemField(TEXT):  # type: ignore[misc]
    """A field of stems: words are cut once, by `cutting`, and not by Whoosh again."""

    def __init__(self) -> None:
        super().__init__(phrase=False)


def _schema() -> Schema:
    return Schema(id=ID(unique=True), **{name: StemField() for name in SEARCHED})


def kept_length(length: int) -> int:
    """Return a field's length as Whoosh keeps it, rounded to fit a byte."""
    return int(byte_to_length(length_to_byte(length)))


class _Postings:
    """Every posting of an index that is being written, by field and term, entries ascending as they come.

    Whoosh's own pool pickles each posting to disk, sorts, and merges what it pickled: half of a build's time.
    """

    def __init__(self) -> None:
        # For each term the number of an entry and how often it stands there, one after the other: where terms are
        # many, every array more is memory that is far away.
        self.fields: dict[str, dict[str, array[int]]] = {}

    def add(self, field: str, number: int, counts: Mapping[str, int]) -> None:
        """Take in how often each term stands in a field of an entry."""
        terms = self.fields.setdefault(field, {})
        for term, count in counts.items():
            held = terms.get(term)
            if held is None:
                held = terms[term] = array("I")
            held.append(number)
            held.append(count)

    def cleanup(self) -> None:
        """Forget everything."""
        self.fields.clear()

    def sorted(self, field: str) -> Iterator[Posting]:
        """Yield each term of a field with the entries that hold it and how often."""
        # The order of UTF-8 is the order of code points.
        for term, held in sorted(self.fields.get(field, {}).items()):
            yield term, held[::2], held[1::2]


class _Writer(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer with a pool in memory, which can be written as arrays as well."""

    def __init__(self, folder: Path) -> None:
        super().__init__(index.create_in(folder, _schema()))
        self.pool = _Postings()
        self.lengths: dict[str, array[int]] = {name: array("q") for name in SEARCHED}

    def add(self, cut: CutEntry) -> None:
        """Add an entry as `add_document` does, which asks each time for all that a field may have."""
        documents = self.perdocwriter
        documents.start_doc(self.docnum)
        self.pool.add("id", self.docnum, {cut.entry.id: 1})
        for name, lengths in self.lengths.items():
            stems = cut.stems[name]
            self.pool.add(name, self.docnum, Counter(stems))
            documents.add_field(name, self.schema[name], None, len(stems))
            lengths.append(len(stems))
        documents.finish_doc()
        self._added = True
        self.docnum += 1

    def write_table(self, folder: Path) -> None:
        """Write the postings of the searched fields as arrays; before `commit`, which forgets them."""
        for field, exact in self.lengths.items():
            kept = map(kept_length, exact)
            write_field(folder, field, self.pool.sorted(field), kept, float(sum(exact)))

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        writer = self.fieldwriter
        for field in sorted(self.pool.fields):
            lengths = [kept_length(length) for length in self.lengths.get(field, ())]
            writer.start_field(field, self.schema[field])
            for term, numbers, counts in self.pool.sorted(field):
                writer.start_term(term.encode())
                _write_postings(writer._postwriter, numbers, counts, lengths)
                writer.finish_term()
            writer.finish_field()
        writer.close()


def _write_postings(
    blocks: Any, numbers: Sequence[int], counts: Sequence[int], lengths: Sequence[int]
) -> None:
    """Give one term's postings to Whoosh's writer of blocks, as its `add_posting` does one by one.

    `lengths` are those of the field by entry; none where it is not scored.
    """
    limit = blocks._blocklimit
    for start in range(0, len(numbers), limit):
        if start:
            blocks._write_block()
        ids, weights = numbers[start : start + limit], counts[start : start + limit]
        blocks._ids = array("I", ids)
        blocks._weights = array("f", weights)
        blocks._maxweight = float(max(weights))
        if lengths:
            blocks._values = [pack_uint(count) for count in weights]
            found = [length for number in ids if (length := lengths[number])]
            blocks._minlength = min(found, default=None)
            blocks._maxlength = max(found, default=0)


def write_index(folder: Path, table_folder: Path, cuts: Iterable[CutEntry]) -> int:
    """Write a new index of the entries into the empty `folder`, and its postings as arrays into `table_folder`.

    Return how many entries there are.
    """
    writer = _Writer(folder)
    count = 0
    try:
        for cut in cuts:
            writer.add(cut)
            count += 1
        writer.write_table(table_folder)
    except BaseException:
        # A writer left open keeps the folder's lock, and a bad value poisons its batch.
        writer.cancel()
        raise
    writer.commit(optimize=True)
    return count


class WhooshIndex:
    """An open index: numbers by id."""

    def __init__(self, folder: Path) -> None:
        self._reader = index.open_dir(folder).reader()
        # Whoosh's readers seek in one shared file.
        self._lock = threading.Lock()

    def number(self, entry_id: str) -> int | None:
        """Return the number of the entry with this id, None when there is none."""
        with self._lock:
            if ("id", entry_id) not in self._reader:
                return None
            return int(self._reader.first_id("id", entry_id))

    def close(self) -> None:
        self._reader.close()
