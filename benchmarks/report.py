"""Figures with their spread, as Markdown."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

RESAMPLES = 2000


def interval(values: Sequence[float]) -> str:
    """Return the mean with its 95% percentile bootstrap interval: "0.432 [0.32, 0.55]" (Efron, 1979)."""
    # A fixed seed, so that the same values give the same interval.
    chance = np.random.default_rng(20261123)
    sample = np.asarray(values, float)
    means = sample[chance.integers(0, len(sample), (RESAMPLES, len(sample)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return f"{sample.mean():.3f} [{low:.2f}, {high:.2f}]"


def table(heads: Sequence[str], lines: Sequence[Sequence[Any]]) -> str:
    """Return a Markdown table."""
    shown = [heads, ["---"] * len(heads), *lines]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in shown)


def percentiles(milliseconds: Sequence[float]) -> str:
    """Return "p50 / p95 / p99" of some times in milliseconds."""
    low, high, highest = np.percentile(np.asarray(milliseconds), [50, 95, 99])
    return f"{low:.2f} / {high:.2f} / {highest:.2f}"


def timed(call: Callable[[], object], repeats: int = 1) -> float:
    """Return the median milliseconds that a call takes."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


class Run(NamedTuple):
    """A command that ran to its end: seconds of wall time, and the largest memory of any child so far, in MB."""

    seconds: float
    megabytes: float
    output: str


def run(*arguments: str) -> Run:
    """Run a Python program of the project with these arguments and measure it."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    # Linux gives kilobytes.
    return Run(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000, done.stdout)
