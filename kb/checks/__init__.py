"""Everything that an editor must look at, before patients do."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from kb.asking import KnowledgeBase
from kb.checks.articles import LIVE, Checked, Today, line_of
from kb.checks.entries import duplicate_questions, findings_of
from kb.checks.findings import Finding
from kb.checks.numbers import contradictions, efficacy_without_disclosure
from kb.content.entries import Entry
from kb.content.entries_file import entries_path
from kb.content.library import ArticleFile, article_paths, doubled_ids, holds_rows, read_article
from kb.errors import KbError
from kb.indexing import build_folder
from kb.search.analysis import fold
from kb.search.changes import Change
from kb.search.engine import engine_of
from kb.search.opening import copy_current
from kb.settings import Settings

__all__ = ["Finding", "blocking_findings", "check_folder", "rehearse"]

# An entry that its own queries do not bring among the first three is not found by patients.
FIRST = 3


def check_folder(folder: Path, settings: Settings, today: date) -> list[Finding]:
    """Return what is to be mended in the folder: what blocks first, then by place.

    Files that cannot be read are findings too, and block.
    """
    findings: list[Finding] = []

    def unreadable(error: KbError) -> None:
        findings.append(Finding(error.place, "", error.problem, error.remedy, blocks=True))

    checked = list(_checked_entries(folder, unreadable))
    findings += _of_each(checked, settings, today)
    findings += duplicate_questions(checked)
    findings += _doubled_ids(folder)
    findings += contradictions(checked)
    findings += _missed_queries(folder, settings, checked)
    return sorted(findings, key=lambda finding: (not finding.blocks, finding))


def _of_each(checked: Sequence[Checked], settings: Settings, today: date) -> Iterator[Finding]:
    compared = Today(today, settings.reading.grade, frozenset(map(fold, settings.reading.allowed_words)))
    for entry in checked:
        yield from findings_of(entry, compared)
        yield from efficacy_without_disclosure(entry, settings)


def blocking_findings(
    article: ArticleFile, entries: Sequence[Entry], settings: Settings, today: date
) -> list[Finding]:
    """Return what must be mended before these entries of `article` are published."""
    path = article.known.path
    checked = [
        Checked(
            entry,
            # Entries that were split a moment ago stand in no file yet.
            f"{path}:{line_of(path, entry.id)}" if article.known.hash else str(path),
            article.document,
        )
        for entry in entries
    ]
    return sorted(finding for finding in _of_each(checked, settings, today) if finding.blocks)


def _checked_entries(folder: Path, unreadable: Callable[[KbError], None]) -> Iterator[Checked]:
    """Yield the live entries of every article; rows of ready questions are their publisher's own affair."""
    for path in article_paths(folder):
        if holds_rows(path):
            continue
        try:
            article = read_article(path)
        except KbError as error:
            unreadable(error)
            continue
        for entry in article.known.entries:
            if entry.status in LIVE:
                place = f"{article.known.path}:{line_of(article.known.path, entry.id)}"
                yield Checked(_placed(entry, article.entries), place, article.document)


def _doubled_ids(folder: Path) -> Iterator[Finding]:
    """Yield a finding for each id that an earlier file has: of the two entries, only one is ever served."""
    for entry_id, (first, *others) in doubled_ids(folder).items():
        for path in others:
            written = path if holds_rows(path) else entries_path(path)
            place = f"{written}:{line_of(written, entry_id)}"
            problem, remedy = f"{first.name} has the same id", "give one of them another id"
            yield Finding(place, entry_id, problem, remedy, blocks=True)


def _placed(entry: Entry, placed: Sequence[Entry]) -> Entry:
    found = next((other for other in placed if other.id == entry.id), None)
    return entry if found is None else replace(entry, start=found.start, end=found.end)


def _missed_queries(folder: Path, settings: Settings, checked: Sequence[Checked]) -> Iterator[Finding]:
    if not any(one.published and one.entry.queries for one in checked):
        return
    with TemporaryDirectory() as name:
        build_folder(folder, Path(name), settings, lambda _: None)
        yield from _missed(checked, KnowledgeBase(settings, Path(name)))


def _missed(checked: Sequence[Checked], knowledge_base: KnowledgeBase) -> Iterator[Finding]:
    """Yield a finding for each of an entry's own queries that does not bring it among the first three."""
    for one in checked:
        for query in one.entry.queries if one.published else ():
            found = [hit.entry.id for hit in knowledge_base.ask(query, limit=FIRST).hits]
            if one.entry.id not in found:
                problem = f'its query "{query}" finds {", ".join(found) or "nothing"} first'
                remedy = "reword the question, add synonyms, or drop the query"
                yield Finding(one.place, one.entry.id, problem, remedy)


def rehearse(
    article: ArticleFile, published: Sequence[Entry], index: Path, settings: Settings
) -> list[Finding]:
    """Return which queries would no longer find their entry once these of `article` are served; nothing is changed.

    Tried on a copy of the generation that serves. Raises IndexUnavailable when there is none.
    """
    checked = [*_checked_entries(article.path.parent, lambda _: None)]
    coming = {entry.id for entry in published}
    place = str(article.known.path)
    fresh = [Checked(entry, place, article.document) for entry in published]
    with TemporaryDirectory() as name:
        copy = Path(name)
        copy_current(index, copy)
        knowledge_base = KnowledgeBase(settings, copy)
        standing = [one for one in checked if one.entry.id not in coming]
        before = set(_missed(standing, knowledge_base))
        engine_of(settings, copy).change([Change(entry.id, entry, article.document) for entry in published])
        return sorted(set(_missed([*standing, *fresh], knowledge_base)) - before)
