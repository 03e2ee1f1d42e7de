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
from kb.content.library import Library, article_paths, holds_rows, read_article
from kb.content.terms import clinic_terms
from kb.errors import KbError
from kb.search.analysis import fold
from kb.search.encoders.choice import chosen_encoder
from kb.search.generation import Contents, build
from kb.settings import Settings

__all__ = ["Finding", "check_folder"]

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
    compared = Today(today, settings.reading.grade, frozenset(map(fold, settings.reading.allowed_words)))
    for entry in checked:
        findings += findings_of(entry, compared)
        findings += efficacy_without_disclosure(entry, settings.disclosures)
    findings += duplicate_questions(checked)
    findings += contradictions(checked)
    findings += _missed_queries(folder, settings, checked)
    return sorted(findings, key=lambda finding: (not finding.blocks, finding))


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


def _placed(entry: Entry, placed: Sequence[Entry]) -> Entry:
    found = next((other for other in placed if other.id == entry.id), None)
    return entry if found is None else replace(entry, start=found.start, end=found.end)


def _missed_queries(folder: Path, settings: Settings, checked: Sequence[Checked]) -> Iterator[Finding]:
    """Yield a finding for each of an entry's own queries that does not bring it among the first three."""
    asking = [one for one in checked if one.published and one.entry.queries]
    if not asking:
        return
    with TemporaryDirectory() as name:
        library = Library(folder, lambda _: None)
        build(
            Path(name),
            Contents(
                library.entries(),
                lambda: library.documents,
                lambda: library.gone,
                lambda: library.sources,
                clinic_terms(folder, settings),
            ),
            chosen_encoder(settings),
        )
        knowledge_base = KnowledgeBase(settings, Path(name))
        for one in asking:
            for query in one.entry.queries:
                found = [hit.entry.id for hit in knowledge_base.ask(query, limit=FIRST).hits]
                if one.entry.id not in found:
                    problem = f'its query "{query}" finds {", ".join(found) or "nothing"} first'
                    remedy = "reword the question, add synonyms, or drop the query"
                    yield Finding(one.place, one.entry.id, problem, remedy)
