"""The entries of a generation as they are shown, one line of JSON each, read one at a time from a mapped file.

Files: entries.jsonl, bounds.npy (int64: entry e is the bytes [bounds[e], bounds[e + 1])), sources.json (the names of
the articles), sources.npy (int32: for each entry the place of its article among them).
"""

import json
import mmap
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.content.entries import Entry, entry_from_json, entry_to_json
from kb.search.arrays import map_array, save_array


class StoredWriter:
    """Takes entries as they stream past and writes them into the empty `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = (folder / "entries.jsonl").open("wb")
        self._bounds = [0]
        self._places: dict[str, int] = {}
        self._sources: list[int] = []

    def add(self, entry: Entry) -> None:
        line = entry_to_json(entry).encode() + b"\n"
        self._file.write(line)
        self._bounds.append(self._bounds[-1] + len(line))
        self._sources.append(self._places.setdefault(entry.article, len(self._places)))

    def finish(self) -> None:
        """Write all files."""
        self.close()
        save_array(self._folder / "bounds.npy", np.array(self._bounds, np.int64))
        save_array(self._folder / "sources.npy", np.array(self._sources, np.int32))
        (self._folder / "sources.json").write_text(json.dumps(list(self._places)), encoding="utf-8")

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class StoredEntries:
    """The entries of a generation, by number."""

    def __init__(self, folder: Path, size: int) -> None:
        """Open what was written for `size` entries. Raises OSError or ValueError when it is torn."""
        self._bounds: npt.NDArray[np.int64] = map_array(folder / "bounds.npy")
        self._sources: npt.NDArray[np.int32] = map_array(folder / "sources.npy")
        self._names: list[str] = json.loads((folder / "sources.json").read_bytes())
        with (folder / "entries.jsonl").open("rb") as file:
            # An empty file cannot be mapped.
            self._lines = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) if size else b""
        if len(self._bounds) != size + 1 or len(self._sources) != size:
            raise ValueError("the stored entries are not those of the index")
        if int(self._bounds[-1]) != len(self._lines):
            raise ValueError("the stored entries are torn")

    def entry(self, number: int) -> Entry:
        """Return the entry that postings call `number`."""
        return entry_from_json(self._lines[int(self._bounds[number]) : int(self._bounds[number + 1])])

    def article(self, number: int) -> str:
        """Return the file name of the entry's article, without reading the entry."""
        return self._names[int(self._sources[number])]
