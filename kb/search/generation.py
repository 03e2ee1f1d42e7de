"""A generation: one folder with all that serving needs. Built beside the old one, switched to by one rename.

    INDEX/current              the name of the generation that serves
    INDEX/NAME/manifest.json   format, counts, hashes of the sources and of every file below
    INDEX/NAME/whoosh/         the index
    INDEX/NAME/entries/        the entries as they are shown
    INDEX/NAME/table/          the score table, what entries hold, their names and types, the lexicon
    INDEX/NAME/vectors/        the vectors of questions, answers and sentences
    INDEX/NAME/terms.json      the clinic's terms that it was built with
    INDEX/NAME/listing.jsonl   what lists need of every entry
    INDEX/NAME/articles.json   the documents that have a page, with the ids of their entries
    INDEX/NAME/gone.json       withdrawn ids, each with the id that replaced it or ""
    INDEX/NAME/changes.jsonl   what was published and withdrawn since; alone in not being in the manifest

Whoosh keeps pickles, so a generation is trusted like code: only its owner may write to it, or it is refused.
"""

import json
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from copy import copy
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kb.content.documents import Document
from kb.content.entries import Entry
from kb.content.terms import Term, terms_from_json, terms_to_json
from kb.errors import KbError
from kb.files import cannot_write, file_hash, folder_lock, sync_folder, write_atomically
from kb.search import aspects, english
from kb.search.analysis import Term as Word
from kb.search.analysis import content_terms, fold
from kb.search.changes import FILE_NAME, Change, append_changes, read_changes, stamp
from kb.search.cutting import CutEntry, cut
from kb.search.encoders import Encoder, Floats
from kb.search.encoders.choice import Encoders, usual_encoders
from kb.search.explaining import asked_weights
from kb.search.lexicon import open_lexicon
from kb.search.listing import FILE_NAME as LISTING
from kb.search.listing import Listed, Listing, write_line
from kb.search.live import live_of
from kb.search.meaning import Meaning, meaning_of
from kb.search.outcomes import Verdict, judge
from kb.search.ranking import Ranked, rank
from kb.search.segments import SegmentWriter, open_segment
from kb.search.showing import Found, show
from kb.search.suggesting import LONGEST_TYPED, Line
from kb.search.term_lines import clinic_terms_of
from kb.search.understanding import Question, read_question
from kb.search.vocabulary import Vocabulary
from kb.search.whoosh_index import WhooshIndex, write_index

