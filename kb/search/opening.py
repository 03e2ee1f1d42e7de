"""Open the generation that serves, keep it open, and note changes in it."""

import logging
import os
import shutil
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from pydantic import ValidationError

from kb.errors import IndexUnavailable, KbError
from kb.files import cannot_write, folder_lock
from kb.search.encoders.choice import Encoders, usual_encoders
from kb.search.generation import FORMAT, MANIFEST, POINTER, REBUILD, Generation, Manifest, file_hashes
from kb.search.index.changes import FILE_NAME, Change, append_changes, is_sound

_log = logging.getLogger(__name__)


def open_current(index_folder: Path, encoders: Encoders | None = None) -> Generation:
    """Open the generation that the pointer names, with what changed since it was built.

    Raises IndexUnavailable when there is none, or it is torn, foreign, made with another encoder, or writable by
    others.
    """
    return open_generation(_current_folder(index_folder), encoders or usual_encoders()).refreshed()


def _current_folder(index_folder: Path) -> Path:
    pointer = index_folder / POINTER
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexUnavailable(index_folder, "holds no knowledge base yet", REBUILD) from error
    if not name or Path(name).name != name:
        raise IndexUnavailable(pointer, "names no generation", REBUILD)
    return index_folder / name


def open_standby(index_folder: Path, encoders: Encoders) -> Generation:
    """Open a generation that says what the one that the pointer names would say, where that is torn.

    It was built from the same files as they stood then, entries files with their withdrawals included, and holds as many
    entries; what was noted since in the torn one's log, which must be whole, goes for it as well. So nothing that was
    withdrawn or corrected comes back. Raises IndexUnavailable when there is none such.
    """
    torn = _current_folder(index_folder)
    wanted = _manifest(torn)
    if not is_sound(torn, to_its_end=True):
        raise IndexUnavailable(torn / FILE_NAME, "is not as it was written", REBUILD)
    for folder in sorted(index_folder.iterdir(), reverse=True):
        if folder == torn or not (folder / "manifest.json").is_file():
            continue
        with suppress(IndexUnavailable):
            known = _manifest(folder)
            if wanted.sources and (known.sources, known.entries) == (wanted.sources, wanted.entries):
                return open_generation(folder, encoders).following(torn)
    raise IndexUnavailable(index_folder, "holds no other generation that says the same", REBUILD)


def _manifest(folder: Path) -> Manifest:
    """Return what a generation says of itself. Raises IndexUnavailable when it is not readable, or of another version."""
    path = folder / "manifest.json"
    try:
        manifest = MANIFEST.validate_json(path.read_bytes())
    except OSError as error:
        raise IndexUnavailable(path, f"cannot be read ({error.strerror})", REBUILD) from error
    except ValidationError as error:
        raise IndexUnavailable(path, "is not as it was built", REBUILD) from error
    if manifest.format != FORMAT:
        raise IndexUnavailable(folder, f"was written by another version (format {manifest.format})", REBUILD)
    return manifest


def open_generation(folder: Path, encoders: Encoders) -> Generation:
    """Open one generation, its files checked against its manifest. Errors as `open_current`."""
    try:
        _refuse_foreign_writers(folder)
        manifest = _manifest(folder)
        damaged = sorted(set(manifest.files.items()) ^ set(file_hashes(folder)))
        if damaged:
            raise IndexUnavailable(folder / damaged[0][0], "is not as it was built", REBUILD)
        if not is_sound(folder):
            raise IndexUnavailable(folder / FILE_NAME, "is not as it was written", REBUILD)
        encoder = encoders.named(manifest.encoder)
        if encoder is None:
            raise IndexUnavailable(
                folder, f"has vectors of {manifest.encoder}, not of {encoders.usual.name}", REBUILD
            )
        return Generation(folder, manifest, encoder)
    except OSError as error:
        raise IndexUnavailable(folder, f"cannot be opened ({error.strerror})", REBUILD) from error
    except ValueError as error:
        # What a parser says of it helps nobody: it is built, not written by hand.
        raise IndexUnavailable(
            folder, "cannot be opened: a file in it is not as it was built", REBUILD
        ) from error


def _refuse_foreign_writers(folder: Path) -> None:
    status: Any = folder.stat()
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH) or status.st_uid not in {os.geteuid(), 0}:
        raise IndexUnavailable(
            folder, "can be written by others, so it is not trusted", f"chmod 700, or {REBUILD}"
        )


class Keeper:
    """Hands out the generation that serves now: reopened when the pointer changes, with every change since.

    When a new generation cannot be opened, the one that is open serves on, or else one that says the same; either takes
    what changes from then on. It is logged once.
    """

    def __init__(self, index_folder: Path, encoders: Encoders | None = None) -> None:
        self._folder = index_folder
        self._pointer_path = str(index_folder / POINTER)
        self._encoders = encoders
        self._lock = Lock()
        self._seen: tuple[int, int] | None = None
        self._generation: Generation | None = None
        self.failure: IndexUnavailable | None = None  # why what the pointer names is not what serves

    def current(self) -> Generation:
        """Return the open generation. Raises IndexUnavailable when none can be opened."""
        with self._lock:
            pointer = self._pointer()
            if pointer != self._seen or self._generation is None:
                self._seen = pointer
                try:
                    self._generation, self.failure = open_current(self._folder, self._encoders), None
                except IndexUnavailable as error:
                    self.failure = error
                    self._generation = self._standby()
                    if self._generation is not None:
                        _log.warning("%s; generation %s serves on", error, self._generation.name)
            if self._generation is None:
                raise self.failure or IndexUnavailable(self._folder, "holds no knowledge base yet", REBUILD)
            self._generation = self._generation.refreshed()
            return self._generation

    def _standby(self) -> Generation | None:
        """Return what serves instead of a generation that cannot be opened, None where nothing may."""
        with suppress(IndexUnavailable):
            if self._generation is None:
                return open_standby(self._folder, self._encoders or usual_encoders())
            # What is withdrawn from now on is noted in the new one.
            return self._generation.following(_current_folder(self._folder))
        return self._generation

    def _pointer(self) -> tuple[int, int] | None:
        try:
            status = os.stat(self._pointer_path)  # noqa: PTH116  # asked at every search
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino


def copy_current(index_folder: Path, target: Path) -> None:
    """Copy the generation that serves into the empty folder `target`, to try changes on. Errors as `open_current`."""
    folder = _current_folder(index_folder)
    try:
        shutil.copytree(folder, target / folder.name)
        (target / POINTER).write_text(folder.name, encoding="utf-8")
    except OSError as error:
        raise IndexUnavailable(folder, f"cannot be copied ({error})", REBUILD) from error


def change_entries(index_folder: Path, changes: Sequence[Change]) -> None:
    """Make all the changes at once, on disk when this returns: every process sees all of them or none.

    Raises KbError when they cannot be written, and IndexUnavailable when there is no generation to change;
    nothing has changed then.
    """
    # A build holds this lock to its end, so that no change goes to a generation that is about to be left.
    with folder_lock(index_folder):
        folder = _current_folder(index_folder)
        if not (folder / "manifest.json").is_file():
            raise IndexUnavailable(folder, "is no generation", REBUILD)
        try:
            if not is_sound(folder):
                # A change behind a damaged line would hide what was lost.
                raise KbError(folder / FILE_NAME, "is not as it was written", REBUILD)
            append_changes(folder, changes)
        except OSError as error:
            raise cannot_write(folder, error) from error
