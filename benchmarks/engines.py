"""Our search beside other engines, over the same entries and queries, in one run."""

import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.corpora import ROOT, corpora, rows, scorer, unpack_medquad
from benchmarks.report import interval, table
from kb.asking import KnowledgeBase
from kb.content.imported import read_rows
from kb.search.building import build
from kb.search.generation import Contents
from kb.search.opening import open_current
from kb.search.words.analysis import content_terms, stop_words
from kb.settings import Settings

PICTURE = ROOT / "docs" / "images" / "engines.png"
SETS = ("liveqa_dev", "liveqa_messages_dev", "known_dev")
# Each engine's own boosts: a question says more than the names of its focus, these more than the answer.
BOOSTS = {"question": 3.0, "synonyms": 2.0, "answer": 1.0}

Engine = Callable[[str], Sequence[str]]  # a query -> ids, best first


def section() -> str:
    """Return the section on engines, and draw docs/images/engines.png."""
    score = scorer("search")
    labels = {name: rows(corpora() / "search" / f"{name}.jsonl") for name in SETS}
    lines, points = [], []
    with TemporaryDirectory() as name:
        folder = Path(name)
        source = unpack_medquad(folder)
        for engine_name, make in ENGINES.items():
            search = make(source, folder)
            search("warm up")
            values: dict[str, list[float]] = {name: [] for name in SETS}
            times = []
            for set_name in SETS:
                for row in labels[set_name]:
                    start = time.process_time()
                    found = list(search(row["query"]))
                    times.append(1000 * (time.process_time() - start))
                    scored = (
                        score.graded(found, row["grades"])["map@10"]
                        if "grades" in row
                        else score.known(found, row["targets"])["mrr@10"]
                    )
                    values[set_name].append(scored)
            low, high = np.percentile(times, [50, 95])
            lines.append([engine_name, *(interval(values[name]) for name in SETS), f"{low:.1f} / {high:.1f}"])
            points.append((engine_name, float(low), float(np.mean(values["liveqa_dev"]))))
    _draw(points)
    head = ["engine", "MAP@10 summaries", "MAP@10 messages", "MRR@10 known items", "ms p50 / p95"]
    return "\n\n".join(
        [
            "## Beside other engines (`python -m benchmarks engines`)",
            "The same 17,896 entries and 556 queries in one run and one process; the time is the processor's, from "
            "the query's text to ten stored entries. Ours is that of whole answers, with safety, outcome and the "
            "sentences that are shown; its order alone leaves these out and does what the others do. "
            "Every engine stems English, drops our stop words, and boosts the fields alike; Whoosh is at its defaults.",
            table(head, lines),
            "![MAP@10 of summary questions against milliseconds a query](images/engines.png)",
        ]
    )


def _draw(points: list[tuple[str, float, float]]) -> None:
    # Only this benchmark and the one of growth draw.
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axis = pyplot.subplots(figsize=(7, 4))
    for name, milliseconds, quality in points:
        axis.scatter(milliseconds, quality)
        axis.annotate(name, (milliseconds, quality), xytext=(6, 4), textcoords="offset points")
    axis.set(
        xscale="log", xlabel="milliseconds a query (p50)", ylabel="MAP@10, summary questions", ylim=(0, 0.7)
    )
    axis.set_xlim(right=max(milliseconds for _, milliseconds, _ in points) * 3)
    figure.tight_layout()
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE, dpi=120)


# ---------------------------------------------------------------- engines


def _ours(source: Path, folder: Path) -> Engine:
    build(folder / "ours", Contents(read_rows(source, print), list, dict, dict))
    knowledge_base = KnowledgeBase(Settings(), folder / "ours")
    return lambda query: [hit.entry.id for hit in knowledge_base.ask(query).hits]


def _our_order(_: Path, folder: Path) -> Engine:
    """Return the search of the generation that `_ours` built, without safety, outcome and what is shown."""
    generation = open_current(folder / "ours")

    def search(query: str) -> Sequence[str]:
        question = generation.read(query)
        ranked = generation.rank(question, generation.meaning(question), 10)
        return [generation.at(one.number).id for one in ranked]

    return search


