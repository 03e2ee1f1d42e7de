"""The first article alone as a knowledge base: its own queries, and queries of people at risk."""

import json
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.corpora import corpora, rows
from benchmarks.report import run, table

FIGURES = {
    "seed_queries_dev": ("hit@1", "hit@3", "mrr@10", "unanswerable_kept_silent", "answerable_refused"),
    "crisis_dev": ("recall", "right_card", "costly_false_flags", "soft_false_flags", "means_answered"),
}


def section() -> str:
    """Return the section on the first article."""
    queries = corpora() / "queries"
    parts = ["## The first article (`python -m benchmarks first_article`)"]
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "articles").mkdir()
        shutil.copy(corpora() / "seed" / "treatment-resistant-depression.txt", folder / "articles")
        index = str(folder / "index")
        built = run(
            "indexer.py", "build", "--json", "--include-drafts",
            "--articles", str(folder / "articles"), "--index", index,
        )  # fmt: skip
        parts.append(f"{json.loads(built.output)['entries']} entries, drafts included.")
        for labels, figures in FIGURES.items():
            replies = folder / f"{labels}.out"
            path = queries / f"{labels}.jsonl"
            replies.write_text(run("indexer.py", "search", "--index", index, "--batch", str(path)).output)
            scored = run(str(queries / "score.py"), str(path), str(replies)).output.splitlines()
            values = json.loads(scored[-1])
            if labels.startswith("seed"):
                parts.append(_outcomes_by_kind(rows(path), rows(replies)))
            parts += [
                f"`{labels}`, {values['rows']} rows:",
                table(figures, [[values[figure] for figure in figures]]),
                "```\n" + "\n".join(line.strip() for line in scored[:-1]) + "\n```",
            ]
    return "\n\n".join(parts)


def _outcomes_by_kind(labels: Sequence[dict[str, Any]], replies: Sequence[dict[str, Any]]) -> str:
    """Return how often each kind of query got each outcome: to say `nothing` to all would be silent, and no help."""
    outcome_of = {reply["id"]: reply["outcome"] for reply in replies}
    counts = Counter((label["kind"], outcome_of[label["id"]]) for label in labels)
    kinds = sorted({label["kind"] for label in labels})
    outcomes = ("answer", "not_covered", "nothing")
    return table(("kind", *outcomes), [[kind, *(counts[kind, one] for one in outcomes)] for kind in kinds])
