"""Load what the classifier knows from its data files, once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from kb.safety.assessment import Level
from kb.safety.model import Model, read_model
from kb.safety.patterns import Index, Pattern, index_patterns, read_pattern
from kb.safety.spelling import Spelling, make_spelling

DATA = Path(__file__).parent / "data"
MODEL = DATA / "model.json"

# Classes of words so unlike each other that the class says nothing.
TOO_BROAD = frozenset({"asking", "acts", "just", "many", "people", "third", "selves"})

Strength = Literal["always", "sure", "topic"]


@dataclass(frozen=True, slots=True)
class Concept:
    """A kind of thing that is said, and what it says of danger."""

    name: str
    level: Level
    strength: Strength
    means: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A pattern of a data file, the rule it belongs to, and the sentence that proves it."""

    rule: str
    pattern: str
    sentence: str


# Compared by identity: it is read once.
@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """Everything that is read from the data files."""

    spelling: Spelling
    kinds: Mapping[str, str]  # a word → the class that the model weighs it as
    concepts: Mapping[str, Concept]
    concept_patterns: Index
    frame_patterns: Index
    calming: frozenset[str]  # frames that keep a "sure" concept from deciding alone
    exceptions: Index
    concept_cases: tuple[Case, ...]
    frame_cases: tuple[Case, ...]
    exception_cases: tuple[Case, ...]


@cache
def knowledge() -> Knowledge:
    """Return the knowledge in the data files; reads them at the first call."""
    classes = {name: frozenset(words.split()) for name, words in _read("classes.toml").items()}
    concept_tables: dict[str, Any] = {}
    for path in sorted((DATA / "concepts").glob("*.toml")):
        concept_tables |= _read(f"concepts/{path.name}")
    frame_tables = _read("frames.toml")
    exception_tables = _read("exceptions.toml")
    words_table = _read("words.toml")
    concepts, frames, exceptions = (
        _patterns(tables, classes) for tables in (concept_tables, frame_tables, exception_tables)
    )
    every_pattern = [pattern for patterns in (concepts, frames, exceptions) for pattern, _ in patterns]
    return Knowledge(
        kinds=_kinds(classes),
        spelling=_spelling(words_table, every_pattern, classes),
        concepts={
            name: Concept(name, table["level"], table["strength"], table.get("means", False))
            for name, table in concept_tables.items()
        },
        concept_patterns=index_patterns(concepts),
        frame_patterns=index_patterns(frames),
        calming=frozenset(name for name, table in frame_tables.items() if table["calms"]),
        exceptions=index_patterns(exceptions),
        concept_cases=_cases(concept_tables),
        frame_cases=_cases(frame_tables),
        exception_cases=_cases(exception_tables),
    )


@cache
def trained_model() -> Model:
    """Return the model that `train-safety` wrote; reads it at the first call."""
    return read_model(MODEL)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _patterns(tables: Mapping[str, Any], classes: Mapping[str, frozenset[str]]) -> list[tuple[Pattern, str]]:
    return [
        (read_pattern(text, classes), name) for name, table in tables.items() for text in table["patterns"]
    ]


def _kinds(classes: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Return the class of each word: of several the one that classes.toml names first."""
    kinds: dict[str, str] = {}
    for name, words in classes.items():
        if name not in TOO_BROAD:
            for word in words:
                kinds.setdefault(word, name)
    return kinds


def _cases(tables: Mapping[str, Any]) -> tuple[Case, ...]:
    return tuple(
        Case(name, pattern, sentence)
        for name, table in tables.items()
        for pattern, sentence in table["patterns"].items()
    )


def _spelling(
    table: Mapping[str, Any], patterns: list[Pattern], classes: Mapping[str, frozenset[str]]
) -> Spelling:
    short_forms = {short: tuple(words.split()) for short, words in table["short_forms"].items()}
    known = set(table["guards"].split()).union(*classes.values())
    for pattern in patterns:
        known |= pattern.words
    for words in short_forms.values():
        known.update(words)
    return make_spelling(
        known=known,
        targets=table["targets"].split(),
        short_forms=short_forms,
        pairs={tuple(pair.split()): word for pair, word in table["pairs"].items()},
        pieces=table["run_together"]["words"].split(),
    )
