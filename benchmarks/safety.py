"""Measure the safety classifier: figures per group, false flags, and time.

Labelled queries are read from the folder in KB_CORPORA (default ../shared beside the checkout);
without them, only the project's own held-back examples and the times are measured.
"""

import json
import os
import platform
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from kb.safety import Assessment, assess
from kb.safety.examples import read_examples
from kb.safety.training import EXAMPLES

CORPORA = Path(os.environ.get("KB_CORPORA", Path(__file__).parents[2] / "shared"))

# One query: its text, the card it asks for, its group, whether a card does harm, whether it asks for means.
Row = tuple[str, str, str, bool, bool]


def main() -> None:
    """Print every figure as a table."""
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
    report("The project's own examples, the third held back from training", own)
    labelled = CORPORA / "queries/crisis_dev.jsonl"
    if labelled.exists():
        report(f"Labelled queries ({labelled.name})", read_labelled(labelled))
    else:
        print(f"\n{labelled} is absent: set KB_CORPORA to measure on labelled queries.")
    report_times([row[0] for row in own], [row[0] for row in own if row[1] == "none"])


def read_labelled(path: Path) -> list[Row]:
    """Return the rows of a labelled file on whose label readers agree."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        (
            row["query"],
            row["label"],
            row["subtype"],
            not row["soft_ok"],
            row["subtype"].startswith("means"),
        )
        for row in rows
        if not row["ambiguous"]
    ]


def report(title: str, rows: Iterable[Row]) -> None:
    """Print recall per group of risk, false flags per group of calm, and the sums."""
    groups: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    sums: dict[str, list[bool]] = defaultdict(list)
    for query, label, group, costly, means in rows:
        found = assess(query)
        flagged = not found.calm
        groups[label != "none", f"{label}/{group}"].append(flagged)
        if label == "none":
            sums["costly false flags" if costly else "soft false flags"].append(flagged)
        else:
            sums["risk recall"].append(flagged)
            sums["right card"].append(found.level == label)
        if means:
            sums["means known as such"].append(found.means)
    print(f"\n{title}")
    for (risk, name), flags in sorted(groups.items(), reverse=True):
        print(f"  {'caught' if risk else 'flagged'}  {name:38} {sum(flags):4}/{len(flags)}")
    for name, flags in sums.items():
        print(f"  {name:20} {sum(flags) / len(flags):.3f}  (n {len(flags)})")


def report_times(queries: list[str], calm_queries: list[str]) -> None:
    """Print milliseconds per query, and for long texts.

    The long ones are made of calm queries: a text is read no further once nothing graver can come.
    """
    assess("read the data files first")
    times = sorted(milliseconds(query) for query in queries * 3)
    message = ". ".join(calm_queries * 3)[:10_000]
    calm = "Hello, we moved here in June and would like to know the hours. "
    print(f"\nTime in ms ({platform.machine()}, Python {platform.python_version()})")
    print(f"  per query: p50 {times[len(times) // 2]:.2f}  p99 {times[len(times) * 99 // 100]:.2f}")
    print(f"  10 kB of calm queries: {min(milliseconds(message) for _ in range(5)):.1f}")
    print(f"  1 MB, one text pasted again and again: {milliseconds(calm * 16_000):.0f}")
    print(f"  1 MB of words that are none: {milliseconds(unknown_words(110_000)):.0f}")


def milliseconds(text: str) -> float:
    """Return the processor time that judging `text` takes: other work on the machine does not count."""
    start = time.process_time()
    result: Assessment = assess(text)
    spent = time.process_time() - start
    assert result.level
    return spent * 1000


def unknown_words(count: int) -> str:
    """Return `count` words, no two alike."""
    return " ".join(
        f"zq{number:x}kv".translate(str.maketrans("0123456789", "ghjlmnprtv")) for number in range(count)
    )


if __name__ == "__main__":
    main()
