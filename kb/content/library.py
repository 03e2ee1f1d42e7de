"""The articles folder as a whole: its documents, its entries, and what in it needs mending."""

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from glob import escape
from pathlib import Path

from kb.content.documents import Document
from kb.content.entries import Entry
from kb.content.entries_file import SUFFIX, EntriesFile, entries_path, read_changed_rows, read_entries
from kb.content.imported import few_problems, read_rows, row_lines
from kb.content.merging import find_near
from kb.content.reading import ARTICLE_SUFFIXES, read_document
from kb.content.splitting import split_entries
from kb.content.strays import stray_files, stray_problem, without_entries
from kb.content.withholding import withheld_of
from kb.errors import KbError
from kb.files import file_hash

ROW_SUFFIXES = frozenset({".csv", ".jsonl"})

ID_LINE = re.compile(r"""^\s*id\s*=\s*["']([^"'\n]*)["']""", re.MULTILINE)

Report = Callable[[KbError], None]


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """One article with its entries, each placed in the document's text."""

    path: Path
    document: Document
    known: EntriesFile
    entries: tuple[Entry, ...]  # those whose answer stands in the text
    lost: tuple[Entry, ...]  # those whose words the article no longer has

    def placed(self, entry: Entry) -> Entry:
        """Return the entry with its place in the text, and the article's source where it names none of its own.

        Its answer must stand in the text.
        """
        return _placed(entry, self.document)


def read_article(path: Path) -> ArticleFile:
    """Read an article and its entries file.

    Raises KbError when either cannot be read, the file holds rows, the article is gone and its entries file is not,
    or another file of that name would share the entries file.
    """
    refuse_rows(path)
    article = read_with_entries(path)
    refuse_shared(path)
    return article


def refuse_shared(path: Path) -> None:
    """Raise KbError when the entries file of `path` is that of another article or file of rows as well."""
    own = entries_path(path)
    for other in sorted(path.parent.glob(f"{escape(own.name.removesuffix(SUFFIX))}.*")):
        holds_entries = other.suffix.lower() in ARTICLE_SUFFIXES | ROW_SUFFIXES
        if other.name != path.name and holds_entries and entries_path(other) == own:
            raise _shared(path, other.name)


def _shared(path: Path, other: str) -> KbError:
    remedy = "rename one of them: they would share an entries file"
    return KbError(path, f"has the same name as {other}", remedy)


def read_with_entries(path: Path) -> ArticleFile:
    """Read an article and its entries file, also where another file would share that. Errors else as `read_article`."""
    _refuse_gone(path)
    document = read_document(path)
    known = read_entries(entries_path(path), path.name)
    stated = document.metadata
    document = replace(document, metadata=replace(stated, source=stated.source or known.provenance.source))
    standing = [entry for entry in known.entries if entry.answer in document.text]
    lost = tuple(entry for entry in known.entries if entry.answer not in document.text)
    return ArticleFile(path, document, known, tuple(_placed(entry, document) for entry in standing), lost)


def _refuse_gone(path: Path) -> None:
    own = entries_path(path)
    if not path.exists() and own.exists():
        paths = article_paths(path.parent)
        # It may be that of another article by now.
        if own in stray_files(path.parent, paths):
            raise stray_problem(own, without_entries(paths))


def refuse_rows(path: Path) -> None:
    """Raise KbError when a file of ready answers is given where an article is meant."""
    if holds_rows(path):
        problem = "holds ready questions and answers, which are served as they stand"
        raise KbError(path, problem, 'run "indexer.py build", or edit a row in the file')


def _withheld(path: Path, entry: Entry) -> KbError:
    problem = f'the words of entry {entry.id} ("{entry.question}") changed, so it is withheld'
    again = f'run "indexer.py split {path} --write", look at it'
    return KbError(path, problem, f'{again}, and run "indexer.py publish {path.name} {entry.id}"')


def _placed(entry: Entry, document: Document) -> Entry:
    start = find_near(document.text, entry.answer, 0)
    source = entry.source or document.metadata.source or document.metadata.title
    return replace(entry, start=start, end=start + len(entry.answer), source=source)


def article_paths(folder: Path) -> list[Path]:
    """Return the files of the folder that hold articles or rows, by name.

    Raises KbError when the folder cannot be read.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        raise KbError(folder, f"cannot be read ({error.strerror})", "name a folder of articles") from error
    return [path for path in paths if path.suffix.lower() in ARTICLE_SUFFIXES | ROW_SUFFIXES]


def draw_id(used: set[str]) -> str:
    """Return six random digits that are not in `used`, and add them to it."""
    while True:
        # From 100000, so that no leading zero is lost when staff say it aloud or a spreadsheet reads it.
        drawn = str(100_000 + secrets.randbelow(900_000))
        if drawn not in used:
            used.add(drawn)
            return drawn


def used_ids(folder: Path) -> set[str]:
    """Return every id in the folder's entries files and rows, also in files that no longer parse as a whole."""
    ids = {entry_id for path in folder.glob(f"*{SUFFIX}") for entry_id in _ids_in(path)}
    return ids.union(*(row_lines(path) for path in article_paths(folder) if holds_rows(path)))


def ids_of(path: Path) -> set[str]:
    """Return every id of an article, as its entries file has them, or of a file of rows; none of one that is gone."""
    if not path.exists():
        return set()
    ids = _ids_in(entries_path(path))
    return ids.union(row_lines(path)) if holds_rows(path) else ids


