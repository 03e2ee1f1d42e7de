"""Tell which aspect of a thing a question asks for, by fine vectors: one that entries answer, or one that none does."""

import tomllib
from collections.abc import Set
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kb.search.arrays import Floats
from kb.search.encoders import Encoder

# What stands for the thing in aspects.toml and in a question that is compared with it.
STAND_IN = "this treatment"
# A wider gap says no more.
MOST_NEARER = 0.2


class Aspect(NamedTuple):
    """Something that is asked of a thing."""

    name: str
    said_by: frozenset[str]  # types of entries that answer it
    asked: tuple[str, ...]  # ways to ask it


@lru_cache(maxsize=1)
def aspects() -> tuple[Aspect, ...]:
    """Return the aspects of aspects.toml."""
    text = resources.files(__package__).joinpath("aspects.toml").read_text(encoding="utf-8")
    return tuple(
        Aspect(name, frozenset(rule.get("said_by", ())), tuple(rule["asked"]))
        for name, rule in tomllib.loads(text).items()
    )


def _vectors(encoder: Encoder) -> Floats:
    return encoder.encode_kept(_ways())


@lru_cache(maxsize=1)
def _ways() -> tuple[str, ...]:
    return tuple(way for aspect in aspects() for way in aspect.asked)


@lru_cache(maxsize=64)
def _answered(types: frozenset[str]) -> npt.NDArray[np.bool_]:
    return np.array([bool(aspect.said_by & types) for aspect in aspects() for _ in aspect.asked])


def load(encoder: Encoder) -> None:
    """Encode the aspects now, half a second, rather than at the first query."""
    _vectors(encoder)


def unanswered(encoder: Encoder, asked: Floats, types: Set[str]) -> float:
    """Return how much nearer the question is to an aspect that none of these types answers than to any other.

    `asked` is the vector of the question with STAND_IN for its things. Below 0 when it is nearer to what is answered,
    and 0 when the types tell nothing of what is.
    """
    answered = _answered(frozenset(types))
    if not answered.any():
        return 0.0
    cosines = _vectors(encoder) @ asked
    nearer = float(cosines[~answered].max(initial=-1) - cosines[answered].max())
    return max(-MOST_NEARER, min(MOST_NEARER, nearer))
