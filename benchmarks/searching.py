"""Search over 17,896 real questions and answers: build, quality, speed."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpora import corpora, rows, scorer, unpack_medquad
from benchmarks.report import interval, percentiles, run, table
from kb.asking import KnowledgeBase
from kb.search.generation import open_current
from kb.settings import Settings

SETS = ("liveqa_dev", "liveqa_messages_dev", "known_dev")


def section() -> str:
    """Return the section on search."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "articles").mkdir()
        unpack_medquad(folder / "articles")
        index = folder / "index"
        built = run("indexer.py", "build", "--articles", str(folder / "articles"), "--index", str(index))
        size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file()) / 1e6
        start = time.perf_counter()
        open_current(index)
        opened = time.perf_counter() - start
        knowledge_base = KnowledgeBase(Settings(), index)
        lines = [_measured(knowledge_base, name) for name in SETS]
    return "\n\n".join(
        [
            "## Search over 17,896 entries (`python -m benchmarks searching`)",
            f"Build {built.seconds:.0f} s, {built.megabytes:.0f} MB of memory, {size:.0f} MB on disk; "
            f"opened cold in {opened:.2f} s.",
            table(["queries", "n", "quality", "ms p50 / p95 / p99"], lines),
            "Quality is MAP@10 for liveqa, MRR@10 for known items, with a 95% bootstrap interval over queries.",
        ]
    )


def _measured(knowledge_base: KnowledgeBase, name: str) -> list[object]:
    score = scorer("search")
    labels = rows(corpora() / "search" / f"{name}.jsonl")
    knowledge_base.ask("warm up")
    values, times = [], []
    for row in labels:
        start = time.perf_counter()
        reply = knowledge_base.ask(row["query"])
        times.append(1000 * (time.perf_counter() - start))
        found = [hit.entry.id for hit in reply.hits]
        graded = "grades" in row
        values.append(
            score.graded(found, row["grades"])["map@10"]
            if graded
            else score.known(found, row["targets"])["mrr@10"]
        )
    return [name, len(labels), interval(values), percentiles(times)]
