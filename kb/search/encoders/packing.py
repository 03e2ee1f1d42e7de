"""Unit vectors in a byte a component: round(127 x). A cosine is off by less than 0.01, for a quarter of the memory."""

import numpy as np
import numpy.typing as npt

from kb.search.arrays import Floats

Bytes = npt.NDArray[np.int8]
SCALE = np.float32(127)


def packed(rows: Floats) -> Bytes:
    """Return unit vectors as bytes, to be divided by SCALE."""
    return np.round(rows * SCALE).astype(np.int8)
