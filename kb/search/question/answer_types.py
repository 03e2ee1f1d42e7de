"""Tell what type of answer a query asks for, by the cues in answer_types.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from kb.content.entries import QTYPES
from kb.search.words.analysis import Term, all_terms, content_stems

ANY = "*"
EXACT = "="
MOST_BETWEEN = 3  # words that "*" may stand for


@dataclass(frozen=True, slots=True)
class Asked:
    """The types that a query asks for, and the places of its terms that say so."""

    types: frozenset[str]
    cues: Mapping[int, frozenset[str]]  # the types that a term is a cue of, by its place among the terms read


@dataclass(frozen=True, slots=True)
class Rules:
    """answer_types.toml, read: the cues by their first stem, and which types also answer another."""

    cues: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    near: Mapping[str, frozenset[str]]
    by_words: frozenset[str]  # types that hold many things, or that no entry has
    said_by: Mapping[str, frozenset[str]]  # for some of them: the stems by which an entry answers it


def rules_data() -> dict[str, Any]:
    """Return answer_types.toml as it stands."""
    return tomllib.loads(
        resources.files(__package__).joinpath("answer_types.toml").read_text(encoding="utf-8")
    )


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Return the rules, their cues cut into stems."""
    data = rules_data()
    near = {name: frozenset(others) for name, others in data.pop("near").items()}
    by_words = frozenset(data.pop("by_words")["types"])
    said_by = {
        name: frozenset(stem for word in rule["said_by"] for stem in content_stems(word))
        for name, rule in data.items()
        if "said_by" in rule
    }
    cues: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for name, rule in data.items():
        for cue in rule["cues"]:
            parts = tuple(part for word in cue.split() for part in _parts(word))
            cues.setdefault(parts[0], []).append((name, parts))
    return Rules({first: tuple(found) for first, found in cues.items()}, near, by_words, said_by)


def _parts(word: str) -> list[str]:
    if word == ANY or word.startswith(EXACT):
        return [word]
    return [term.text for term in all_terms(word)]


def asked_types(terms: Sequence[Term]) -> Asked:
    """Return what the terms (stop words included) ask for; nothing when no cue stands in them.

    "what is" and its like ask for a definition only when nothing else is asked for.
    """
    stems = [term.text for term in terms]
    found: list[tuple[str, frozenset[int]]] = []
    words = [f"{EXACT}{term.word}" for term in terms]
    for start, (stem, word) in enumerate(zip(stems, words, strict=True)):
        for name, parts in (*rules().cues.get(stem, ()), *rules().cues.get(word, ())):
            matched = _matched(stems, words, start, parts)
            if matched:
                found.append((name, frozenset(matched)))
    # "Do you treat" asks for services, not for the treatment that "treat" alone asks for.
    whole = [one for one in found if not any(one[1] < other for _, other in found)]
    types = {name for name, _ in whole}
    if len(types) > 1:
        types.discard("definition")
    cues: dict[int, frozenset[str]] = {}
    for name, places in whole:
        for place in places:
            cues[place] = cues.get(place, frozenset()) | {name}
    return Asked(frozenset(types), cues)


def _matched(stems: Sequence[str], words: Sequence[str], start: int, parts: Sequence[str]) -> list[int]:
    """Return the places of the cue's words when it stands at `start`, else nothing."""
    places: list[int] = []
    at = start
    skip = 0
    for part in parts:
        if part == ANY:
            skip = MOST_BETWEEN
            continue
        window = (words if part.startswith(EXACT) else stems)[at : at + skip + 1]
        if part not in window:
            return []
        at += window.index(part)
        places.append(at)
        at += 1
        skip = 0
    return places


def agreement(asked: frozenset[str], answered: str) -> float:
    """Return how well an entry's type answers what is asked: 1 its own, 0.5 a near one, 0 another.

    When no type is asked for, an overview (definition) is the best start.
    """
    if not asked:
        return 1.0 if answered == "definition" else 0.0
    if answered in asked:
        return 1.0
    return 0.5 if any(answered in rules().near.get(name, ()) for name in asked) else 0.0


@lru_cache(maxsize=256)
def agreements(asked: frozenset[str]) -> tuple[float, ...]:
    """Return how well each type answers what is asked, in the order of their names."""
    return tuple(agreement(asked, name) for name in sorted(QTYPES))
