"""How many years of school a text asks for."""

from collections.abc import Set
from functools import lru_cache

import pyphen

from kb.content.sentences import sentence_spans
from kb.search.words.analysis import WORD, fold

# Below, a grade says nothing: one long word moves it by years.
LEAST_WORDS = 30


@lru_cache(maxsize=1)
def _hyphenator() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    return len(_hyphenator().positions(word)) + 1


def reading_grade(text: str, allowed: Set[str] = frozenset()) -> float:
    """Return the Flesch-Kincaid grade of an English text (Kincaid et al., 1975); 0 for one without words.

    Words in `allowed` (folded) count as one syllable: patients of a clinic know its words. Syllables are
    counted by hyphenation, so that short open syllables are now and then missed.
    """
    words = [fold(match.group()) for match in WORD.finditer(text)]
    if not words:
        return 0.0
    sentences = len(sentence_spans(text)) or 1
    syllables = sum(1 if word in allowed else _syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def hardest_words(text: str, allowed: Set[str], count: int = 3) -> list[str]:
    """Return the words with the most syllables that are not allowed, the hardest first."""
    words = {fold(match.group()) for match in WORD.finditer(text)} - allowed
    return sorted(
        (word for word in words if _syllables(word) > 2), key=lambda word: (-_syllables(word), word)
    )[:count]
