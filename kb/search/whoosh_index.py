"""The Whoosh index of one generation: written once, then read for the number of an entry."""

import threading
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.fields import ID, TEXT, Schema
from whoosh.system import pack_uint
from whoosh.util.numeric import byte_to_length, length_to_byte
from whoosh.writing import SegmentWriter

from kb.search.cutting import SEARCHED, CutEntry
from kb.search.score_table import Posting, write_field


class StemField(TEXT):  # type: ignore[misc]
    """A field whose values are lists of stems: words are cut once, by `cutting`, and not by Whoosh again."""

    def __init__(self) -> None:
        super().__init__(phrase=False)

    def index(self, value: list[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for stem, count in Counter(value).items():
            yield stem.encode(), count, float(count), pack_uint(count)


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
        self.fields: dict[str, dict[bytes, tuple[array[int], array[float]]]] = {}

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        field, term, number, weight, _ = posting
        terms = self.fields.setdefault(field, {})
        held = terms.get(term)
        if held is None:
            held = terms[term] = array("I"), array("f")
        held[0].append(number)
        held[1].append(weight)

    def cleanup(self) -> None:
        """Forget everything."""
        self.fields.clear()

    def sorted(self, field: str) -> Iterator[Posting]:
        """Yield each term of a field with the entries that hold it and how often."""
        # The order of UTF-8 is the order of code points.
        for term, (numbers, weights) in sorted(self.fields.get(field, {}).items()):
            yield term.decode(), numbers, weights


class _Writer(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer with a pool in memory, which can be written as arrays as well."""

    def __init__(self, folder: Path) -> None:
        super().__init__(index.create_in(folder, _schema()))
        self.pool = _Postings()
        self.lengths: dict[str, array[int]] = {name: array("q") for name in SEARCHED}

    def add(self, cut: CutEntry) -> None:
        self.add_document(id=cut.entry.id, **cut.stems)
        for name, lengths in self.lengths.items():
            lengths.append(len(cut.stems[name]))

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
            for term, numbers, weights in self.pool.sorted(field):
                writer.start_term(term.encode())
                for number, weight in zip(numbers, weights, strict=True):
                    value = pack_uint(int(weight)) if lengths else b""
                    writer.add(number, weight, value, lengths[number] if lengths else 0)
                writer.finish_term()
            writer.finish_field()
        writer.close()


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
