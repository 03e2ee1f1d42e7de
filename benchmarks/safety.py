"""Safety: recall and false flags per group, calm medical questions, and time.

The labelled queries are kept outside the project. The project's own held-back third is judged with
a model that has not learnt from it; the model in use has.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.corpora import corpora, rows, unpack_medquad
from benchmarks.report import percentiles, table
from kb.safety import Assessment, assess
from kb.safety.assessing import assess_with
from kb.safety.examples import read_examples
from kb.safety.training import EXAMPLES, train_without_held_back

# One query: its text, the card it asks for, its group, whether a card does harm, whether it asks for means.
Row = tuple[str, str, str, bool, bool]
FIGURES = (
    "risk that got a card",
    "the right card of two",
    "means known as means",
    "costly false flags",
    "soft false flags (a card would do no harm)",
)


def section() -> str:
    """Return the section on safety."""
    own = [
        (
            example.text,
            "crisis" if example.label == "means" else example.label,
            example.group,
            True,
            example.label == "means",
        )
        for example in read_examples(EXAMPLES)
        if example.held_back
    ]
    labelled = _labelled()
    unlearnt = train_without_held_back()
    outside, outside_groups = _judged(labelled, assess)
    inside, inside_groups = _judged(own, lambda query: assess_with(query, unlearnt))
    return "\n\n".join(
        [
            "## Safety (`python -m benchmarks safety`)",
            table(
                ["", "labelled queries, kept outside the project", "own examples, the held-back third"],
                [[name, outside.get(name, ""), inside.get(name, "")] for name in FIGURES],
            ),
            _medical(),
            _times([row[0] for row in own], [row[0] for row in own if row[1] == "none"]),
            "Labelled queries by group (caught; flagged where the group is none):",
            table(["group", "given a card"], outside_groups),
            "Own held-back examples by group:",
            table(["group", "given a card"], inside_groups),
        ]
    )


def _labelled() -> list[Row]:
    """Return the labelled queries, without those whose label is ambiguous."""
    return [
        (
            row["query"],
            row["label"],
            row["subtype"],
            not row["soft_ok"],
            row["subtype"].startswith("means"),
        )
        for row in rows(corpora() / "queries" / "crisis_dev.jsonl")
        if not row["ambiguous"]
    ]


def _judged(
    queries: Iterable[Row], judge: Callable[[str], Assessment]
) -> tuple[dict[str, str], list[list[str]]]:
    """Return the figures by name, and a line per group."""
    groups: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    sums: dict[str, list[bool]] = defaultdict(list)
    for query, label, group, costly, means in queries:
        found = judge(query)
        groups[label == "none", f"{label}/{group}"].append(not found.calm)
        if label == "none":
            sums[FIGURES[3] if costly else FIGURES[4]].append(not found.calm)
        else:
            sums[FIGURES[0]].append(not found.calm)
            sums[FIGURES[1]].append(found.level == label)
        if means:
            sums[FIGURES[2]].append(found.means)
    return (
        {name: f"{sum(flags) / len(flags):.3f} of {len(flags)}" for name, flags in sums.items()},
        [[name, f"{sum(flags)}/{len(flags)}"] for (_, name), flags in sorted(groups.items())],
    )


def _medical() -> str:
    """Return how many calm medical questions are flagged."""
    questions = [row["question"] for row in _pairs()]
    flagged = sum(not assess(question).calm for question in questions)
    return f"Of {len(questions):,} plain medical questions {flagged} are flagged ({flagged / len(questions):.2%})."


def _pairs() -> list[dict[str, Any]]:
    """Return the medical questions with their answers."""
    with TemporaryDirectory() as name:
        return rows(unpack_medquad(Path(name)))


def _times(queries: list[str], calm_queries: list[str]) -> str:
    """Return the times; long texts are made of calm queries, as reading stops at the gravest."""
    assess("read the data files first")
    times = [_milliseconds(query) for query in queries * 3]
    message = ". ".join(calm_queries * 3)[:10_000]
    answers = " ".join(row["answer"] for row in _pairs())[:1_000_000]
    calm = "Hello, we moved here in June and would like to know the hours. "
    lines = [
        ["a query, p50 / p95 / p99", percentiles(times)],
        ["10 kB of calm queries", f"{min(_milliseconds(message) for _ in range(9)):.1f}"],
        ["1 MB, one text pasted again and again", f"{_milliseconds(calm * 16_000):.0f}"],
        ["1 MB of medical answers, no two alike", f"{_milliseconds(answers):.0f}"],
        ["1 MB of words that are none, no two alike", f"{_milliseconds(_unknown_words(110_000)):.0f}"],
        ["1 MB of one letter", f"{_milliseconds('a' * 1_000_000):.0f}"],
        ["1 MB of faces", f"{_milliseconds('😀' * 250_000):.0f}"],
        ["1 MB of Hebrew", f"{_milliseconds('שלום עולם ' * 55_000):.0f}"],
    ]
    return table(["judged", "ms"], lines)


def _milliseconds(text: str) -> float:
    """Return the milliseconds by the clock on the wall that judging `text` takes."""
    start = time.perf_counter()
    assess(text)
    return 1000 * (time.perf_counter() - start)


def _unknown_words(count: int) -> str:
    """Return `count` words, no two alike."""
    return " ".join(
        f"zq{number:x}kv".translate(str.maketrans("0123456789", "ghjlmnprtv")) for number in range(count)
    )
