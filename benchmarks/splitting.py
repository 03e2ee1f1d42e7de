"""Splitting: quality on the articles of the corpus, time, memory, and growth with length."""

import json
import resource
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from benchmarks.corpora import corpora
from kb.content.reading import read_document, read_text
from kb.content.splitting import split_entries

# Named before the first rule was written; see docs/decisions/splitting-held-back-articles.md.
HELD_BACK = (
    "ca_covid_symptoms.html",
    "cdc_suicide_risk.md",
    "nci_hair.md",
    "nhs_t2d_diagnosis.html",
    "nimh_women_depression.txt",
    "va_depression.md",
)
GOALS = {
    "e2e": 0.90,
    "spanF1": 0.93,
    "qtype": 0.92,
    "wellf": 0.99,
    "leak": 0.05,
    "offgold": 0.04,
    "faith": 1.0,
}
FIGURES = (*GOALS, "unfaithful")
SECONDS_FOR_ALL, SECONDS_FOR_LARGE, MEGABYTES_FOR_LARGE = 10, 5, 300
LARGE = 1_000_000  # characters
SECTION = """## Symptoms of the {number}th kind of gout

Kind {number} of gout is a form of arthritis. About {number} adults have it. Doctors may prescribe medicine {number}.

Stress can make kind {number} worse, and rest helps most people with it:

- rest the joint for {number} hours
- drink {number} glasses of water

"""


def section() -> str:
    """Return the figures as a section of Markdown."""
    articles = corpora() / "splitting" / "articles"
    with TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        seconds = write_predictions(articles, predictions)
        rows = [("all articles", score(predictions)), ("the six held back", score(predictions, HELD_BACK))]
    lines = [
        "## Splitting",
        "",
        f"Faithfulness and the other figures are those of the corpus's own scorer. {len(list(_files(articles)))} "
        f"articles were read and split in {seconds:.1f} s of the processor, in one process (goal: {SECONDS_FOR_ALL} s).",
        "",
        f"| | {' | '.join(FIGURES)} |",
        f"|---|{'---|' * len(FIGURES)}",
        *(f"| {name} | {' | '.join(str(values[key]) for key in FIGURES)} |" for name, values in rows),
        f"| goal | {' | '.join(str(GOALS.get(key, 0)) for key in FIGURES)} |",
        "",
        f"| characters | seconds of the processor | peak MB | entries |\n|---|---|---|---|\n{_growth()}",
        "",
        f"Goal for {LARGE:,} characters: {SECONDS_FOR_LARGE} s, {MEGABYTES_FOR_LARGE} MB.",
    ]
    return "\n".join(lines)


def _files(articles: Path) -> list[Path]:
    return sorted(path for path in articles.iterdir() if path.suffix != ".json")


def write_predictions(articles: Path, predictions: Path) -> float:
    """Write an entry a line for every article, and return the seconds of the processor that it took."""
    start = process_time()
    with predictions.open("w", encoding="utf-8") as lines:
        for path in _files(articles):
            for entry in split_entries(read_document(path)):
                row = {
                    "article": path.name,
                    "question": entry.question,
                    "qtype": entry.qtype,
                    "answer": entry.answer,
                    "start": entry.start,
                    "end": entry.end,
                }
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    return process_time() - start


def score(predictions: Path, only: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the totals of the corpus's scorer, run as its own process."""
    command = [sys.executable, "-B", str(corpora() / "splitting" / "score.py"), str(predictions), "--json"]
    command += ["--only", *only] if only else []
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    totals: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return totals


def _growth() -> str:
    """Return rows for an article of 1, 2, 4 and 8 times an eighth of the large one, each in a fresh process."""
    rows = []
    for times in (1, 2, 4, 8):
        with get_context("spawn").Pool(1) as pool:
            rows.append(pool.apply(_measure, (LARGE * times // 8,)))
    return "\n".join(
        f"| {length:,} | {seconds:.1f} | {peak:.0f} | {count} |" for length, seconds, peak, count in rows
    )


def _measure(length: int) -> tuple[int, float, float, int]:
    """Return characters, seconds of the processor, peak megabytes and entries for one made-up article."""
    sections = (SECTION.format(number=number) for number in range(length // (len(SECTION) - 2) + 1))
    source = ("# Gout\n\n" + "".join(sections))[:length]
    split_entries(read_text("warm-up.md", SECTION))
    start = process_time()
    count = len(split_entries(read_text("long.md", source)))
    seconds = process_time() - start
    return length, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, count


def main() -> None:
    print(section())


if __name__ == "__main__":
    main()
