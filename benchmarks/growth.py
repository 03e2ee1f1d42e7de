"""How build, size, memory and search time grow with the number of entries."""

import json
import re
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

import numpy as np

from benchmarks.corpora import ROOT, corpora, rows, unpack_medquad
from benchmarks.report import run, table
from kb.asking import KnowledgeBase
from kb.content.imported import read_rows
from kb.search.building import build
from kb.search.generation import Contents
from kb.settings import Settings

TIMES = (1, 2, 5, 10)
PICTURE = ROOT / "docs" / "images" / "growth.png"
# Where one machine should give way: an editor waits no longer than this for a build, a visitor for a search.
LONGEST_BUILD, LONGEST_SEARCH = 600.0, 50.0
ENDINGS = ("", "an", "or", "is", "um", "eth", "ol", "ix", "ar", "en")


def changed(text: str, copy: int) -> str:
    """Return the text with every fourth of its long words changed, others for each copy: no copy is a twin."""

    def ending(match: re.Match[str]) -> str:
        word = match.group()
        return word + ENDINGS[copy] if crc32(word.encode()) % 4 == copy % 4 else word

    return text if copy == 0 else re.sub(r"[a-z]{6,}", ending, text)


def section() -> str:
    """Return the section on growth, and draw docs/images/growth.png."""
    lines, measured = [], []
    with TemporaryDirectory() as name:
        folder = Path(name)
        source = unpack_medquad(folder)
        for times in TIMES:
            _write_copies(source, folder / "rows", times)
            one = json.loads(
                run("-m", "benchmarks.growth", str(folder / "rows"), str(folder / str(times))).output
            )
            two = json.loads(run("-m", "benchmarks.growth", str(folder / str(times))).output)
            measured.append(one | two)
            lines.append(
                [
                    f"{one['entries']:,}", f"{one['build']:.0f}", f"{one['peak']:.0f}", f"{one['disk']:.0f}",
                    f"{two['open']:.2f}", f"{two['p50']:.1f} / {two['p95']:.1f}", f"{two['private']:.0f}",
                ]
            )  # fmt: skip
    _draw(measured)
    head = ["entries", "build s", "build MB", "disk MB", "open s", "search ms p50 / p95", "private MB"]
    return "\n\n".join(
        [
            "## Growth (`python -m benchmarks growth`)",
            "The 17,896 entries again and again, in every copy other words changed; searches are the known-item queries.",
            table(head, lines),
            _limit(measured),
            "![Build and search time against the number of entries](images/growth.png)",
        ]
    )


def _limit(measured: list[dict[str, float]]) -> str:
    last = measured[-1]
    by_build = last["entries"] * LONGEST_BUILD / last["build"]
    by_search = last["entries"] * LONGEST_SEARCH / last["p95"]
    return (
        f"A build of {LONGEST_BUILD / 60:.0f} minutes is reached at about {by_build:,.0f} entries and a search of "
        f"{LONGEST_SEARCH:.0f} ms (p95) at about {by_search:,.0f}, both carried on in a straight line from the largest "
        f"size. At {min(by_build, by_search):,.0f} entries, one machine should give way to a cluster."
    )


def _write_copies(source: Path, folder: Path, times: int) -> None:
    folder.mkdir(exist_ok=True)
    for copy in range(times):
        path = folder / f"copy{copy}.jsonl"
        if path.exists():
            continue
        with source.open(encoding="utf-8") as lines, path.open("w", encoding="utf-8") as file:
            for line in lines:
                row = json.loads(line)
                for field in ("question", "answer", "focus"):
                    row[field] = changed(row[field], copy)
                row |= {
                    "id": f"{row['id']}~{copy}",
                    "synonyms": [changed(name, copy) for name in row["synonyms"]],
                }
                file.write(json.dumps(row) + "\n")


def _draw(measured: list[dict[str, float]]) -> None:
    # Only this benchmark and the one of engines draw.
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 2, figsize=(9, 3.5))
    entries = [one["entries"] for one in measured]
    axes[0].plot(entries, [one["build"] for one in measured], marker="o")
    axes[0].set(xlabel="entries", ylabel="build, seconds")
    axes[1].plot(entries, [one["p50"] for one in measured], marker="o", label="p50")
    axes[1].plot(entries, [one["p95"] for one in measured], marker="o", label="p95")
    axes[1].set(xlabel="entries", ylabel="search, milliseconds")
    axes[1].legend()
    for axis in axes:
        axis.set_xlim(left=0)
        axis.set_ylim(bottom=0)
    figure.tight_layout()
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE, dpi=120)


# ---------------------------------------------------------------- in a process of its own


def _build(folder: Path, index: Path) -> dict[str, Any]:
    def entries() -> Iterator[Any]:
        for path in sorted(folder.glob("*.jsonl")):
            yield from read_rows(path, print)

    start = time.perf_counter()
    manifest = build(index, Contents(entries(), list, dict, dict))
    return {
        "entries": manifest.entries,
        "build": time.perf_counter() - start,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "disk": sum(path.stat().st_size for path in index.rglob("*") if path.is_file()) / 1e6,
    }


def private_megabytes() -> float:
    """Return the memory of this process that no other shares, mapped files left out."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="utf-8").splitlines()
    found = {line.split(":")[0]: line.split()[1] for line in lines[1:]}
    return int(found["Private_Dirty"]) / 1000


def _search(index: Path) -> dict[str, float]:
    start = time.perf_counter()
    knowledge_base = KnowledgeBase(Settings(), index)
    knowledge_base.ask("warm up")
    opened = time.perf_counter() - start
    times = []
    for row in rows(corpora() / "search" / "known_dev.jsonl"):
        start = time.perf_counter()
        knowledge_base.ask(row["query"])
        times.append(1000 * (time.perf_counter() - start))
    low, high = np.percentile(times, [50, 95])
    return {"open": opened, "p50": float(low), "p95": float(high), "private": private_megabytes()}


if __name__ == "__main__":
    paths = [Path(argument) for argument in sys.argv[1:]]
    print(json.dumps(_build(*paths) if len(paths) == 2 else _search(*paths)))
