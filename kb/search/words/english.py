"""What English at large knows of a word: whether it is well spelt, and how much it says.

A small knowledge base cannot tell either from its own few words. The word list and the counts are textblob's, read
from its wheel.
"""

from functools import lru_cache
from math import log

from kb.content.textblob_files import textblob_file

FILE = "en/en-lexicon.txt"
COUNTS = "en/en-spelling.txt"
# How often a word stands in the million words that were counted: up to RARE it says what a question is about, from
# COMMON on ("take", "make", "first") next to nothing.
RARE, COMMON = 10, 3000
LEAST_WEIGHT = 0.15
OFTEN = 20  # enough for its slips to be found in texts
SHORTEST_SLIP = 5  # letters; of shorter words many are other words with two letters swapped ("clam", "snag")
# A figure says something only together with what it counts.
FIGURE_WEIGHT = 0.3


def _read(name: str) -> list[str]:
    return textblob_file(name).read_text(encoding="utf-8").lower().splitlines()


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """Return the words with the tag of the part of speech that each mostly is (Penn Treebank)."""
    pairs = (line.split(" ") for line in _read(FILE) if not line.startswith(";"))
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and pair[0].isalpha()}


@lru_cache(maxsize=1)
def _counts() -> dict[str, int]:
    pairs = (line.split() for line in _read(COUNTS) if not line.startswith(";"))
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdigit()}


def load() -> None:
    """Read the lists now, a tenth of a second, rather than at the first query."""
    _words()
    _counts()


def weight_of(word: str) -> float:
    """Return how much a folded word says, from LEAST_WEIGHT for common words of all English to 1 for rare ones."""
    if any(letter.isdigit() for letter in word):
        return FIGURE_WEIGHT
    count = max(_counts().get(word, 0), RARE)
    return max(LEAST_WEIGHT, 1 - (1 - LEAST_WEIGHT) * log(count / RARE) / log(COMMON / RARE))


def names_a_thing(word: str) -> bool:
    """Return whether a folded word is mostly a noun, or in no list: it may name what a question is about."""
    return _words().get(word, "nn").startswith("nn")


def is_well_spelt(word: str) -> bool:
    """Return whether a folded word stands in the list of English words, and is not a slip that the list took in."""
    return word in _words() and not _is_slip(word)


def _is_slip(word: str) -> bool:
    """Return whether a word that was never counted is a common one with two letters swapped or one not doubled.

    The list was drawn from texts, with their "poeple" and "occured".
    """
    if word in _counts() or len(word) < SHORTEST_SLIP:
        return False
    if any(word[:-cut] in _counts() for cut in (1, 2, 3)):
        return False  # "odors", "exits": a form of another word
    pairs = [(word[:place], word[place], word[place + 1 :]) for place in range(len(word))]
    swapped = (f"{before}{after[0]}{letter}{after[1:]}" for before, letter, after in pairs if after)
    doubled = (f"{before}{letter}{letter}{after}" for before, letter, after in pairs if before)
    return any(_counts().get(meant, 0) >= OFTEN for meant in (*swapped, *doubled))
