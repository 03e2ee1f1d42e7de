"""Suggestions after half a question's letters, one typo in a third of them."""

import random
import shutil
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

from benchmarks.corpora import ROOT, unpack_medquad
from benchmarks.report import interval, percentiles, run, table
from kb.asking import KnowledgeBase
from kb.safety import assess
from kb.search.opening import open_current
from kb.settings import Settings

SAMPLE = 1000
SHOWN = 5


def section() -> str:
    """Return the section on suggestions."""
    lines = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        for label, fill in (("first articles", _our_articles), ("17,896 entries", unpack_medquad)):
            articles = folder / label
            articles.mkdir()
            fill(articles)
            index = folder / f"{label} index"
            run("indexer.py", "build", "--articles", str(articles), "--index", str(index))
            lines += [[label, *measured] for measured in _measured(index)]
    heads = [
        "entries",
        "questions",
        "typed",
        "among 5",
        "bound",
        "of the letters",
        "plain prefix",
        "ms of processor p50 / p95 / p99",
    ]
    return "\n\n".join(
        [
            "## Suggestions (`python -m benchmarks suggesting`)",
            table(heads, lines),
            "Among 5: the share of questions that are suggested after some of their letters, a third of them with one "
            "typo, with a 95% bootstrap interval. Bound: what share an ideal suggester could reach that undoes every "
            "typo and knows that just half is typed, by picking five of all questions that begin so and are of that "
            "length; of the letters: one that knows the letters alone. Plain prefix: the first five questions in "
            "alphabetical order that begin as typed, without typos.",
        ]
    )


def _our_articles(folder: Path) -> None:
    for path in (ROOT / "articles").iterdir():
        shutil.copy(path, folder)


def _measured(index: Path) -> Iterator[list[object]]:
    knowledge_base = KnowledgeBase(Settings(), index)
    collection = open_current(index).live.collection
    questions = sorted({collection.entry(number).question for number in range(collection.size)})
    # A question that calls for a card is never suggested, and so not asked for here.
    questions = [question for question in questions if assess(question).calm]
    completions = _Completions(questions)
    knowledge_base.suggest("warm up")
    for label, least, most in (("half", 0.5, 0.5), ("a third to two thirds", 1 / 3, 2 / 3)):
        chance = random.Random(20261123)
        sample = chance.sample(questions, min(SAMPLE, len(questions)))
        found, plain, times, halves, letters = [], [], [], [], []
        for place, question in enumerate(sample):
            typed = question[: ceil(len(question) * chance.uniform(least, most))]
            asked = _misspelt(typed, chance) if place % 3 == 0 else typed
            start = time.process_time()
            suggested = knowledge_base.suggest(asked)
            times.append(1000 * (time.process_time() - start))
            found.append(question.casefold() in {suggestion.text.casefold() for suggestion in suggested})
            plain.append(question in [other for other in questions if other.startswith(typed)][:SHOWN])
            halves.append(completions.bound(typed, half=True))
            letters.append(completions.bound(typed, half=False))
        bound = f"{fmean(halves):.3f}" if least == most else "–"
        yield [
            len(questions),
            label,
            interval(found),
            bound,
            f"{fmean(letters):.3f}",
            interval(plain),
            percentiles(times),
        ]


class _Completions:
    """What a text may become: the questions that begin so, letters of either case alike."""

    def __init__(self, questions: Sequence[str]) -> None:
        self._sorted = sorted({question.casefold() for question in questions})

    def bound(self, typed: str, *, half: bool) -> float:
        """Return the chance that five of its completions hold the one meant, of those half typed alone or of all."""
        start = typed.casefold()
        first, last = bisect_left(self._sorted, start), bisect_left(self._sorted, start + "\U0010ffff")
        meant = [
            question
            for question in self._sorted[first:last]
            if not half or (len(question) + 1) // 2 == len(typed)
        ]
        return min(SHOWN, len(meant)) / max(len(meant), 1)


def _misspelt(typed: str, chance: random.Random) -> str:
    """Return the text with one letter left out, doubled, swapped with the next, or changed."""
    place = chance.randrange(1, max(2, len(typed) - 1))
    left, letter, right = typed[:place], typed[place : place + 1], typed[place + 1 :]
    kinds = [
        left + right,
        left + 2 * letter + right,
        left + right[:1] + letter + right[1:],
        left + "e" + right,
    ]
    return chance.choice(kinds)


if __name__ == "__main__":
    print(section())
