"""Read one word as a known one: short forms, slips, signs for letters, words run together."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA, LCSseq

# A longer word is none: it is neither corrected nor parted.
LONGEST_WORD = 40
# Below this many letters, one slip turns too many harmless words into words of danger.
SHORTEST_CORRECTED = 5
# From this many letters on, two slips are forgiven.
TWO_SLIPS_FROM = 8
# No piece of words that are run together is longer.
LONGEST_PIECE = 10

_LEET = str.maketrans("0134578@$!|+€£", "oieastbasilte" + "l")
_LEET_WITH_L = str.maketrans("01345678@$!|+€£", "oleasgtbasllte" + "l")
_SIGNS = frozenset("0134578@$!|+€£")
_BLANKS = frozenset("*#_-.%")
_DRAWN_OUT = re.compile(r"(.)\1{2,}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Spelling:
    """What is known of words and how they are misspelt. Made by `make_spelling`."""

    known: frozenset[str]  # words that stay as they are
    targets: frozenset[str]  # words of danger, which others are read as
    short_forms: Mapping[str, tuple[str, ...]]
    pairs: Mapping[tuple[str, str], str]  # two words that are one: ("my", "self")
    pieces: frozenset[str]  # words that are parted when they are run together
    alike: Mapping[tuple[str, int], tuple[str, ...]]  # a first letter, a length → targets that may be meant
    by_length: Mapping[int, tuple[str, ...]]  # targets by their number of letters
    longest: int = LONGEST_WORD

    def read(self, word: str) -> tuple[str, ...]:
        """Return the words that `word`, letters only, stands for."""
        if word in self.short_forms:
            return self.short_forms[word]
        if word in self.known or len(word) > self.longest:
            return (word,)
        short = _without_drawn_out(word, 1)
        if short != word:
            for tried in (_without_drawn_out(word, 2), short):
                if tried in self.short_forms:
                    return self.short_forms[tried]
                if tried in self.known:
                    return (tried,)
            word = short
        return self.unjoin(word) or (self.correct(word) or word,)

    def read_apostrophe(self, word: str) -> tuple[str, ...]:
        """Return the words that `word` stands for, which has an apostrophe inside."""
        bare = word.replace("'", "")
        if word in self.short_forms:
            return self.short_forms[word]
        if bare in self.short_forms:
            return self.short_forms[bare]
        stem, _, ending = word.rpartition("'")
        follows = {"ll": ("will",), "re": ("are",), "ve": ("have",), "d": ("would",), "s": (), "m": ("am",)}
        if ending in follows:
            return (*self.read(stem.replace("'", "")), *follows[ending])
        return self.read(bare)

    def read_signs(self, word: str) -> tuple[str, ...]:
        """Return the words of danger that `word` stands for with signs for letters, or none."""
        if len(word) > self.longest or not any(char.isalpha() for char in word):
            return ()
        if word in self.short_forms:
            return self.short_forms[word]
        if word in self.known:
            return (word,)
        if any(char in _SIGNS for char in word) and (found := self._read_leet(word)):
            return found
        return self._read_blanks(word) if any(char in _BLANKS for char in word) else ()

    def _read_leet(self, word: str) -> tuple[str, ...]:
        for table in (_LEET, _LEET_WITH_L):
            tried = word.translate(table).replace("'", "")
            if not tried.isalpha():
                continue
            if tried in self.targets:
                return (tried,)
            if tried in self.short_forms and len(tried) > 2:
                return self.short_forms[tried]
            if words := self.unjoin(tried):
                return words
            if found := self.correct(tried):
                return (found,)
        return ()

    def _read_blanks(self, word: str) -> tuple[str, ...]:
        joined = "".join(char for char in word if char not in _BLANKS)
        if joined in self.short_forms and len(joined) > 2 and "." in word:
            return self.short_forms[joined]  # "k.m.s."
        if joined in self.targets and "*" not in word and "#" not in word:
            # "sui-cide", "d.i.e": but "end-stage" is two words.
            return (joined,) if len(joined) > 4 or "." in word else ()
        shown = [(place, char) for place, char in enumerate(word) if char not in "*#_"]
        if len(shown) == len(word) or len(shown) < 2 or shown[0][0] != 0:
            return ()
        for target in self.by_length.get(len(word), ()):
            if all(target[place] == char for place, char in shown):
                return (target,)
        return ()

    def unjoin(self, word: str) -> tuple[str, ...]:
        """Return the words that are run together in `word`, the fewest; none if it is no such run."""
        if word in self.targets:
            return (word,)
        if len(word) < 6 or len(word) > self.longest:
            return ()
        best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
        for start in range(len(word)):
            before = best[start]
            # Most words end here at once: no piece begins them.
            if before is None:
                continue
            for end in range(start + 1, min(start + LONGEST_PIECE, len(word)) + 1):
                if word[start:end] in self.pieces:
                    now = best[end]
                    if now is None or len(before) + 1 < len(now):
                        best[end] = (*before, word[start:end])
        words = best[-1]
        if not words or not any(piece in self.targets for piece in words):
            return ()
        return tuple(part for piece in words for part in self.short_forms.get(piece, (piece,)))

    def correct(self, word: str) -> str:
        """Return the word of danger that is one slip from `word` (two in a long one), or "".

        A slip leaves out, puts in or exchanges a letter. Letters that moved are one slip more.
        """
        if not SHORTEST_CORRECTED <= len(word) <= 14:
            return ""
        allowed = _forgiven(word)
        best, least = "", allowed + 2
        for target in self.alike.get((word[0], len(word)), ()):
            # What stays when the slips are left out of both is the same.
            stays = max(len(word) - allowed, len(target) - _forgiven(target))
            if LCSseq.similarity(word, target, score_cutoff=stays) < stays:
                continue
            distance = OSA.distance(word, target)
            if (distance, target) < (least, best):
                best, least = target, distance
        return best


def make_spelling(
    *,
    known: Iterable[str],
    targets: Iterable[str],
    short_forms: Mapping[str, tuple[str, ...]],
    pairs: Mapping[tuple[str, str], str],
    pieces: Iterable[str],
) -> Spelling:
    """Return what is known of spelling, with the targets that may be meant looked up ahead."""
    targets = frozenset(targets)
    alike: dict[tuple[str, int], list[str]] = {}
    for target in sorted(targets):
        if len(target) >= SHORTEST_CORRECTED:
            for length in range(len(target) - 2, len(target) + 3):
                alike.setdefault((target[0], length), []).append(target)
    by_length: dict[int, list[str]] = {}
    for target in sorted(targets):
        by_length.setdefault(len(target), []).append(target)
    return Spelling(
        known=frozenset(known) | targets,
        targets=targets,
        short_forms=short_forms,
        pairs=pairs,
        pieces=frozenset(pieces),
        alike={key: tuple(found) for key, found in alike.items()},
        by_length={length: tuple(found) for length, found in by_length.items()},
    )


def _forgiven(word: str) -> int:
    """Return how many slips are forgiven in `word`."""
    return 2 if len(word) >= TWO_SLIPS_FROM else 1


def _without_drawn_out(word: str, most: int) -> str:
    """Return `word` with no letter standing three times or more: such runs are cut to `most`."""
    return _DRAWN_OUT.sub(r"\1" * most, word)
