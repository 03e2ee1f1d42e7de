"""What a list needs of every entry, without the answers: read once and kept, as a page of topics asks for all of them."""

import json
import mmap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, TextIO

from kb.content.entries import Entry
from kb.search.words.analysis import content_stems

FILE_NAME = "listing.jsonl"


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as lists show it."""

    id: str
    article: str  # file name
    start: int  # where its answer begins there; 0 for an imported entry
    lang: str
    question: str
    focus: str
    tags: tuple[str, ...]  # its own
    changed_on: date | None  # None where no one noted it
    reviewed_by: str
    review_due: date | None


def changed_on(entry: Entry) -> date | None:
    """Return the day that what is shown of `entry` last changed, None where no one noted it."""
    return max(filter(None, (entry.updated_on, entry.published_on, entry.reviewed_on)), default=None)


def listed(entry: Entry) -> Listed:
    """Return `entry` as lists show it."""
    return Listed(
        id=entry.id,
        article=entry.article,
        start=entry.start,
        lang=entry.lang,
        question=entry.question,
        focus=entry.focus,
        tags=own_tags(entry),
        changed_on=changed_on(entry),
        reviewed_by=entry.reviewed_by,
        review_due=entry.review_due,
    )


def own_tags(entry: Entry) -> tuple[str, ...]:
    """Return the tags that are about this entry rather than about its whole article.

    The splitter gives each entry all tags of its article. Of those, its own are its type and what it asks of: the
    name of what the article is about does not count, as every question may hold it. What an editor added is its own.
    """
    inherited = entry.auto.tags if entry.auto else ()
    if not inherited:
        return entry.tags
    focus = content_stems(entry.focus)
    # Lists show the question alone: it says why the entry is there.
    question = content_stems(entry.question)

    def is_asked(tag: str) -> bool:
        named = content_stems(tag)
        asked = question if named == focus else _less(question, focus)
        return named == content_stems(entry.qtype.replace("_", " ")) or bool(_places(asked, named))

    return tuple(tag for tag in entry.tags if tag not in inherited or is_asked(tag))


def _places(stems: list[str], name: list[str]) -> list[int]:
    starts = range(len(stems) - len(name) + 1) if name else ()
    return [start for start in starts if stems[start : start + len(name)] == name]


def _less(stems: list[str], name: list[str]) -> list[str]:
    """Return the stems with an empty one in place of each of `name`, so that what stood apart stays apart."""
    named = {start + at for start in _places(stems, name) for at in range(len(name))}
    return ["" if at in named else stem for at, stem in enumerate(stems)]


def write_line(file: TextIO, entry: Entry) -> None:
    """Add `entry` to a listing that is being written."""
    one = listed(entry)
    days = [day.isoformat() if day else None for day in (one.changed_on, one.review_due)]
    row = [
        one.id,
        one.article,
        one.start,
        one.lang,
        one.question,
        one.focus,
        one.tags,
        one.reviewed_by,
        *days,
    ]
    file.write(json.dumps(row, ensure_ascii=False) + "\n")


class Listing:
    """The listing of a generation as it was built. Its file stays mapped, as it may be removed meanwhile."""

    def __init__(self, folder: Path) -> None:
        with (folder / FILE_NAME).open("rb") as file:
            # An empty file cannot be mapped.
            size = file.seek(0, 2)
            self._lines = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) if size else None
        self._lock = Lock()
        self._entries: dict[str, Listed] | None = None

    def after(self, current: Mapping[str, Entry | None]) -> tuple[Listed, ...]:
        """Return every entry that is served after the changes in `current` (None: withdrawn), as it was built."""
        entries = dict(self._built())
        for entry_id, entry in current.items():
            if entry is None:
                entries.pop(entry_id, None)
            else:
                entries[entry_id] = listed(entry)
        return tuple(entries.values())

    def _built(self) -> Mapping[str, Listed]:
        with self._lock:
            if self._entries is None:
                self._entries = _read(self._lines)
            return self._entries


def _read(lines: mmap.mmap | None) -> dict[str, Listed]:
    if lines is None:
        return {}
    lines.seek(0)
    rows = (_parsed(json.loads(line)) for line in iter(lines.readline, b""))
    return {one.id: one for one in rows}


def _parsed(row: list[Any]) -> Listed:
    entry_id, article, start, lang, question, focus, tags, reviewed_by, changed, due = row
    return Listed(
        id=entry_id,
        article=article,
        start=start,
        lang=lang,
        question=question,
        focus=focus,
        tags=tuple(tags),
        changed_on=date.fromisoformat(changed) if changed else None,
        reviewed_by=reviewed_by,
        review_due=date.fromisoformat(due) if due else None,
    )