FORMAT = 7
KEPT = 2  # The one that serves and the one before it, to go back to.
MOST_ASKED = 0.05  # of all questions: a word of more ("symptoms") does not say which is meant
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
    terms: tuple[Term, ...] = ()  # the clinic's vocabulary


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself."""

    format: int
    name: str
    built_at: str  # ISO 8601, UTC
    entries: int
    articles: int
    encoder: str = ""  # the name of the encoder that made the vectors
    sources: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # path inside the generation -> hash


_MANIFEST = TypeAdapter(Manifest)
_ARTICLES = TypeAdapter(dict[str, Article])
_GONE = TypeAdapter(dict[str, str])


class Generation:
    """An open generation as it stands after some changes. Never changes itself: `refreshed` gives the next one.

    Holds its files open, so it serves on even when the folder is removed.
    """

    def __init__(self, folder: Path, manifest: Manifest, encoder: Encoder) -> None:
        self.name = manifest.name
        self.manifest = manifest
        self.encoder = encoder
        self.articles = _ARTICLES.validate_json((folder / "articles.json").read_bytes())
        self.gone = _GONE.validate_json((folder / "gone.json").read_bytes())
        self.vocabulary = Vocabulary(terms_from_json((folder / "terms.json").read_bytes()))
        index = WhooshIndex(folder / "whoosh")
        base = open_segment(folder, encoder)
        clinic = clinic_terms_of(self.vocabulary.terms)
        self.live = live_of(base, index.number, encoder, open_lexicon(folder / "table"), clinic)
        english.load()
        if encoder.fine:
            aspects.load(encoder)
        self._listing = Listing(folder)
        self._folder = folder
        self._log = str(folder / FILE_NAME)
        self._read_to = 0
        self._stamp = (0, 0)

    def refreshed(self) -> "Generation":
        """Return the generation with what changed since, itself when nothing did."""
        seen = stamp(self._log)
        if seen == self._stamp:
            return self
        read = read_changes(self._folder, self._read_to)
        after = copy(self)
        after._stamp, after._read_to = seen, read.end
        if read.changes:
            after.live = self.live.with_changes(read.changes)
            after.gone = _gone_after(self.gone, read.changes)
            after.articles = _articles_after(self.articles, read.changes)
        return after

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, None when none is served."""
        return self.live.entry(entry_id)

    def listed(self) -> tuple[Listed, ...]:
        """Return every entry that is served, as lists show it."""
        return self._listing.after(self.live.current)

    def read(self, query: str) -> Question:
        """Return what the query asks, read against this generation's words and terms."""
        return read_question(query, self.live.lexicon, self.vocabulary)

    def meaning(self, question: Question) -> Meaning:
        """Return what the question means."""
        return meaning_of(question, self.encoder)

    def rank(self, question: Question, meaning: Meaning, limit: int) -> list[Ranked]:
        """Return the best entries for a question with this meaning, best first."""
        return rank(self.live.collection, question, meaning.whole, limit)

    def judge(self, question: Question, meaning: Meaning, ranked: Sequence[Ranked]) -> Verdict:
        """Return whether the best entries, best first, answer the question."""
        collection = self.live.collection
        aspect = None
        if meaning.asked is not None:
            aspect = aspects.unanswered(self.encoder, meaning.asked, collection.types())
        return judge(question, collection, ranked, aspect)

    def show(self, numbers: Sequence[int], question: Question, meaning: Meaning) -> list[Found]:
        """Return entries by their numbers, with the sentence that answers best and the words that found each."""
        collection = self.live.collection
        weights = asked_weights(question, collection.statistics)
        found: dict[int, Found] = {}
        for segment, start in zip(collection.segments, collection.starts, strict=False):
            inside = [number - start for number in numbers if start <= number < start + segment.size]
            if inside:
                shown = show(segment, inside, weights, meaning.whole)
                found.update(zip((start + place for place in inside), shown, strict=True))
        return [found[number] for number in numbers]

    def at(self, number: int) -> Entry:
        """Return an entry by its number."""
        return self.live.collection.entry(number)

    def suggest(self, typed: str) -> Iterator[Line]:
        """Yield what may be suggested for what was typed so far, the likeliest first; a text may come twice."""

        def meaning() -> Floats:
            words = [term.word for term in content_terms(typed[:LONGEST_TYPED]) if self._says_something(term)]
            vector: Floats = self.encoder.encode([" ".join(words)])[0]
            return vector

        return self.live.collection.suggest(typed, meaning)

    def _says_something(self, term: Word) -> bool:
        """Return whether a typed word says which question is meant."""
        # A part of a word may become anything, and a contraction ("can't") is made of little words.
        if not (self.live.lexicon.count(term.word) or english.is_well_spelt(term.word)) or "'" in term.word:
            return False
        asked = self.live.collection.statistics.count("question", term.text)
        return asked <= max(1, MOST_ASKED * self.live.count())

    def words(self, prefix: str, limit: int) -> list[str]:
        """Return words of the entries that start with the prefix, the most common first."""
        return self.live.lexicon.starting_with(fold(prefix), limit)


def _gone_after(gone: Mapping[str, str], changes: Iterable[Change]) -> dict[str, str]:
    after = dict(gone)
    for change in changes:
        if change.entry is None:
            after[change.id] = change.replaced_by
        else:
            after.pop(change.id, None)
    return after


def _articles_after(articles: Mapping[str, Article], changes: Iterable[Change]) -> dict[str, Article]:
    """Return the articles with their entries after the changes; one without entries has no page any more."""
    documents = {slug: article.document for slug, article in articles.items()}
    ids = {slug: list(article.entry_ids) for slug, article in articles.items()}
    starts: dict[str, int] = {}
    for change in changes:
        for listed in ids.values():
            if change.id in listed:
                listed.remove(change.id)
        if change.document is not None:
            documents[change.document.slug] = change.document
        if change.entry is None:
            continue
        slug = change.entry.article.rsplit(".", 1)[0]
        if slug in documents and documents[slug].name == change.entry.article:
            ids.setdefault(slug, []).append(change.id)
            starts[change.id] = change.entry.start
    return {slug: Article(documents[slug], tuple(listed)) for slug, listed in ids.items() if listed}


# ---------------------------------------------------------------- building


