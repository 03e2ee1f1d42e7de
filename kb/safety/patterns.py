"""Patterns over words: how the data files say which words, in which order.

    want                     this word
    want|wish                one of these words
    @want                    one word of the class "want" (classes.toml)
    @want|hoping             one word of the class, or this word
    to?                      may be left out
    on|$                     this word, or the end of the sentence
    ..                       up to 3 words that do not matter
    ...                      up to 8 words that do not matter
    ^  $                     the sentence begins, ends here

A match is followed through the sentence as a set of places, held as the bits of one number: each
part of a pattern moves the whole set at once, so the time grows with the pattern's length alone
and nothing is ever tried twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import repeat
from operator import or_
from typing import Literal

GAPS = {"..": 3, "...": 8}

Kind = Literal["word", "gap", "start", "end"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a pattern: a word of `words`, a gap of up to `width` words, or an edge."""

    kind: Kind
    words: frozenset[str] = frozenset()
    optional: bool = False
    or_end: bool = False
    width: int = 0


# Compared by identity: each is made once, and hashing all its words would cost more than a match.
@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A pattern as it is written, and its parts."""

    text: str
    parts: tuple[Part, ...]
    needed: tuple[frozenset[str], ...]  # of each of these a sentence must hold a word; rarest first

    @property
    def words(self) -> frozenset[str]:
        """Every word that the pattern names."""
        return frozenset().union(*(part.words for part in self.parts))


def read_pattern(text: str, classes: Mapping[str, frozenset[str]]) -> Pattern:
    """Return the pattern written as `text`; raises ValueError when it is none."""
    parts = tuple(_read_part(part, text, classes) for part in text.split())
    needed = [part.words for part in parts if part.kind == "word" and not (part.optional or part.or_end)]
    if not needed:
        raise ValueError(f'pattern "{text}" needs no word: it would match everything')
    # Short words are in every sentence; a few long ones are rare.
    needed.sort(key=lambda words: (any(len(word) < 4 for word in words), len(words)))
    return Pattern(text, parts, tuple(needed))


def _read_part(part: str, text: str, classes: Mapping[str, frozenset[str]]) -> Part:
    if part in GAPS:
        return Part("gap", width=GAPS[part])
    if part == "^":
        return Part("start")
    if part == "$":
        return Part("end")
    optional = part.endswith("?")
    or_end = False
    words: set[str] = set()
    for choice in part.removesuffix("?").split("|"):
        if choice == "$":
            or_end = True
        elif choice.startswith("@"):
            if choice[1:] not in classes:
                raise ValueError(f'pattern "{text}" names the class "{choice[1:]}", which there is not')
            words |= classes[choice[1:]]
        elif choice:
            words.add(choice)
    if not words:
        raise ValueError(f'pattern "{text}" has a part without words: "{part}"')
    return Part("word", words=frozenset(words), optional=optional, or_end=or_end)


class Sentence:
    """The words of one sentence, and for each word the places where it stands, as bits."""

    __slots__ = ("_places", "present", "words")

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self.present = frozenset(words)
        self._places: dict[str, int] = {}

    @property
    def places(self) -> Mapping[str, int]:
        """The places of each word. Most sentences lack what every pattern needs, and are never asked."""
        if not self._places:
            for place, word in enumerate(self.words):
                self._places[word] = self._places.get(word, 0) | (1 << place)
        return self._places

    def find(self, pattern: Pattern) -> int:
        """Return the places that the first match of `pattern` spans, as bits; 0 for no match."""
        whole = (1 << (len(self.words) + 1)) - 1
        if not self._ends(pattern, whole):
            return 0
        for start in range(len(self.words)):
            ends = self._ends(pattern, 1 << start)
            if ends:
                end = (ends & -ends).bit_length() - 1  # the nearest end
                return (1 << end) - (1 << start)
        return 0

    def _ends(self, pattern: Pattern, starts: int) -> int:
        """Return the places just behind every match that begins at one of `starts`."""
        size = len(self.words)
        whole = (1 << (size + 1)) - 1
        reached = starts
        for part in pattern.parts:
            if part.kind == "word":
                moved = (reached & self._of(part.words)) << 1
                if part.or_end:
                    moved |= reached & (1 << size)
                reached = reached | moved if part.optional else moved
            elif part.kind == "gap":
                for _ in range(part.width):
                    reached |= reached << 1
                reached &= whole
            elif part.kind == "start":
                reached &= 1
            else:
                reached &= 1 << size
            if not reached:
                return 0
        return reached

    def _of(self, words: frozenset[str]) -> int:
        places = 0
        everywhere = self.places
        for word in words & self.present:
            places |= everywhere[word]
        return places


@dataclass(frozen=True, slots=True)
class Index:
    """Patterns, each with the name of its rule, by a word that each needs.

    A sentence then tries only those that it could match: what words a pattern needs, and what words a sentence holds
    of those, are the bits of two numbers.
    """

    by_word: Mapping[str, tuple[tuple[int, Pattern, str], ...]]
    needed: Mapping[str, int]  # a word → a bit for each set of words that some pattern needs one of

    def matches(self, sentence: Sentence) -> Iterator[tuple[Pattern, str, int]]:
        """Yield each pattern found in `sentence`, the name of its rule, and the places it spans."""
        tried: set[Pattern] = set()
        held = reduce(or_, map(self.needed.get, sentence.present, repeat(0)), 0)
        for word in dict.fromkeys(sentence.words):
            for bits, pattern, name in self.by_word.get(word, ()):
                if bits & held == bits and pattern not in tried:
                    tried.add(pattern)
                    if places := sentence.find(pattern):
                        yield pattern, name, places


def index_patterns(patterns: Iterable[tuple[Pattern, str]]) -> Index:
    """Return `patterns`, each with the name of its rule, ready to be looked up by word."""
    by_word: dict[str, list[tuple[int, Pattern, str]]] = {}
    bits: dict[frozenset[str], int] = {}
    for pattern, name in patterns:
        # That it holds the word it is looked up by is known.
        rest = reduce(or_, (bits.setdefault(words, 1 << len(bits)) for words in pattern.needed[1:]), 0)
        for word in sorted(pattern.needed[0]):
            by_word.setdefault(word, []).append((rest, pattern, name))
    needed: dict[str, int] = {}
    for words, bit in bits.items():
        for word in words:
            needed[word] = needed.get(word, 0) | bit
    return Index({word: tuple(items) for word, items in by_word.items()}, needed)
