"""Entries files whose article is gone: renamed, most often, and then its answers wait for the new name."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from kb.content.documents import Document
from kb.content.entries_file import SUFFIX, entries_path, read_entries
from kb.content.reading import ARTICLE_SUFFIXES, read_document
from kb.errors import KbError


def stray_files(folder: Path, files: Iterable[Path]) -> list[Path]:
    """Return the entries files of the folder that belong to none of `files`, by name."""
    owned = {entries_path(path) for path in files}
    found = (path for path in folder.glob(f"*{SUFFIX}") if not path.name.startswith("."))
    return sorted(path for path in found if path not in owned)


def stray_problem(stray: Path, documents: Iterable[Document]) -> KbError:
    """Return what to say of a stray entries file: `documents` are the articles that may be its own, renamed."""
    held = {entries_path(Path(document.name)).name: holds_answers(document, stray) for document in documents}
    best = max(held, key=held.__getitem__, default="")
    named = best and held[best]
    remedy = f"rename it to {best}, or delete it" if named else "bring its article back, or delete it"
    return KbError(stray, "its article is gone", remedy)


def holds_answers(document: Document, entries: Path) -> int:
    """Return how many answers of an entries file stand in the document; none of a file that cannot be read."""
    try:
        return sum(entry.answer in document.text for entry in read_entries(entries, "").entries)
    except KbError:
        return 0


def without_entries(paths: Iterable[Path]) -> Iterator[Document]:
    """Yield the articles among `paths` that have no entries file; those that cannot be read are left out."""
    for path in paths:
        if path.suffix.lower() in ARTICLE_SUFFIXES and not entries_path(path).exists():
            with suppress(KbError):
                yield read_document(path)