def build(index_folder: Path, contents: Contents, encoders: Encoders | None = None) -> Manifest:
    """Build a generation of the contents beside the others and switch to it; return its manifest.

    `encoders` make the vectors; the usual ones when none are given.

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
            manifest = _fill(folder, contents, encoders or usual_encoders())
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


def _fill(folder: Path, contents: Contents, encoders: Encoders) -> Manifest:
    for part in ("whoosh", "table"):
        (folder / part).mkdir()
    ids_of: dict[str, list[tuple[int, str]]] = {}

    with (
        closing(SegmentWriter(folder, encoders, clinic_terms_of(contents.terms))) as segment,
        (folder / LISTING).open("x", encoding="utf-8") as listing,
    ):

        def passing() -> Iterator[CutEntry]:
            for entry in contents.entries:
                ids_of.setdefault(entry.article, []).append((entry.start, entry.id))
                words = cut(entry)
                segment.add(words)
                write_line(listing, entry)
                yield words

        count = write_index(folder / "whoosh", folder / "table", passing())
        segment.finish(Vocabulary(contents.terms).words())
    (folder / "terms.json").write_bytes(terms_to_json(contents.terms))
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
        encoder=segment.encoder.name,
        sources=dict(contents.sources()),
        files=dict(_file_hashes(folder)),
    )
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    return manifest


def _file_hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        # A lock file of Whoosh's says nothing.
        if (
            path.is_file()
            and path.name not in {"manifest.json", FILE_NAME}
            and not path.name.endswith("LOCK")
        ):
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


def open_generation(folder: Path, encoders: Encoders) -> Generation:
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
        encoder = encoders.named(manifest.encoder)
        if encoder is None:
            raise IndexUnavailable(
                folder, f"has vectors of {manifest.encoder}, not of {encoders.usual.name}", REBUILD
            )
        return Generation(folder, manifest, encoder)
    except (OSError, ValueError, ValidationError) as error:
        raise IndexUnavailable(folder, f"cannot be opened ({error})", REBUILD) from error


def _refuse_foreign_writers(folder: Path) -> None:
    status: Any = folder.stat()
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH) or status.st_uid not in {os.geteuid(), 0}:
        raise IndexUnavailable(
            folder, "can be written by others, so it is not trusted", f"chmod 700, or {REBUILD}"
        )


class Keeper:
    """Hands out the generation that serves now: reopened when the pointer changes, with every change since.

    A new generation that cannot be opened leaves the old one serving.
    """

    def __init__(self, index_folder: Path, encoders: Encoders | None = None) -> None:
        self._folder = index_folder
        self._pointer_path = str(index_folder / POINTER)
        self._encoders = encoders
        self._lock = Lock()
        self._seen: tuple[int, int] | None = None
        self._generation: Generation | None = None
        self._failure: IndexUnavailable | None = None

    def current(self) -> Generation:
        """Return the open generation. Raises IndexUnavailable when none can be opened."""
        with self._lock:
            pointer = self._pointer()
            if pointer != self._seen or self._generation is None:
                self._seen = pointer
                try:
                    self._generation = open_current(self._folder, self._encoders)
                except IndexUnavailable as error:
                    self._failure = error
            if self._generation is None:
                raise self._failure or IndexUnavailable(self._folder, "holds no knowledge base yet", REBUILD)
            self._generation = self._generation.refreshed()
            return self._generation

    def _pointer(self) -> tuple[int, int] | None:
        try:
            status = os.stat(self._pointer_path)  # noqa: PTH116  # asked at every search
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino


# ---------------------------------------------------------------- changing


def publish_entry(index_folder: Path, entry: Entry, document: Document | None = None) -> None:
    """Make the entry findable in every process, in place of any with its id; on disk when this returns.

    `document` is its article, for the article's page. Raises KbError when it cannot be written, and
    IndexUnavailable when there is no generation to change; nothing has changed then.
    """
    change_entries(index_folder, [Change(entry.id, entry, document)])


def withdraw_entry(index_folder: Path, entry_id: str, replaced_by: str = "") -> None:
    """Make the entry unfindable in every process. Errors as `publish_entry`."""
    change_entries(index_folder, [Change(entry_id, replaced_by=replaced_by)])


def copy_current(index_folder: Path, target: Path) -> None:
    """Copy the generation that serves into the empty folder `target`, to try changes on. Errors as `open_current`."""
    folder = _current_folder(index_folder)
    try:
        shutil.copytree(folder, target / folder.name)
        (target / POINTER).write_text(folder.name, encoding="utf-8")
    except OSError as error:
        raise IndexUnavailable(folder, f"cannot be copied ({error})", REBUILD) from error


def change_entries(index_folder: Path, changes: Sequence[Change]) -> None:
    """Make all the changes at once: a process sees all of them or none. Errors as `publish_entry`."""
    # A build holds this lock to its end, so that no change goes to a generation that is about to be left.
    with folder_lock(index_folder):
        folder = _current_folder(index_folder)
        if not (folder / "manifest.json").is_file():
            raise IndexUnavailable(folder, "is no generation", REBUILD)
        try:
            append_changes(folder, changes)
        except OSError as error:
            raise cannot_write(folder, error) from error