def _sqlite(source: Path, folder: Path) -> Engine:
    database = sqlite3.connect(folder / "fts.db")
    database.execute(
        "create virtual table entries using fts5(id unindexed, question, synonyms, answer, tokenize='porter')"
    )
    for row in rows(source):
        database.execute(
            "insert into entries values (?, ?, ?, ?)",
            (row["id"], row["question"], "\n".join(row["synonyms"]), row["answer"]),
        )
    database.commit()
    weights = ", ".join(str(boost) for boost in BOOSTS.values())

    def search(query: str) -> Sequence[str]:
        words = " OR ".join(f'"{word}"' for word in _words(query))
        if not words:
            return []
        order = f"select id, answer from entries where entries match ? order by bm25(entries, 0, {weights}) limit 10"
        return [row[0] for row in database.execute(order, (words,))]

    return search


def _tantivy(source: Path, folder: Path) -> Engine:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for field in BOOSTS:
        builder.add_text_field(field, stored=True, tokenizer_name="en_stem")
    (folder / "tantivy").mkdir()
    index = tantivy.Index(builder.build(), path=str(folder / "tantivy"))
    writer = index.writer(100_000_000, 1)
    for row in rows(source):
        fields = {"id": row["id"], "question": row["question"], "answer": row["answer"]}
        writer.add_document(tantivy.Document(**fields, synonyms="\n".join(row["synonyms"])))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> Sequence[str]:
        words = " ".join(_words(query))
        if not words:
            return []
        parsed = index.parse_query(words, list(BOOSTS), field_boosts=BOOSTS)
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(parsed, 10).hits]

    return search


def _bm25s(source: Path, folder: Path) -> Engine:
    import bm25s

    entries = rows(source)
    # It has one field: what is boosted is said more than once.
    texts = [
        " ".join([*[row["question"]] * 3, *[" ".join(row["synonyms"])] * 2, row["answer"]]) for row in entries
    ]
    index = bm25s.BM25()
    index.index([[term.text for term in content_terms(text)] for text in texts], show_progress=False)

    def search(query: str) -> Sequence[str]:
        terms = [term.text for term in content_terms(query)]
        if not terms:
            return []
        found, _ = index.retrieve([terms], k=10, show_progress=False)
        return [entries[int(number)]["id"] for number in found[0]]

    return search


def _whoosh(source: Path, folder: Path) -> Engine:
    from whoosh import fields, index
    from whoosh.analysis import StemmingAnalyzer
    from whoosh.qparser import MultifieldParser, OrGroup

    (folder / "whoosh").mkdir()
    schema = fields.Schema(
        id=fields.ID(stored=True),
        **{
            name: fields.TEXT(analyzer=StemmingAnalyzer(), field_boost=boost)
            for name, boost in BOOSTS.items()
        },
    )
    made = index.create_in(folder / "whoosh", schema)
    writer = made.writer(limitmb=256)
    for row in rows(source):
        writer.add_document(
            id=row["id"], question=row["question"], synonyms="\n".join(row["synonyms"]), answer=row["answer"]
        )
    writer.commit()
    searcher = made.searcher()
    parser = MultifieldParser(list(BOOSTS), schema, group=OrGroup)

    def search(query: str) -> Sequence[str]:
        return [hit["id"] for hit in searcher.search(parser.parse(" ".join(_words(query))), limit=10)]

    return search


def _words(query: str) -> list[str]:
    words: list[str] = re.findall(r"[a-z0-9]+", query.lower())
    return [word for word in words if word not in stop_words()]


ENGINES: dict[str, Callable[[Path, Path], Any]] = {
    "ours": _ours,
    "ours, its order alone": _our_order,
    "SQLite FTS5": _sqlite,
    "tantivy": _tantivy,
    "bm25s": _bm25s,
    "Whoosh": _whoosh,
}
