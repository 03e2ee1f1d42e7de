"""Read Spanish words by their English meaning, word for word, after spanish.txt."""

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from kb.search.words.english import is_well_spelt

# So many of its words must be Spanish for a question to be, and one of them no English word: "no", "sin" and "me" are
# words of both.
LEAST_SHARE = 0.4


@lru_cache(maxsize=1)
def meanings() -> dict[str, str]:
    """Return the English for each Spanish word of spanish.txt, folded."""
    text = resources.files(__package__).joinpath("spanish.txt").read_text(encoding="utf-8")
    lines = (line.partition(":") for line in text.splitlines() if line and not line.startswith("#"))
    return {word: meaning.strip() for words, _, meaning in lines for word in words.split()}


def is_negation(word: str) -> bool:
    """Return whether a Spanish word (folded) only denies: "no" stands in most sentences, and finds English "No, …"."""
    return meanings().get(word) == "not"


def is_spanish(words: Sequence[str]) -> bool:
    """Return whether a question of these words (folded) is Spanish."""
    found = [word for word in words if word in meanings()]
    return len(found) >= LEAST_SHARE * len(words) and not all(map(is_well_spelt, found))
