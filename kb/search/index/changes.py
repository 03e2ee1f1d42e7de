"""What changed in a generation since it was built: a log of lines, added to its end, read by every process.

INDEX/NAME/changes.jsonl: each line is the first 16 digits of the SHA-256 of the rest, a space, and the changes that
were made together, as JSON. A writer that is killed leaves a part of a line, which readers pass over and the next
writer cuts off: there is the old state or the new one, never a third. A build writes the first line, of no changes: a log
that is lost is told from one that nothing was written to.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kb.content.documents import Document
from kb.content.entries import Entry
from kb.files import content_hash, sync_folder

FILE_NAME = "changes.jsonl"
DIGITS = 16


@dataclass(frozen=True, slots=True)
class Change:
    """One entry published (`entry`), withdrawn, or no longer served for another reason (`withheld`)."""

    id: str
    entry: Entry | None = None
    document: Document | None = None  # the entry's article, when it is to have a page
    replaced_by: str = ""
    withheld: bool = False  # nobody withdrew it: it is not served, and not said to be gone


_CHANGES = TypeAdapter(tuple[Change, ...])


@dataclass(frozen=True, slots=True)
class ReadChanges:
    """The changes from a place in the log on, and the byte where the last sound line ends."""

    changes: tuple[Change, ...]
    end: int


def read_changes(folder: Path, start: int = 0) -> ReadChanges:
    """Return the changes in the log from byte `start` on; none when there is no log."""
    try:
        with (folder / FILE_NAME).open("rb") as file:
            file.seek(start)
            data = file.read()
    except FileNotFoundError:
        return ReadChanges((), start)
    changes: list[Change] = []
    end = start
    for line in data.splitlines(keepends=True):
        together = _parse(line)
        if together is None:
            break
        changes += together
        end += len(line)
    return ReadChanges(tuple(changes), end)


def _parse(line: bytes) -> tuple[Change, ...] | None:
    digits, _, body = line.removesuffix(b"\n").partition(b" ")
    if not line.endswith(b"\n") or content_hash(body)[:DIGITS].encode() != digits:
        return None
    try:
        return _CHANGES.validate_json(body)
    except ValidationError:
        return None


def is_sound(folder: Path, *, to_its_end: bool = False) -> bool:
    """Return whether the log is there and no line before its last is damaged; `to_its_end`: nor the last one."""
    end = read_changes(folder).end
    if not end:
        return False
    with (folder / FILE_NAME).open("rb") as file:
        file.seek(end)
        rest = file.read()
    return not rest if to_its_end else b"\n" not in rest


def append_changes(folder: Path, changes: Sequence[Change]) -> None:
    """Add the changes to the log, on disk when this returns. The caller holds the writer's lock.

    Readers see all of them or none. Raises OSError when they cannot be written; readers then see none.
    """
    body = _CHANGES.dump_json(tuple(changes), exclude_defaults=True)
    line = content_hash(body)[:DIGITS].encode() + b" " + body + b"\n"
    path = folder / FILE_NAME
    fresh = not path.exists()
    end = read_changes(folder).end
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        # What a killed writer left of a line would spoil the next.
        os.ftruncate(handle, end)
        os.lseek(handle, end, os.SEEK_SET)
        try:
            _write_all(handle, line)
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, end)
            raise
    finally:
        os.close(handle)
    if fresh:
        sync_folder(folder)


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def stamp(log: str) -> tuple[int, int]:
    """Return what tells one state of the log at this path from the next: its size and its time in nanoseconds."""
    try:
        status = os.stat(log)  # noqa: PTH116  # asked at every search
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns
