"""Find in a message what it asks: past how it is led up to, and in a long one past what it tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from kb.search.analysis import Term, all_terms

# A pasted letter is searched by its first characters.
SEARCHED_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a query: its words, and how much they count (1 for what is asked)."""

    words: tuple[Term, ...]
    weight: float = 1.0


@lru_cache(maxsize=1)
def framings() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the framings of framings.txt by their first word, longest first."""
    lines = resources.files("kb.search").joinpath("framings.txt").read_text(encoding="utf-8").splitlines()
    phrases = sorted((tuple(line.split()) for line in lines if line and not line.startswith("#")), key=len)
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in reversed(phrases):
        found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(group) for first, group in found.items()}


def parts_of(query: str) -> list[Part]:
    """Return the parts of a query in order, without its framings; one that is nothing else keeps them."""
    words = all_terms(query[:SEARCHED_CHARACTERS])
    return [Part(tuple(without_framings(words) or words))]


def without_framings(words: Sequence[Term]) -> list[Term]:
    """Return the words that are not part of a framing."""
    kept: list[Term] = []
    place = 0
    while place < len(words):
        phrases = framings().get(words[place].word, ())
        length = next((len(phrase) for phrase in phrases if _stands(phrase, words, place)), 0)
        if not length:
            kept.append(words[place])
        place += length or 1
    return kept


def _stands(phrase: tuple[str, ...], words: Sequence[Term], place: int) -> bool:
    found = words[place : place + len(phrase)]
    return len(found) == len(phrase) and all(
        term.word == word for term, word in zip(found, phrase, strict=True)
    )
