"""All of a folder that is, or may soon be, before the public: entries of articles, and rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from kb.checks.articles import LIVE, Checked, line_of
from kb.checks.findings import Finding
from kb.content.entries import Entry
from kb.content.entries_file import SUFFIX, entries_path, tables_by_id
from kb.content.imported import MOST_PROBLEMS_OF_A_FILE, row_lines
from kb.content.library import (
    ArticleFile,
    Library,
    article_paths,
    doubled_ids,
    holds_rows,
    read_with_entries,
)
from kb.content.reading import unknown_keys
from kb.errors import KbError


@dataclass(slots=True)
class _Whole(Library):
    """The folder as it is served, but with every live entry of its articles, as it stands."""

    articles: dict[str, ArticleFile] = field(default_factory=dict)

    def _article(self, path: Path) -> Iterator[Entry]:
        article = self.articles[path.name] = read_with_entries(path)
        yield from (entry for entry in article.known.entries if entry.status in LIVE)

    def _unique(self, path: Path, entries: Iterator[Entry]) -> Iterator[Entry]:
        # Both are checked: that two have one id is a finding of its own, whether they are live or not.
        return entries


def checked_entries(folder: Path, report: Callable[[KbError], None]) -> Iterator[Checked]:
    """Yield the live entries of every article and every row that is served; what cannot be used is reported."""
    library = _Whole(folder, report)
    lines = cache(row_lines)
    for entry in library.entries():
        path = folder / entry.article
        place = _place(path, entry.id, lines)
        if holds_rows(path):
            yield Checked(entry, place, None)
        else:
            article = library.articles[entry.article]
            yield Checked(_placed(entry, article.entries), place, article.document)


def doubled_id_findings(folder: Path) -> Iterator[Finding]:
    """Yield a finding for each id that an earlier file has: of the two entries, only one is ever served."""
    lines = cache(row_lines)
    for entry_id, (first, *others) in doubled_ids(folder).items():
        for path in others:
            problem, remedy = f"{first.name} has the same id", "give one of them another id"
            yield Finding(_place(path, entry_id, lines), entry_id, problem, remedy, blocks=True)


def unknown_key_findings(folder: Path) -> Iterator[Finding]:
    """Yield a finding for each key in the front matter of an article that is not understood."""
    for path in article_paths(folder):
        if holds_rows(path):
            continue
        with suppress(KbError, OSError):  # What cannot be read is told of by those who read it.
            for error in unknown_keys(path):
                yield Finding(error.place, "", error.problem, error.remedy)


def replacement_findings(folder: Path, published: Set[str]) -> Iterator[Finding]:
    """Yield a finding for each withdrawn entry that sends its readers to an entry which is not published."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        with suppress(KbError, OSError):
            for entry_id, table in tables_by_id(path).items():
                better = table.get("replaced_by")
                if table.get("status") != "withdrawn" or not better or better in published:
                    continue
                itself = better == entry_id
                problem = f"replaced_by names {'itself' if itself else f'{better}, which is not published'}"
                place = f"{path}:{line_of(path, entry_id)}"
                remedy = "name a published entry, or remove it"
                yield Finding(place, entry_id, problem, remedy, blocks=True)


def _placed(entry: Entry, placed: Sequence[Entry]) -> Entry:
    found = next((other for other in placed if other.id == entry.id), None)
    return entry if found is None else replace(entry, start=found.start, end=found.end)


def _place(path: Path, entry_id: str, lines_of_rows: Callable[[Path], Mapping[str, int]]) -> str:
    if holds_rows(path) and entry_id in (lines := lines_of_rows(path)):
        return f"{path}:{lines[entry_id]}"
    own = entries_path(path)
    return f"{own}:{line_of(own, entry_id)}"


def few_of_each(findings: Sequence[Finding], file_of_row: Mapping[str, str]) -> list[Finding]:
    """Return the findings, but of those with one remedy for the rows of one file only the first.

    A finding for each of 100,000 rows would bury the others.
    """
    kept: list[Finding] = []
    more: dict[tuple[str, str, bool], list[Finding]] = {}
    for finding in findings:
        if finding.entry not in file_of_row:
            kept.append(finding)
            continue
        alike = more.setdefault((file_of_row[finding.entry], finding.remedy, finding.blocks), [])
        alike.append(finding)
    for alike in more.values():
        kept += alike[:MOST_PROBLEMS_OF_A_FILE]
        left = len(alike) - MOST_PROBLEMS_OF_A_FILE
        if left > 0:
            last = alike[MOST_PROBLEMS_OF_A_FILE]
            kept.append(replace(last, entry="", problem=f"{left} more rows like those before"))
    return kept
