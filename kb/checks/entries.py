"""What one entry must be before the public sees it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kb.checks.articles import Checked, Today
from kb.checks.findings import Finding
from kb.checks.reading_grade import LEAST_WORDS, hardest_words, reading_grade
from kb.content.entries_file import entries_path
from kb.content.merging import CONFLICT, SOURCE_CHANGED
from kb.content.splitting.article import POINTER
from kb.content.splitting.passages import DANGLING, LEAD_IN
from kb.search.words.analysis import all_terms

# The splitter's flags (docs/splitting.md). An editor removes one once the entry is mended or found to be fine.
UNSAFE_ALONE = {
    "dangling-start": "it opens with a word that points back",
    "points-elsewhere": "it points to another place in the article",
    "caveat-follows": "the article limits it in the sentence after it",
    "ends-before-its-list": "it announces a list that it does not hold",
}
# The same of a row, which no splitter has seen and no editor can clear of a flag: so it blocks nothing.
SIGNS = {
    "dangling-start": DANGLING.match,
    "points-elsewhere": POINTER.search,
    "ends-before-its-list": LEAD_IN.search,
}
WORTH_A_LOOK = {
    "furniture-inside": "the answer holds words that are no part of it",
    "generic-question": "the question is a last resort",
    "question-leans": "the question leaves out what it asks about",
    "duplicate-question": "another entry of the article asks the same",
    "question-of-section": "the question is that of the whole section",
}


class Problem(NamedTuple):
    """What is wrong with an entry, and what to do."""

    what: str
    remedy: str
    blocks: bool = False


def findings_of(checked: Checked, today: Today) -> Iterator[Finding]:
    """Yield what one entry needs."""
    for check in (_words, _source, _review, _flags, _row, _grade, _focus):
        for problem in check(checked, today):
            yield Finding(checked.place, checked.entry.id, *problem)


def _words(checked: Checked, _: Today) -> Iterator[Problem]:
    entry = checked.entry
    if checked.document is not None and entry.answer not in checked.document.text:
        remedy = f'run "indexer.py split {entry.article} --write" and look at the entry'
        # Where the article still has the words that were split, it was the editor who changed them.
        edited = entry.auto is not None and entry.auto.answer in checked.document.text
        if checked.published and not edited:
            yield Problem("its source words changed, so it is withheld", remedy)
        else:
            yield Problem("the answer is not the article's text", remedy, blocks=True)
    if entry.short and entry.short not in entry.answer:
        yield Problem("the short answer is not a part of the answer", "copy it from the answer", blocks=True)


def _source(checked: Checked, _: Today) -> Iterator[Problem]:
    stated = checked.document.metadata if checked.document else None
    remedy = "give the article or the entry a source"
    if stated is None:
        own = entries_path(Path(checked.entry.article)).name
        remedy = f'give the row a source, or all of them: source = "…" under [article] in {own}'
    if not checked.entry.source and not (stated and (stated.source or stated.title)):
        yield Problem("no source", remedy, blocks=True)


def _review(checked: Checked, today: Today) -> Iterator[Problem]:
    entry = checked.entry
    if entry.review_due and entry.review_due < today.date:
        yield Problem(f"review was due on {entry.review_due}", "review it, or withdraw it")
    if checked.published and checked.document is not None and not entry.reviewed_by:
        yield Problem("never reviewed by a clinician", "set reviewed_by and reviewed_on once one has read it")


def _flags(checked: Checked, _: Today) -> Iterator[Problem]:
    for flag in checked.entry.flags:
        if flag == SOURCE_CHANGED:
            old = checked.entry.previous_answer
            yield Problem(
                f'its source words changed; they were "{old}"', "read the new ones and publish again"
            )
        elif flag == CONFLICT:
            yield Problem(
                "you and the splitter both changed it", 'compare it with [entry.auto], remove "conflict"'
            )
        elif flag in UNSAFE_ALONE:
            remedy = f'reword the article, or remove "{flag}" once you find it safe to read alone'
            yield Problem(f"the answer is unsafe alone: {UNSAFE_ALONE[flag]}", remedy, blocks=True)
        elif flag in WORTH_A_LOOK:
            yield Problem(WORTH_A_LOOK[flag], f'mend it, then remove "{flag}"')


def _row(checked: Checked, _: Today) -> Iterator[Problem]:
    if checked.document is None:
        for flag, seen in SIGNS.items():
            if seen(checked.entry.answer):
                yield Problem(f"the answer is unsafe alone: {UNSAFE_ALONE[flag]}", f"reword the row ({flag})")


def _grade(checked: Checked, today: Today) -> Iterator[Problem]:
    entry = checked.entry
    # The formula is for English prose; an imported row is its publisher's own affair.
    if (
        checked.document is None
        or not entry.lang.startswith("en")
        or len(all_terms(entry.answer)) < LEAST_WORDS
    ):
        return
    grade = reading_grade(entry.answer, today.allowed_words)
    if grade > today.grade:
        hard = ", ".join(hardest_words(entry.answer, today.allowed_words))
        remedy = f"shorten its sentences, or plainer words for: {hard}" if hard else "shorten its sentences"
        yield Problem(f"reading grade {grade:.1f}, the target is {today.grade:g}", remedy)


def _focus(checked: Checked, _: Today) -> Iterator[Problem]:
    if checked.document is not None and not checked.entry.focus:
        yield Problem("no focus", "say in a word or two what it is about")


def duplicate_questions(entries: Iterable[Checked]) -> Iterator[Finding]:
    """Yield a finding for each entry that asks what an earlier one asks."""
    seen: dict[tuple[str, ...], Checked] = {}
    for checked in entries:
        asked = tuple(term.text for term in all_terms(checked.entry.question))
        first = seen.setdefault(asked, checked)
        if first is not checked:
            problem = f'asks "{checked.entry.question}", as entry {first.entry.id} does ({first.place})'
            yield Finding(checked.place, checked.entry.id, problem, "reword or reject one of them")
