"""Search over 17,896 real questions and answers: build, quality step by step, exactness, speed."""

import itertools
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from whoosh import index, query, scoring

from benchmarks.corpora import corpora, rows, scorer, unpack_medquad
from benchmarks.growth import private_megabytes
from benchmarks.known_items import known_items
from benchmarks.report import RESAMPLES, interval, percentiles, run, table
from kb.asking import KnowledgeBase
from kb.search.generation import Generation
from kb.search.opening import open_current
from kb.search.ranking import order as ranking
from kb.search.words.cutting import SEARCHED
from kb.settings import Settings

SETS = ("liveqa_dev", "liveqa_messages_dev", "known_dev")
MADE = 700

# What ranking is made of, one step more each time; the weights of the steps to come are 0.
STEPS = {
    "words, spelling": {"CUE_WEIGHT": 1.0},
    "+ meaning (plain fusion)": {"MEANING_WEIGHT": ranking.MEANING_WEIGHT},
    "+ type of question": {"TYPE_WEIGHT": ranking.TYPE_WEIGHT, "CUE_WEIGHT": ranking.CUE_WEIGHT},
    "+ focus": {"FOCUS_WEIGHT": ranking.FOCUS_WEIGHT},
    "+ coverage (all)": {"COVERAGE_WEIGHT": ranking.COVERAGE_WEIGHT},
}
Values = dict[str, list[float]]


def section() -> str:
    """Return the section on search."""
    labels = {name: rows(corpora() / "search" / f"{name}.jsonl") for name in SETS}
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "articles").mkdir()
        labels["made"] = known_items(rows(unpack_medquad(folder / "articles")), MADE)
        made = folder / "index"
        built = run("indexer.py", "build", "--articles", str(folder / "articles"), "--index", str(made))
        size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file()) / 1e6
        start = time.perf_counter()
        generation = open_current(made)
        opened = time.perf_counter() - start
        knowledge_base = KnowledgeBase(Settings(), made)
        lines = [_measured(knowledge_base, name, labels[name]) for name in labels]
        private = private_megabytes()
        steps = _steps(generation, labels)
        equal, compared = _equal_to_whoosh(made, generation, labels)
    return "\n\n".join(
        [
            "## Search over 17,896 entries (`python -m benchmarks searching`)",
            f"Build {built.seconds:.0f} s, {built.megabytes:.0f} MB of memory, {size:.0f} MB on disk; opened cold in "
            f"{opened:.2f} s; serving took {private:.0f} MB of private memory (two open copies).",
            table(["queries", "n", "quality", "ms p50 / p95 / p99"], lines),
            "Quality is MAP@10 for liveqa, MRR@10 for known items (`made` are benchmarks/known_items.py's own), with a "
            "95% bootstrap interval over queries. The time is the processor's for `KnowledgeBase.ask`, as other "
            "work shared the machine: safety, ranking, ten entries "
            "with their sentences, the outcome.",
            "Step by step, with the share of 2,000 paired bootstrap samples in which a step wins over the one before:",
            table(["ranking", *labels], steps),
            f"BM25 of the score table equals Whoosh's own, `limit=None`, in {equal:,} of {compared:,} pairs of field "
            "and term of these queries.",
        ]
    )


def _quality(row: dict[str, Any], found: Sequence[str]) -> float:
    score = scorer("search")
    if "grades" in row:
        return float(score.graded(found, row["grades"])["map@10"])
    return float(score.known(found, row["targets"])["mrr@10"])


def _measured(knowledge_base: KnowledgeBase, name: str, labels: list[dict[str, Any]]) -> list[object]:
    knowledge_base.ask("warm up")
    values, times = [], []
    for row in labels:
        start = time.process_time()
        reply = knowledge_base.ask(row["query"])
        times.append(1000 * (time.process_time() - start))
        values.append(_quality(row, [hit.entry.id for hit in reply.hits]))
    return [name, len(labels), interval(values), percentiles(times)]


def _steps(generation: Generation, labels: dict[str, list[dict[str, Any]]]) -> list[list[str]]:
    weights = [name for step in STEPS.values() for name in step]
    before = {name: getattr(ranking, name) for name in weights}
    lines, last = [], None
    try:
        for name in before:
            setattr(ranking, name, 0.0)
        for step, changes in STEPS.items():
            for name, value in changes.items():
                setattr(ranking, name, value)
            values = {name: [_ranked(generation, row) for row in labels[name]] for name in labels}
            lines.append([step, *(_step(values[name], last[name] if last else None) for name in labels)])
            last = values
    finally:
        for name, value in before.items():
            setattr(ranking, name, value)
    return lines


def _ranked(generation: Generation, row: dict[str, Any]) -> float:
    question = generation.read(row["query"])
    ranked = generation.rank(question, generation.meaning(question), 10)
    return _quality(row, [generation.at(one.number).id for one in ranked])


def _step(values: list[float], before: list[float] | None) -> str:
    mean = f"{np.mean(values):.3f}"
    if before is None:
        return mean
    differences = np.array(values) - np.array(before)
    chance = np.random.default_rng(20261123)
    means = differences[chance.integers(0, len(differences), (RESAMPLES, len(differences)))].mean(axis=1)
    return f"{mean} ({(means > 0).mean():.2f})"


def _equal_to_whoosh(
    made: Path, generation: Generation, labels: dict[str, list[dict[str, Any]]]
) -> tuple[int, int]:
    queries = itertools.chain.from_iterable(labels.values())
    stems = {
        stem
        for row in queries
        for group in generation.read(row["query"]).groups
        for alternative in group.alternatives
        for stem in alternative.stems
    }
    collection = generation.live.collection
    table_of = collection.segments[0].table
    equal = compared = 0
    with index.open_dir(made / generation.name / "whoosh").searcher(weighting=scoring.BM25F()) as searcher:
        for name in SEARCHED:
            for stem in sorted(stems):
                hits = searcher.search(query.Term(name, stem), limit=None)
                whooshs = {hit.docnum: hit.score for hit in hits}
                numbers, scores = collection.statistics.bm25(table_of, name, stem)
                same = whooshs.keys() == set(numbers.tolist())
                theirs = np.array([whooshs[number] for number in numbers.tolist()]) if same else np.zeros(0)
                compared += 1
                equal += same and bool(np.allclose(theirs, scores, rtol=1e-5))
    return equal, compared
