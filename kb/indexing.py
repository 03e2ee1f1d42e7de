"""Bring an index up to date with the articles folder: all of it by a build, or one article in place."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from kb.content.documents import Document
from kb.content.entries import Entry
from kb.content.library import Library, holds_rows, ids_of, same_id
from kb.content.slugs import article_slug
from kb.content.terms import clinic_terms
from kb.errors import IndexUnavailable, KbError
from kb.search.engine import View, engine_of
from kb.search.generation import Contents, Manifest
from kb.search.index.changes import Change
from kb.settings import Settings

Report = Callable[[KbError], None]
Watched = Callable[[Iterable[Entry]], Iterable[Entry]]


def build_folder(
    articles: Path,
    index: Path,
    settings: Settings,
    report: Report,
    *,
    include_drafts: bool = False,
    watched: Watched = iter,
) -> Manifest:
    """Build a generation of all that the folder holds to serve, and switch to it.

    What cannot be used is reported, and the rest is built; `watched` sees the entries as they stream past.
    """
    library = Library(articles, report, include_drafts)
    contents = Contents(
        watched(library.entries()),
        lambda: library.documents,
        lambda: library.gone,
        lambda: library.sources,
        clinic_terms(articles, settings),
    )
    return engine_of(settings, index).build(contents)


def update_article(path: Path, index: Path, settings: Settings, report: Report) -> int:
    """Make the index say what the article or rows at `path` and their entries file say now.

    Return how many entries changed.

    Done in place and at once: every process sees all changes within a second, and no build is needed.
    A file that is gone has nothing served. One that is there but cannot be read is reported, and what was
    served of it goes on. Raises IndexUnavailable when there is no generation to change.
    """
    engine = engine_of(settings, index)
    view = engine.view()
    library = Library(path.parent, report)
    indexed = _indexed(view, path)
    # Of a copied export, each row would have the other file read again.
    held = cache(ids_of)
    served: dict[str, Entry] = {}
    for entry in library.entries_of(path):
        other = "" if entry.id in indexed else _other_holder(view, path, entry.id, held)
        if other:
            report(same_id(path, entry.id, other))
        else:
            served[entry.id] = entry
    if path.exists() and path.name not in library.sources:
        # Half typed, or half saved: the next edit may mend it. Nor do thousands of rows go for a slip in one's table.
        return 0
    document = library.documents[0] if library.documents else None
    changed = [entry for entry in served.values() if indexed.get(entry.id) != entry]
    same = served.keys() == indexed.keys() and not changed
    if same and served and document != _indexed_document(view, path):
        # Words around the passages changed: the page is shown anew with any one of them.
        changed = list(served.values())[:1]
    gone = [entry_id for entry_id in indexed if entry_id not in served]
    changes = [
        *(
            Change(
                entry_id,
                replaced_by=library.gone.get(entry_id, ""),
                # As in a build, only what an editor withdrew is said to be gone.
                withheld=entry_id not in library.gone,
            )
            for entry_id in gone
        ),
        # The article need be said only once.
        *(Change(entry.id, entry, document if entry is changed[0] else None) for entry in changed),
    ]
    # Withdrawn while it was withheld, or replaced by another since.
    changes += [
        Change(entry_id, replaced_by=replaced_by)
        for entry_id, replaced_by in library.gone.items()
        if entry_id not in indexed
        and view.gone.get(entry_id) != replaced_by
        and not _other_holder(view, path, entry_id)
    ]
    told = _with_page(changes, document, view, path)
    if told:
        engine.change(told)
    return len(changes)


def withdraw_entry(entry_id: str, replaced_by: str, index: Path, settings: Settings) -> None:
    """Make the index say that the entry is withdrawn. Where nothing was built yet, nothing is served."""
    if not index.is_dir():
        return
    with suppress(IndexUnavailable):
        engine_of(settings, index).change([Change(entry_id, replaced_by=replaced_by)])


def _with_page(changes: list[Change], document: Document | None, view: View, path: Path) -> list[Change]:
    """Return the changes, one of which brings the article as it is now where it is not as it was indexed."""
    indexed = _indexed_document(view, path)
    if document is None and indexed is not None and indexed.name == path.name:
        # The file is gone, and all that was known of it.
        document = replace(indexed, withheld=())
    if document is None or document == indexed or any(change.document for change in changes):
        return changes
    if changes:
        return [replace(changes[0], document=document), *changes[1:]]
    # None of its entries is served: there is only to tell which are being checked.
    known = (*document.withheld, *(indexed.withheld if indexed else ()))
    checked = (one.id for one in known if one.reason == "checked")
    own = [entry_id for entry_id in checked if not _other_holder(view, path, entry_id)]
    return [Change(own[0], document=document, withheld=True)] if own else []


def _other_holder(view: View, path: Path, entry_id: str, ids_in: Callable[[Path], set[str]] = ids_of) -> str:
    """Return the name of the other file whose entry is served under this id, "" when there is none."""
    entry = view.entry(entry_id)
    if entry is None or entry.article == path.name:
        return ""
    # It may have been renamed since, or have given the entry away.
    return entry.article if entry_id in ids_in(path.with_name(entry.article)) else ""


def _indexed(view: View, path: Path) -> dict[str, Entry]:
    article = view.articles.get(article_slug(path.name))
    if holds_rows(path):
        ids = tuple(one.id for one in view.listed() if one.article == path.name)
    elif article is not None and article.document.name == path.name:
        ids = article.entry_ids
    else:
        return {}
    entries = (view.entry(entry_id) for entry_id in ids)
    return {entry.id: entry for entry in entries if entry is not None}


def _indexed_document(view: View, path: Path) -> Document | None:
    article = view.articles.get(article_slug(path.name))
    return article.document if article else None
