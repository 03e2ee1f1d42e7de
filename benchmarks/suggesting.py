"""Suggestions after half a question's letters, one typo in a third of them."""

import random
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpora import ROOT, unpack_medquad
from benchmarks.report import interval, percentiles, run, table
from kb.asking import KnowledgeBase
from kb.safety import assess
from kb.search.generation import open_current
from kb.settings import Settings

SAMPLE = 1000


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
            lines.append([label, *_measured(index)])
    return "\n\n".join(
        [
            "## Suggestions (`python -m benchmarks suggesting`)",
            table(["entries", "questions", "among 5", "plain prefix", "ms p50 / p95 / p99"], lines),
            "Among 5: the share of questions that are suggested after half their letters, a third of them with one "
            "typo, with a 95% bootstrap interval. Plain prefix: the first five questions in alphabetical order that "
            "begin as typed, without typos.",
        ]
    )


def _our_articles(folder: Path) -> None:
    for path in (ROOT / "articles").iterdir():
        shutil.copy(path, folder)


def _measured(index: Path) -> list[object]:
    knowledge_base = KnowledgeBase(Settings(), index)
    collection = open_current(index).live.collection
    questions = sorted({collection.entry(number).question for number in range(collection.size)})
    # A question that calls for a card is never suggested, and so not asked for here.
    questions = [question for question in questions if assess(question).calm]
    chance = random.Random(20261123)
    sample = chance.sample(questions, min(SAMPLE, len(questions)))
    found, plain, times = [], [], []
    knowledge_base.suggest("warm up")
    for place, question in enumerate(sample):
        typed = question[: (len(question) + 1) // 2]
        start = time.perf_counter()
        suggested = knowledge_base.suggest(_misspelt(typed, chance) if place % 3 == 0 else typed)
        times.append(1000 * (time.perf_counter() - start))
        found.append(question.casefold() in {suggestion.text.casefold() for suggestion in suggested})
        plain.append(question in [other for other in questions if other.startswith(typed)][:5])
    return [len(questions), interval(found), interval(plain), percentiles(times)]


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
