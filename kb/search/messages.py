"""Find in a long message what it asks."""

from dataclasses import dataclass

from kb.search.analysis import Term, all_terms

# A pasted letter is searched by its first characters.
SEARCHED_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a query: its words, and how much they count (1 for what is asked)."""

    words: tuple[Term, ...]
    weight: float = 1.0


def parts_of(query: str) -> list[Part]:
    """Return the parts of a query in order."""
    return [Part(tuple(all_terms(query[:SEARCHED_CHARACTERS])))]
