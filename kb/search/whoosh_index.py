"""The Whoosh index of one generation: written once, then read for stored entries and postings."""

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, STORED, TEXT, Schema
from whoosh.reading import IndexReader
from whoosh.util.numeric import byte_to_length, length_to_byte

from kb.content.entries import Entry, entry_from_json, entry_to_json
from kb.search.analysis import content_stems
from kb.search.score_table import Posting, write_field

# The fields that are searched; each is one text an entry.
SEARCHED = ("question", "alternatives", "synonyms", "answer")


class TermAnalyzer(Analyzer):  # type: ignore[misc]
    """Whoosh's view of `content_terms`, so that index and query cut words alike."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        token = Token(**options)
        token.boost = 1.0
        for token.pos, token.text in enumerate(content_stems(value)):
            yield token


def _schema() -> Schema:
    searched = {name: TEXT(analyzer=TermAnalyzer(), phrase=False) for name in SEARCHED}
    return Schema(id=ID(unique=True), entry=STORED, **searched)


def searched_texts(entry: Entry) -> dict[str, str]:
    """Return the text of each searched field of an entry."""
    return {
        "question": entry.question,
        # Not its `queries`: they are its tests, and would always pass.
        "alternatives": "\n".join(entry.alt_questions),
        "synonyms": "\n".join(entry.synonyms),
        "answer": entry.answer,
    }


def kept_length(length: int) -> float:
    """Return a field's length as Whoosh keeps it, rounded to fit a byte."""
    return float(byte_to_length(length_to_byte(length)))


def write_index(folder: Path, entries: Iterable[Entry]) -> int:
    """Write a new index of the entries into the empty `folder`; return how many there are."""
    whoosh_index = index.create_in(folder, _schema())
    writer = whoosh_index.writer()
    count = 0
    try:
        for entry in entries:
            writer.add_document(id=entry.id, entry=entry_to_json(entry), **searched_texts(entry))
            count += 1
    except BaseException:
        # A writer left open keeps the folder's lock, and a bad value poisons its batch.
        writer.cancel()
        raise
    writer.commit(optimize=True)
    return count


def write_score_table(index_folder: Path, table_folder: Path) -> None:
    """Read the postings of every searched field once and write them as arrays."""
    whoosh_index = index.open_dir(index_folder)
    with whoosh_index.reader() as reader:
        for name in SEARCHED:
            numbers = range(reader.doc_count_all())
            lengths = (reader.doc_field_length(number, name) for number in numbers)
            write_field(table_folder, name, _postings(reader, name), lengths, reader.field_length(name))


def _postings(reader: IndexReader, name: str) -> Iterator[Posting]:
    # Whoosh keeps terms as UTF-8, whose order is the order of code points.
    for term in reader.lexicon(name):
        matcher = reader.postings(name, term)
        numbers: list[int] = []
        frequencies: list[float] = []
        while matcher.is_active():
            numbers.append(matcher.id())
            frequencies.append(matcher.weight())
            matcher.next()
        yield term.decode("utf-8"), numbers, frequencies


class WhooshIndex:
    """An open index: entries by number, and numbers by id."""

    def __init__(self, folder: Path) -> None:
        self._reader = index.open_dir(folder).reader()
        # Whoosh's readers seek in one shared file.
        self._lock = threading.Lock()

    def entry(self, number: int) -> Entry:
        """Return the entry that postings call `number`."""
        with self._lock:
            stored = self._reader.stored_fields(number)
        return entry_from_json(stored["entry"])

    def number(self, entry_id: str) -> int | None:
        """Return the number of the entry with this id, None when there is none."""
        with self._lock:
            if ("id", entry_id) not in self._reader:
                return None
            return int(self._reader.first_id("id", entry_id))

    def close(self) -> None:
        self._reader.close()
