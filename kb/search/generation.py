"""A generation: one folder with all that serving needs. Built beside the old one, switched to by one rename.

    INDEX/current              the name of the generation that serves
    INDEX/NAME/manifest.json   format, counts, hashes of the sources and of every file below
    INDEX/NAME/whoosh/         the index with its stored entries
    INDEX/NAME/table/          the score table
    INDEX/NAME/articles.json   the documents that have a page, with the ids of their entries
    INDEX/NAME/gone.json       withdrawn ids, each with the id that replaced it or ""

Whoosh keeps pickles, so a generation is trusted like code: only its owner may write to it, or it is refused.
"""

import json
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kb.content.documents import Document
from kb.content.entries import Entry
from kb.errors import KbError
from kb.files import cannot_write, file_hash, folder_lock, sync_folder, write_atomically
from kb.search.score_table import ScoreTable, open_table
from kb.search.whoosh_index import SEARCHED, WhooshIndex, write_index, write_score_table

FORMAT = 1
KEPT = 2  # The one that serves and the one before it, to go back to.
POINTER = "current"
REBUILD = 'run "indexer.py build" to make a new one'


class IndexUnavailable(KbError):
    """No generation can be read: there is nothing to serve until the next build."""


@dataclass(frozen=True, slots=True)
class Article:
    """A document that has a page, with the ids of its entries in reading order."""

    document: Document
    entry_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What a generation is built from. `entries` may be a stream; the rest is small."""

    entries: Iterable[Entry]
    documents: Callable[[], Iterable[Document]]  # asked for after the entries have streamed past
    gone: Callable[[], Mapping[str, str]]
    sources: Callable[[], Mapping[str, str]]  # file name -> hash


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself."""

    format: int
    name: str
    built_at: str  # ISO 8601, UTC
    entries: int
    articles: int
    sources: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # path inside the generation -> hash


_MANIFEST = TypeAdapter(Manifest)
_ARTICLES = TypeAdapter(dict[str, Article])
_GONE = TypeAdapter(dict[str, str])


class Generation:
    """An open generation. Holds its files open, so it serves on even when the folder is removed."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.name = manifest.name
        self.manifest = manifest
        self.index = WhooshIndex(folder / "whoosh")
        self.table: ScoreTable = open_table(folder / "table", SEARCHED)
        self.articles = _ARTICLES.validate_json((folder / "articles.json").read_bytes())
        self.gone = _GONE.validate_json((folder / "gone.json").read_bytes())

    def entry(self, entry_id: str) -> Entry | None:
        number = self.index.number(entry_id)
        return None if number is None else self.index.entry(number)


# ---------------------------------------------------------------- building


def build(index_folder: Path, contents: Contents) -> Manifest:
    """Build a generation of the contents beside the others and switch to it; return its manifest.

    Raises KbError when it cannot be written; what was half built is removed, and the old one serves on.
    """
    try:
        index_folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(index_folder, error) from error
    with folder_lock(index_folder):
        folder = index_folder / _new_name()
        try:
            folder.mkdir(mode=0o700)
            manifest = _fill(folder, contents)
            _sync_tree(folder)
            write_atomically(index_folder / POINTER, folder.name.encode())
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise cannot_write(folder, error) from error
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _remove_old(index_folder, folder.name)
    return manifest


def _new_name() -> str:
    # The time sorts, the random part keeps two builds of one second apart.
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def _fill(folder: Path, contents: Contents) -> Manifest:
    for part in ("whoosh", "table"):
        (folder / part).mkdir()
    ids_of: dict[str, list[tuple[int, str]]] = {}

    def passing() -> Iterator[Entry]:
        for entry in contents.entries:
            ids_of.setdefault(entry.article, []).append((entry.start, entry.id))
            yield entry

    count = write_index(folder / "whoosh", passing())
    write_score_table(folder / "whoosh", folder / "table")
    # An article has a page once one of its entries is public.
    articles = {
        document.slug: Article(document, tuple(entry_id for _, entry_id in sorted(ids_of[document.name])))
        for document in contents.documents()
        if document.name in ids_of
    }
    (folder / "articles.json").write_bytes(_ARTICLES.dump_json(articles))
    (folder / "gone.json").write_bytes(_GONE.dump_json(dict(contents.gone())))
    manifest = Manifest(
        format=FORMAT,
        name=folder.name,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        entries=count,
        articles=len(articles),
        sources=dict(contents.sources()),
        files=dict(_file_hashes(folder)),
    )
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    return manifest


def _file_hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        # A lock file of Whoosh's says nothing.
        if path.is_file() and path.name != "manifest.json" and not path.name.endswith("LOCK"):
            yield path.relative_to(folder).as_posix(), file_hash(path)


def _sync_tree(folder: Path) -> None:
    # Whoosh never calls fsync, and the pointer must not outlive what it points to.
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            sync_folder(path)
    sync_folder(folder)


def _remove_old(index_folder: Path, current: str) -> None:
    folders = sorted(path for path in index_folder.iterdir() if path.is_dir() and path.name != current)
    for folder in folders[: -(KEPT - 1)]:
        shutil.rmtree(folder, ignore_errors=True)


# ---------------------------------------------------------------- opening


def open_current(index_folder: Path) -> Generation:
    """Open the generation that the pointer names.

    Raises IndexUnavailable when there is none, or it is torn, foreign, or writable by others.
    """
    pointer = index_folder / POINTER
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexUnavailable(index_folder, "holds no knowledge base yet", REBUILD) from error
    if not name or Path(name).name != name:
        raise IndexUnavailable(pointer, "names no generation", REBUILD)
    return open_generation(index_folder / name)


def open_generation(folder: Path) -> Generation:
    """Open one generation, its files checked against its manifest. Errors as `open_current`."""
    try:
        _refuse_foreign_writers(folder)
        manifest = _MANIFEST.validate_json((folder / "manifest.json").read_bytes())
        if manifest.format != FORMAT:
            raise IndexUnavailable(
                folder, f"was written by another version (format {manifest.format})", REBUILD
            )
        damaged = sorted(set(manifest.files.items()) ^ set(_file_hashes(folder)))
        if damaged:
            raise IndexUnavailable(folder / damaged[0][0], "is not as it was built", REBUILD)
        return Generation(folder, manifest)
    except (OSError, ValueError, ValidationError) as error:
        raise IndexUnavailable(folder, f"cannot be opened ({error})", REBUILD) from error


def _refuse_foreign_writers(folder: Path) -> None:
    status: Any = folder.stat()
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH) or status.st_uid not in {os.geteuid(), 0}:
        raise IndexUnavailable(
            folder, "can be written by others, so it is not trusted", f"chmod 700, or {REBUILD}"
        )


class Keeper:
    """Hands out the generation that serves now, reopened when the pointer changes.

    A new generation that cannot be opened leaves the old one serving.
    """

    def __init__(self, index_folder: Path) -> None:
        self._folder = index_folder
        self._seen: tuple[int, int] | None = None
        self._generation: Generation | None = None
        self._failure: IndexUnavailable | None = None

    def current(self) -> Generation:
        """Return the open generation. Raises IndexUnavailable when none can be opened."""
        stamp = self._stamp()
        if stamp != self._seen or self._generation is None:
            self._seen = stamp
            try:
                self._generation = open_current(self._folder)
            except IndexUnavailable as error:
                self._failure = error
        if self._generation is None:
            raise self._failure or IndexUnavailable(self._folder, "holds no knowledge base yet", REBUILD)
        return self._generation

    def _stamp(self) -> tuple[int, int] | None:
        try:
            status = (self._folder / POINTER).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino
