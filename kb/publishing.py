"""One change made: lock, validate, check, save, index. The only door to a change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from kb.checks import Finding, blocking_findings, rehearse
from kb.content.entries import Entry
from kb.content.entries_file import entries_path, save_entries, save_fields, tables_by_id
from kb.content.imported import row_lines
from kb.content.library import (
    ArticleFile,
    article_paths,
    doubled_ids,
    draw_id,
    holds_rows,
    read_article,
    used_ids,
)
from kb.content.merging import SOURCE_CHANGED, merge
from kb.content.splitting import split_entries
from kb.content.strays import holds_answers, stray_files
from kb.errors import IndexUnavailable, KbError
from kb.indexing import Report, build_folder, update_article, withdraw_entry
from kb.settings import Settings

# What an editor sees of a change; the rest follows from it.
SHOWN_FIELDS = (
    *("status", "question", "answer", "short", "qtype", "focus", "tags", "alt_questions", "flags"),
    *("lang", "reviewed_by", "reviewed_on", "review_due"),
)


def write_split(path: Path, today: date) -> tuple[Entry, ...]:
    """Split the article at `path`, merge the result into its entries file, and return all its entries.

    Raises KbError when entries of this article wait under another name: new ones would lose what was made of them.
    """
    article = read_article(path)
    _refuse_renamed(article)
    merged = _merged(article, today)
    save_entries(article.known, merged)
    return merged


def _refuse_renamed(article: ArticleFile) -> None:
    if article.known.hash:
        return
    folder = article.path.parent
    for stray in stray_files(folder, article_paths(folder)):
        if holds_answers(article.document, stray):
            problem = f"holds entries of {article.path.name}, which was renamed"
            raise KbError(stray, problem, f"rename it to {article.known.path.name}, or delete it")


@dataclass(frozen=True, slots=True)
class Change:
    """What a new split would do to one entry: the fields that change, each with its value before and after."""

    entry: Entry  # as it would be
    kind: Literal["new", "changed", "orphaned"]
    fields: dict[str, tuple[Any, Any]]


def preview_split(path: Path, today: date) -> list[Change]:
    """Return what `write_split` would change at `path`, in the order of the entries; nothing is saved."""
    article = read_article(path)
    before = {entry.id: entry for entry in article.known.entries}
    changes = []
    for entry in _merged(article, today):
        old = before.get(entry.id)
        if old is None:
            changes.append(Change(entry, "new", {}))
            continue
        changed = {
            name: (getattr(old, name), getattr(entry, name))
            for name in SHOWN_FIELDS
            if getattr(old, name) != getattr(entry, name)
        }
        if changed:
            orphaned = "status" in changed and entry.status == "orphaned"
            changes.append(Change(entry, "orphaned" if orphaned else "changed", changed))
    return changes


def _merged(article: ArticleFile, today: date) -> tuple[Entry, ...]:
    used = used_ids(article.path.parent)
    # The article says its source once; an entry names one only where it rests on another.
    new = [replace(draft, source="") for draft in split_entries(article.document)]
    return merge(article.known.entries, new, article.document.text, today, lambda: draw_id(used))


def withdraw(
    folder: Path, entry_id: str, index: Path, settings: Settings, today: date, *, replaced_by: str = ""
) -> str:
    """Save and index an entry or a row as withdrawn, and return the id of what replaces it, or "".

    No article is read: one that cannot be read must not keep its answer public. Raises KbError when no file has the
    id, the entry is not public, or `replaced_by` is not, and nothing is saved then.
    """
    path, table = _table_of(folder, entry_id)
    if table["status"] not in {"published", "withdrawn"}:
        raise KbError(
            path, f"entry {entry_id} is not public ({table['status']})", "nothing need be withdrawn"
        )
    better = replaced_by or str(table.get("replaced_by", ""))
    if better and (better == entry_id or _table_of(folder, better)[1]["status"] != "published"):
        raise KbError("--replaced-by", f"entry {better} is not published", "name a published entry, or none")
    values = {"status": "withdrawn", "withdrawn_on": today}
    save_fields(path, entry_id, values | ({"replaced_by": better} if better else {}))
    withdraw_entry(entry_id, better, index, settings)
    return better


def _table_of(folder: Path, entry_id: str) -> tuple[Path, dict[str, Any]]:
    """Return the entries file that an id belongs to and what it says of it; a row that it is silent of is published."""
    broken: list[KbError] = []
    for path in article_paths(folder):
        own, standard = entries_path(path), "published" if holds_rows(path) else "draft"
        try:
            tables = tables_by_id(own)
        except KbError as error:
            broken.append(error)
            continue
        if entry_id in tables or (holds_rows(path) and entry_id in row_lines(path)):
            return own, {"status": standard} | tables.get(entry_id, {})
    # It may stand in the one that does not parse.
    raise (
        broken[0]
        if broken
        else KbError(folder, f'no entry has the id "{entry_id}"', "look it up on its page")
    )


@dataclass(frozen=True, slots=True)
class Publication:
    """Entries of one article that are about to be published, and all its entries as they would then stand."""

    article: ArticleFile
    published: tuple[Entry, ...]  # each placed in the article's text
    entries: tuple[Entry, ...]

    def save(self) -> None:
        """Write the entries file. Raises KbError when someone else changed it meanwhile, or it cannot be written."""
        save_entries(self.article.known, self.entries)


def prepare_publication(path: Path, ids: Sequence[str], editor: str, today: date) -> Publication:
    """Return what publishing the entries `ids` of the article at `path` (every draft when empty) would give.

    An article without an entries file is split first. Nothing is saved. Raises KbError when an id is unknown or
    stands in another file as well, an answer is not the article's words, or all that is left to publish must be
    split again.
    """
    article = read_article(path)
    _refuse_renamed(article)
    entries = article.known.entries or _merged(article, today)
    known = {entry.id for entry in entries}
    for entry_id in ids:
        if entry_id not in known:
            raise KbError(
                article.known.path, f'no entry has the id "{entry_id}"', "look the id up in that file"
            )
    chosen = {entry.id for entry in entries if (entry.id in ids if ids else entry.status == "draft")}
    withheld = sum(entry.status == "published" for entry in article.lost)
    if withheld and not chosen:
        problem = f"nothing to publish, and {withheld} entries are withheld, as their words changed"
        raise KbError(path, problem, f'run "indexer.py split {path} --write" and look at them')
    _refuse_doubled(article, chosen)
    published = {
        entry.id: _published(article, entry, editor, today) for entry in entries if entry.id in chosen
    }
    return Publication(
        article,
        tuple(article.placed(entry) for entry in published.values()),
        tuple(published.get(entry.id, entry) for entry in entries),
    )


def _refuse_doubled(article: ArticleFile, ids: set[str]) -> None:
    # It would take the place of the other answer.
    doubled = doubled_ids(article.path.parent)
    for entry_id in sorted(ids & doubled.keys()):
        others = ", ".join(path.name for path in doubled[entry_id] if path != article.path)
        problem = f'id "{entry_id}" stands in {others} as well'
        raise KbError(article.known.path, problem, "give one of them another six digits")


def _published(article: ArticleFile, entry: Entry, editor: str, today: date) -> Entry:
    if entry.answer not in article.document.text:
        problem = f"the answer of entry {entry.id} is not the article's words"
        raise KbError(
            article.known.path, problem, f'run "indexer.py split {article.path} --write" and look at it'
        )
    if entry.short and entry.short not in entry.answer:
        problem = f"the short answer of entry {entry.id} is not a part of its answer"
        raise KbError(article.known.path, problem, "copy it from the answer")
    return replace(
        entry,
        status="published",
        published_on=entry.published_on or today,
        withdrawn_on=None,
        flags=tuple(flag for flag in entry.flags if flag != SOURCE_CHANGED),
        previous_answer="",
        approved_by=editor or entry.approved_by,
        approved_on=today if editor else entry.approved_on,
    )


def publish(
    publication: Publication,
    index: Path,
    settings: Settings,
    today: date,
    *,
    report: Report,
    show: Callable[[Finding], None],
    anyway: bool = False,
) -> bool:
    """Check, save and index a publication; return whether that was done.

    What must be mended first is shown and stops it before anything is saved, unless `anyway`; queries that would
    no longer find their entry are shown only. What cannot be used of the article is reported.
    """
    article, published = publication.article, publication.published
    blocking = blocking_findings(article, published, settings, today)
    for finding in blocking:
        show(finding)
    if blocking and not anyway:
        return False
    try:
        for finding in rehearse(article, published, index, settings):
            show(finding)
    except IndexUnavailable:
        pass  # The first publication of all: no query finds anything yet.
    publication.save()
    try:
        update_article(article.path, index, settings, report)
    except IndexUnavailable:
        build_folder(article.path.parent, index, settings, report)
    return True
