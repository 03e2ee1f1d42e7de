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
    tags: tuple[str, ...]
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
        tags=entry.tags,
        changed_on=changed_on(entry),
        reviewed_by=entry.reviewed_by,
        review_due=entry.review_due,
    )


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
