"""Map the tensors of a safetensors file into memory.

The format: 8 bytes with the length of a JSON header, the header, then the values. numpy reads it as it stands, and
processes of one machine share what they map.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

# By the names of the format; other types than these are left out.
DTYPES: dict[str, type[np.floating[Any]]] = {"F16": np.float16, "F32": np.float32}


def map_tensors(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Return the tensors of floats in a file, by name. Raises OSError, ValueError or KeyError when it is torn."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if length > path.stat().st_size:
            # Of noise, the length would ask for all of the memory.
            raise ValueError("its header is longer than the file")
        header: dict[str, Any] = json.loads(file.read(length))
    mapped = np.memmap(path, np.uint8, "r", 8 + length)
    # Plain views: numpy's memmap class does bookkeeping at every slice.
    return {
        name: np.asarray(mapped[slice(*tensor["data_offsets"])])
        .view(DTYPES[tensor["dtype"]])
        .reshape(tensor["shape"])
        for name, tensor in header.items()
        if name != "__metadata__" and tensor["dtype"] in DTYPES
    }
