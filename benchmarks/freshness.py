"""How soon a change is seen beside 17,896 entries, while others search."""

import multiprocessing
import threading
import time
from multiprocessing.sharedctypes import Synchronized, SynchronizedArray
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.corpora import unpack_medquad
from benchmarks.report import percentiles, run, table
from kb.asking import KnowledgeBase
from kb.content.entries import Entry
from kb.search.engine import engine_of
from kb.search.index.changes import Change
from kb.settings import Settings

READERS = 16  # threads, four in each of four processes
PROCESSES = 4
CHANGES = 500
STALE = 1.0  # seconds after which a reader must see a change
ALONE = 50


def section() -> str:
    """Return the section on freshness."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "articles").mkdir()
        unpack_medquad(folder / "articles")
        index = folder / "index"
        run("indexer.py", "build", "--articles", str(folder / "articles"), "--index", str(index))
        alone = _alone(index)
        crowd = _crowd(index)
    return "\n\n".join(
        [
            "## Freshness beside 17,896 entries (`python -m benchmarks freshness`)",
            table(
                ["one change, no one else", "ms p50 / p95 / p99"],
                [[what, percentiles(times)] for what, times in alone.items()],
            ),
            f"{READERS} readers in {PROCESSES} processes search without pause while one writer publishes "
            f"{CHANGES} entries, one after the other:",
            table(
                ["searches", "errors", f"stale after {STALE:g} s", "lost", "ms a publish p50 / p95 / p99"],
                [
                    [
                        crowd["reads"],
                        crowd["errors"],
                        crowd["stale"],
                        crowd["lost"],
                        percentiles(crowd["times"]),
                    ]
                ],
            ),
        ]
    )


def _probe(number: int) -> Entry:
    answer = f"Probe number {number} stands here."
    return Entry(
        id=f"probe-{number}",
        article="probes.jsonl",
        question=f"What is zyxprobe{number}?",
        answer=answer,
        start=0,
        end=len(answer),
        status="published",
    )


def _alone(index: Path) -> dict[str, list[float]]:
    """Return the milliseconds from the call until another reader finds the entry, or no longer does."""
    knowledge_base, engine = KnowledgeBase(Settings(), index), engine_of(Settings(), index)
    knowledge_base.ask("warm up")
    times: dict[str, list[float]] = {"published, to findable": [], "withdrawn, to gone": []}
    for number in range(ALONE):
        start = time.perf_counter()
        engine.change([Change(_probe(-number - 1).id, _probe(-number - 1))])
        _until(lambda number=number: _finds(knowledge_base, -number - 1))
        times["published, to findable"].append(1000 * (time.perf_counter() - start))
        start = time.perf_counter()
        engine.change([Change(_probe(-number - 1).id)])
        _until(lambda number=number: not _finds(knowledge_base, -number - 1))
        times["withdrawn, to gone"].append(1000 * (time.perf_counter() - start))
    return times


def _finds(knowledge_base: KnowledgeBase, number: int) -> bool:
    hits = knowledge_base.ask(_probe(number).question, limit=3).hits
    return _probe(number).id in [hit.entry.id for hit in hits]


def _until(true: Any) -> None:
    while not true():
        pass


def _crowd(index: Path) -> dict[str, Any]:
    context = multiprocessing.get_context("spawn")
    published: Any = context.Array("d", CHANGES)
    counts = [context.Value("q", 0) for _ in range(3)]
    done = context.Event()
    ready = context.Barrier(PROCESSES + 1)
    readers = [
        context.Process(target=_read, args=(str(index), published, counts, done, ready))
        for _ in range(PROCESSES)
    ]
    for reader in readers:
        reader.start()
    ready.wait()
    engine = engine_of(Settings(), index)
    times = []
    for number in range(CHANGES):
        start = time.perf_counter()
        engine.change([Change(_probe(number).id, _probe(number))])
        times.append(1000 * (time.perf_counter() - start))
        published[number] = time.monotonic()
    done.set()
    for reader in readers:
        reader.join()
    knowledge_base = KnowledgeBase(Settings(), index)
    lost = sum(knowledge_base.entry(_probe(number).id) is None for number in range(CHANGES))
    reads, errors, stale = (count.value for count in counts)
    return {"reads": reads, "errors": errors, "stale": stale, "lost": lost, "times": times}


def _read(
    index: str,
    published: "SynchronizedArray[Any]",
    counts: "list[Synchronized[int]]",
    done: Any,
    ready: Any,
) -> None:
    knowledge_base = KnowledgeBase(Settings(), Path(index))
    knowledge_base.ask("warm up")
    ready.wait()
    threads = [
        threading.Thread(target=_read_on, args=(knowledge_base, published, counts, done))
        for _ in range(READERS // PROCESSES)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _read_on(
    knowledge_base: KnowledgeBase,
    published: "SynchronizedArray[Any]",
    counts: "list[Synchronized[int]]",
    done: Any,
) -> None:
    reads, errors, stale = counts
    while not done.is_set():
        now = time.monotonic()
        due = [number for number, moment in enumerate(published[:]) if 0 < moment < now - STALE]
        try:
            missing = bool(due) and not _finds(knowledge_base, due[-1])
        except Exception:  # counted, whatever it is: none may happen
            missing = False
            with errors.get_lock():
                errors.value += 1
        with reads.get_lock():
            reads.value += 1
        if missing:
            with stale.get_lock():
                stale.value += 1
