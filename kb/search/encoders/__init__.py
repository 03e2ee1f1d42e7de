"""Texts become vectors whose nearness is nearness in meaning. One small protocol, so that models can be changed."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from kb.search.arrays import Floats


class Encoder(Protocol):
    """Turns texts into unit vectors. Two encoders of one `name` give the same vectors."""

    @property
    def name(self) -> str:
        """What a generation's manifest keeps, so that vectors of two models are never compared."""

    @property
    def dimensions(self) -> int: ...

    @property
    def fine(self) -> bool:
        """Whether it tells what sentences say, not only which words they use: its nearest sentence counts."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row a text, of length 1; all zeros for a text without words."""

    def encode_kept(self, texts: Sequence[str]) -> Floats:
        """Return the same for texts of entries, whose vectors may be kept for the next time. Never for queries."""


def unit(rows: Floats) -> Floats:
    """Return the rows scaled to length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    scaled: Floats = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return scaled