def doubled_ids(folder: Path) -> dict[str, list[Path]]:
    """Return each id that several articles or files of rows have, with those files by name."""
    holders: dict[str, list[Path]] = {}
    # Two articles of one name are one file of entries.
    for path in {entries_path(path): path for path in reversed(article_paths(folder))}.values():
        for entry_id in ids_of(path):
            holders.setdefault(entry_id, []).append(path)
    return {entry_id: sorted(paths) for entry_id, paths in holders.items() if len(paths) > 1}


def same_id(path: Path, entry_id: str, other: str) -> KbError:
    """Return the error to show where the file at `path` has an entry with an id of the file named `other`."""
    problem = f'id "{entry_id}" stands in {other} as well'
    return KbError(path, problem, "give one of them another id; this one was left out")


def _ids_in(path: Path) -> set[str]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return set()
    return {match[1] for match in ID_LINE.finditer(text)}


@dataclass(slots=True)
class Library:
    """A folder of articles, read as a stream of the entries to serve.

    What the stream passed is there afterwards: documents, withdrawn ids, hashes of the sources.
    """

    folder: Path
    report: Report
    include_drafts: bool = False
    documents: list[Document] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(
        default_factory=dict
    )  # of each file, its hash and that of its entries file
    _place_of_id: dict[str, str] = field(default_factory=dict)

    def entries(self) -> Iterator[Entry]:
        """Yield every entry to serve. What cannot be used is reported, and the rest goes on."""
        slugs: dict[str, str] = {}
        paths = article_paths(self.folder)
        for path in paths:
            slug = entries_path(path).name
            if slug in slugs:
                # The first goes on: what is served of it are its own words.
                self.report(_shared(path, slugs[slug]))
                continue
            slugs[slug] = path.name
            yield from self._of(path)
        for stray in stray_files(self.folder, paths):
            self.report(stray_problem(stray, without_entries(paths)))

    def entries_of(self, path: Path) -> Iterator[Entry]:
        """Yield every entry to serve of one file; none of one that cannot be used, which is reported."""
        try:
            if path.exists():
                refuse_shared(path)
        except KbError as error:
            self.report(error)
            return
        yield from self._of(path)

    def _of(self, path: Path) -> Iterator[Entry]:
        try:
            yield from self._unique(path, self._rows(path) if holds_rows(path) else self._article(path))
        except KbError as error:
            self.report(error)
        except OSError as error:
            self.report(KbError(path, f"cannot be read ({error.strerror})", "make it readable"))

    def _unique(self, path: Path, entries: Iterator[Entry]) -> Iterator[Entry]:
        for entry in entries:
            other = self._place_of_id.setdefault(entry.id, path.name)
            if other == path.name:
                yield entry
            else:
                self.report(same_id(path, entry.id, other))

    def _article(self, path: Path) -> Iterator[Entry]:
        # From before it is read: of what is edited meanwhile, the hash says nothing newer than what was read.
        hashed = file_hash(path)
        article = read_with_entries(path)
        self.sources[path.name] = f"{hashed} {article.known.hash}".rstrip()
        self.documents.append(self._with_withheld(article))
        self._note_gone(article.known.entries)
        for entry in article.lost:
            if entry.status == "published":
                self.report(_withheld(path, entry))
        place = article.known.path
        yield from (
            _in_own_words(entry, place, self.report) for entry in article.entries if self._served(entry)
        )
        if self.include_drafts and not article.known.hash:
            yield from split_entries(article.document)

    def _with_withheld(self, article: ArticleFile) -> Document:
        standing = [entry for entry in article.entries if not self._served(entry)]
        return replace(article.document, withheld=withheld_of(article.document, standing, article.lost))

    def _rows(self, path: Path) -> Iterator[Entry]:
        hashed = file_hash(path)
        with few_problems(path, self.report) as report:
            known, changed = self._changed_rows(path, report)
            source = known.provenance.source
            for row in read_rows(path, report):
                entry = changed.get(row.id, row)
                if self._served(entry):
                    stated = entry if entry.source or not source else replace(entry, source=source)
                    yield _in_own_words(stated, path, report)
        self.sources[path.name] = f"{hashed} {known.hash}".rstrip()

    def _changed_rows(self, path: Path, report: Report) -> tuple[EntriesFile, dict[str, Entry]]:
        """Return the file beside a file of rows, and by id the few that a person edited or withdrew in it."""
        overlay = entries_path(path)
        ids = _ids_in(overlay)
        base = {entry.id: entry for entry in read_rows(path, lambda _: None, ids)} if ids else {}
        known = read_changed_rows(overlay, base, report)
        self._note_gone(known.entries)
        return known, {entry.id: replace(entry, end=len(entry.answer)) for entry in known.entries}

    def _note_gone(self, entries: Sequence[Entry]) -> None:
        self.gone |= {entry.id: entry.replaced_by for entry in entries if entry.status == "withdrawn"}

    def _served(self, entry: Entry) -> bool:
        if entry.audience != "public":
            return False
        return entry.status == "published" or (self.include_drafts and entry.status == "draft")


def _in_own_words(entry: Entry, place: Path, report: Report) -> Entry:
    """Return the entry without a short answer that its answer does not hold, which is reported."""
    if entry.short in entry.answer:
        return entry
    problem = f"the short answer of entry {entry.id} is not a part of its answer, so it is withheld"
    report(KbError(place, problem, "copy it from the answer"))
    return replace(entry, short="")


def holds_rows(path: Path) -> bool:
    """Return whether a file holds ready questions and answers instead of an article."""
    return path.suffix.lower() in ROW_SUFFIXES
