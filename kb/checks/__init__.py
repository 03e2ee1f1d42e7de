"""Everything that an editor must look at, before patients do."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from kb.asking import KnowledgeBase
from kb.checks.articles import Checked, Today, line_of
from kb.checks.efficacy import efficacy_without_disclosure
from kb.checks.entries import duplicate_questions, findings_of
from kb.checks.findings import Finding
from kb.checks.folder import (
    checked_entries,
    doubled_id_findings,
    few_of_each,
    replacement_findings,
    unknown_key_findings,
)
from kb.checks.numbers import contradictions
from kb.checks.remedies import Vocabulary, vocabulary_of
from kb.content.entries import Entry
from kb.content.library import ArticleFile
from kb.content.terms import clinic_terms
from kb.errors import KbError
from kb.indexing import build_folder
from kb.search.engine import engine_of
from kb.search.index.changes import Change
from kb.search.opening import copy_current
from kb.search.words.analysis import fold
from kb.settings import Settings

__all__ = ["Finding", "blocking_findings", "check_folder", "rehearse"]

# An entry that its own queries do not bring among the first three is not found by patients.
FIRST = 3
# Claims are compared pair by pair: of more rows than this, they are left to their publisher.
MOST_ROWS_COMPARED = 2_000


def check_folder(folder: Path, settings: Settings, today: date) -> list[Finding]:
    """Return what is to be mended in the folder: what blocks first, then by place.

    Files and rows that cannot be used are findings too, and block.
    """
    findings: list[Finding] = []

    def unreadable(error: KbError) -> None:
        findings.append(Finding(error.place, "", error.problem, error.remedy, blocks=True))

    checked = list(checked_entries(folder, unreadable))
    vocabulary = vocabulary_of(clinic_terms(folder, settings), settings)
    findings += _of_each(checked, settings, today, vocabulary)
    findings += duplicate_questions(checked)
    findings += doubled_id_findings(folder)
    rows = [one for one in checked if one.document is None]
    compared = (one for one in checked if one.document or len(rows) <= MOST_ROWS_COMPARED)
    findings += contradictions(compared, vocabulary)
    findings += unknown_key_findings(folder)
    findings += replacement_findings(folder, {one.entry.id for one in checked if one.published})
    findings += _missed_queries(folder, settings, checked)
    findings = sorted(findings, key=lambda finding: (finding.line, finding))
    findings = few_of_each(findings, {one.entry.id: one.entry.article for one in rows})
    return sorted(findings, key=lambda finding: (not finding.blocks, finding.file, finding.line, finding))


def _of_each(
    checked: Sequence[Checked], settings: Settings, today: date, vocabulary: Vocabulary
) -> Iterator[Finding]:
    compared = Today(today, settings.reading.grade, frozenset(map(fold, settings.reading.allowed_words)))
    for entry in checked:
        yield from findings_of(entry, compared)
        yield from efficacy_without_disclosure(entry, settings, vocabulary)


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
    vocabulary = vocabulary_of(clinic_terms(path.parent, settings), settings)
    blocking = (finding for finding in _of_each(checked, settings, today, vocabulary) if finding.blocks)
    return sorted(blocking, key=lambda finding: (finding.line, finding))


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
    checked = [*checked_entries(article.path.parent, lambda _: None)]
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
