"""Arrays and lists of words as files: written once, then mapped, so that processes share the memory."""

from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]


def spread(
    starts: npt.NDArray[np.int64], numbers: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the places [starts[n], starts[n + 1]) of all numbers, one range after the other, and their lengths."""
    firsts = starts.take(numbers)
    lengths = starts.take(numbers + 1) - firsts
    ends = lengths.cumsum()
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(firsts - ends + lengths, lengths), lengths


def save_array(path: Path, array: npt.NDArray[Any]) -> None:
    """Write an array to be mapped by `map_array`."""
    np.save(path, array, allow_pickle=False)


def map_array(path: Path) -> Any:
    """Map an array file; processes that map it share the memory. Raises OSError or ValueError when it is torn."""
    # An empty array cannot be mapped; its file is the 128 bytes of numpy's header.
    mode: Literal["r"] | None = "r" if path.stat().st_size > 128 else None
    mapped = np.load(path, mmap_mode=mode, allow_pickle=False)
    # A plain view: numpy's memmap class does bookkeeping at every slice.
    return np.asarray(mapped)


def read_terms(path: Path) -> list[str]:
    """Return the lines of a file of terms."""
    text = path.read_text(encoding="utf-8")
    return text.split("\n") if text else []
