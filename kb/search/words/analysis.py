"""Cut text into the terms that index and query share."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from whoosh.lang.porter import stem as porter_stem

# Letters and digits; an apostrophe or a full stop inside a word belongs to it ("don't", "1.5", "U.S").
WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
# Longer runs are no words but pasted data; Whoosh would store each of them.
LONGEST_WORD = 40


class Term(NamedTuple):
    """A stemmed term and where its word stands: code points [start, end) in the text."""

    text: str
    start: int
    end: int
    word: str  # as written, in lower case and without accents


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the words too common to say what a question is about (stopwords.txt)."""
    lines = resources.files(__package__).joinpath("stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def fold(text: str) -> str:
    """Return the text in lower case, without accents and with straight apostrophes."""
    text = text.replace("’", "'")
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def stem(word: str) -> str:
    """Return the Porter stem of a folded word; numbers and foreign scripts stay as they are."""
    bare = word.removesuffix("'s").replace("'", "")
    stemmed: str = porter_stem(bare) if bare.isalpha() and bare.isascii() else bare
    return stemmed


@lru_cache(maxsize=65536)
def _folded_and_stemmed(word: str) -> tuple[str, str]:
    folded = fold(word)
    return folded, stem(folded)


@lru_cache(maxsize=65536)
def _indexed(word: str) -> str:
    folded, stemmed = _folded_and_stemmed(word)
    return "" if folded in stop_words() else stemmed


def words_in(text: str) -> list[str]:
    """Return the words of a text in order, as written."""
    return [word for word in WORD.findall(text) if len(word) <= LONGEST_WORD]


def stems_of(words: Iterable[str]) -> list[str]:
    """Return the stems of the words, as written, that are no stop words; in order."""
    return [stemmed for stemmed in map(_indexed, words) if stemmed]


def folded(words: Iterable[str]) -> set[str]:
    """Return the distinct words, folded."""
    return {_folded_and_stemmed(word)[0] for word in words}


def content_stems(text: str) -> list[str]:
    """Return the texts of `content_terms`, in order, several times faster."""
    return stems_of(words_in(text))


def words_of(text: str) -> set[str]:
    """Return the distinct words of a text, folded."""
    return folded(set(words_in(text)))


def all_terms(text: str) -> list[Term]:
    """Return every word of the text as a term, stop words included."""
    return [*_terms(text)]


def first_word(text: str) -> str:
    """Return the first word of the text, folded, "" where it has none."""
    return next((term.word for term in _terms(text)), "")


def _terms(text: str) -> Iterator[Term]:
    for match in WORD.finditer(text):
        if match.end() - match.start() > LONGEST_WORD:
            continue
        word, stemmed = _folded_and_stemmed(match.group())
        if stemmed:
            yield Term(stemmed, match.start(), match.end(), word)


def content_terms(text: str) -> list[Term]:
    """Return the terms that say what the text is about: all but the stop words."""
    return [term for term in all_terms(text) if term.word not in stop_words()]


def placed_words(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return the words of `text[start:end]` as written, each with its range in `text`."""
    found = [(match.group(), *match.span()) for match in WORD.finditer(text, start, end)]
    return [one for one in found if one[2] - one[1] <= LONGEST_WORD]


def stems_in_place(words: Iterable[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Return the stems of placed words that are no stop words, where they stand."""
    return [(stemmed, first, last) for word, first, last in words if (stemmed := _indexed(word))]


def placed_stems(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return the stems of the words in `text[start:end]` that are no stop words, each with its range in `text`."""
    return stems_in_place(placed_words(text, start, end))
