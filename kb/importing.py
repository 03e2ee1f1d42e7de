"""Bring an article in from elsewhere: its original kept as it is, with where and when it came from."""

from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from kb.content.entries_file import Provenance, entries_path, read_entries, save_provenance
from kb.content.imported import Report, few_problems, read_rows
from kb.content.library import ROW_SUFFIXES, refuse_shared
from kb.content.reading import ARTICLE_SUFFIXES, read_bytes
from kb.content.slugs import slug_of
from kb.errors import KbError
from kb.fetching import Fetched
from kb.files import write_atomically


def _stem(name: str) -> str:
    """Return a file name's stem as it may stand in an address: of "First Visit (2).html" it is "first-visit-2"."""
    return slug_of(PurePosixPath(name).stem, "article")


def import_file(source: Path, folder: Path, provenance: Provenance, report: Report) -> Path:
    """Copy an article or a file of rows into the articles folder and return where it is now.

    Rows that cannot be used, or do not say where they come from, are reported. Raises KbError when it cannot be read as
    what its name says, or a file of that name is there with other content.
    """
    try:
        data = source.read_bytes()
    except OSError as error:
        raise KbError(
            source, f"cannot be read ({error.strerror})", "check its name and permissions"
        ) from error
    return _kept(folder, _stem(source.name) + source.suffix.lower(), data, provenance, report)


def import_page(page: Fetched, folder: Path, licence: str, today: date, report: Report) -> Path:
    """Keep a fetched page in the articles folder and return where it is now. Errors as `import_file`."""
    parts = urlsplit(page.url)
    name = PurePosixPath(parts.path).name or parts.hostname or ""
    return _kept(folder, _stem(name) + page.suffix, page.data, Provenance(page.url, licence, today), report)


def _kept(folder: Path, name: str, data: bytes, provenance: Provenance, report: Report) -> Path:
    path = folder / name
    if path.suffix not in ARTICLE_SUFFIXES | ROW_SUFFIXES:
        known = ", ".join(sorted(ARTICLE_SUFFIXES | ROW_SUFFIXES))
        raise KbError(name, "is in a format that we do not read", f"use one of {known}")
    if path.exists() and path.read_bytes() != data:
        raise KbError(
            path, "is there already, with other content", "rename one of the two, or delete the old one"
        )
    # Refused before anything is kept.
    refuse_shared(path)
    if path.suffix in ARTICLE_SUFFIXES:
        read_bytes(name, data)
    write_atomically(path, data)
    if path.suffix in ROW_SUFFIXES:
        _check_rows(path, provenance, report)
    entries = read_entries(entries_path(path), path.name)
    save_provenance(entries, provenance)
    return path


def _check_rows(path: Path, provenance: Provenance, report: Report) -> None:
    problems: list[KbError] = []
    try:
        with few_problems(path, problems.append) as report_some:
            sourced = [bool(entry.source) for entry in read_rows(path, report_some)]
        if not sourced:
            raise problems[0] if problems else KbError(path, "holds no rows", "export it again")
    except KbError:
        path.unlink()
        raise
    if not all(sourced) and not provenance.source:
        problem = f"{sourced.count(False)} of {len(sourced)} rows do not say where they come from"
        problems.append(KbError(path, problem, "add a column source, or import the file again with --source"))
    for error in problems:
        report(error)
