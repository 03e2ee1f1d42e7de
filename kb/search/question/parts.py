"""A query, understood: its parts with all ways to say each, what it asks for, and what was read another way."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to say a part of the query: stems that all belong to it, and how much it counts (0 to 1)."""

    stems: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the query that means one thing, with all ways to say it; what it was written as is the first."""

    alternatives: tuple[Alternative, ...]
    cue: bool  # it says what type of answer is asked for ("symptoms"), not what of
    weight: float = 1.0  # less in the parts of a long message that ask nothing
    says: float = 1.0  # how much its words say in English at large
    names: bool = True  # it may name a thing: not a verb, not an adjective
    kind: str = ""  # of the thing that it names, as in the terms
    own: bool = False  # the clinic's own terms name it
    asks: frozenset[str] = frozenset()  # the types that it is a cue of


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was read as another spelling."""

    typed: str
    read_as: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that may be one of several drugs: the person must say which."""

    typed: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A query, understood."""

    groups: tuple[Group, ...] = ()
    types: frozenset[str] = frozenset()
    text: str = ""  # as it was read: what its meaning is taken from
    typed: str = ""  # as it was typed, less what leads up to it
    asked: str = ""  # as it was read, with a stand-in for its things: "side effects of this treatment"
    corrections: tuple[Correction, ...] = ()
    choices: tuple[Choice, ...] = ()
