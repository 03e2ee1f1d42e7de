"""The words that the knowledge base knows, and which of them a misspelt one may have been.

Files: words.txt (sorted, one a line) and words.PART.npy, one item a word: counts (int32: entries that hold it),
letters (uint32: which of a to z it has), lengths (int8), sounds (uint32: a hash of how it sounds), vectors (int8: its
static word vector, as in packing.py; of small lexicons only).
"""

import re
import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from kb.search.arrays import map_array, read_terms, save_array
from kb.search.encoders.packing import SCALE, packed
from kb.search.encoders.static import static_encoder
from kb.search.words.analysis import stop_words

Numbers = npt.NDArray[Any]
PARTS = ("counts", "letters", "lengths", "sounds", "vectors")

VOWEL = re.compile("[aeiouy]")  # "crps" is no misspelt word
SHORTEST = 4  # Shorter words are mostly abbreviations, and everything is one letter from another.
SHORT = 5  # Up to here one wrong letter is as much as can be told.
MOST_EDITS = 2
MOST_EDITS_ALIKE = 3  # for words that sound alike
SAME_SOUND = 0.6  # edits that sounding alike makes up for
# Words this near mean nearly the same; see `neighbours`.
NEAR_MEANING = 0.5
# A large knowledge base knows nearly every word itself, and comparing them all would take 10 ms a query.
MOST_COMPARED = 8000
OTHER_START = 0.4  # Few people get the first letter wrong.
COMMONNESS = 0.25  # edits that being ten times as common makes up for


class Candidate(NamedTuple):
    """A word that a misspelt one may have been; the lower its cost, the likelier."""

    word: str
    cost: float
    edits: int


@lru_cache(maxsize=1)
def sound_rules() -> dict[str, Any]:
    """Return sounds.toml as it stands."""
    return tomllib.loads(resources.files(__package__).joinpath("sounds.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _silent() -> re.Pattern[str]:
    return re.compile(f"[{sound_rules()['silent']}]")


def sound(word: str) -> str:
    """Return what the word sounds like: equal for words that sound alike, after sounds.toml."""
    for letters, heard in sound_rules()["rules"]:
        word = word.replace(letters, heard)
    rest = _silent().sub("", word[1:])
    # One vowel at the start sounds much like another.
    first = "a" if _silent().match(word) else word[:1]
    return re.sub(r"(.)\1+", r"\1", first + rest)


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        if "a" <= letter <= "z":
            bits |= 1 << (ord(letter) - ord("a"))
    return bits


def _sound_hash(word: str) -> int:
    return crc32(sound(word).encode())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words, sorted, with what helps to find them by their spelling."""

    words: Sequence[str]
    counts: Numbers
    letters: Numbers
    lengths: Numbers
    sounds: Numbers
    vectors: Numbers

    def count(self, word: str) -> int:
        """Return how many entries hold the word (folded); 0 when it is unknown."""
        place = self._place(word)
        return 0 if place is None else int(self.counts[place])

    def knows(self, word: str) -> bool:
        """Return whether the word (folded) is spelt right, whether or not an entry holds it."""
        return self._place(word) is not None

    def neighbours(self, word: str, limit: int) -> list[Candidate]:
        """Return words that entries hold and that mean nearly the same as `word`, nearest first; cost is 1 - cosine.

        By static word vectors: at NEAR_MEANING "odds" finds "chance" and "elderly" finds "seniors", while words that
        are merely of one field stay below it.
        """
        if not len(self.vectors):
            return []
        vector = static_encoder().encode([word])[0]
        cosines = (self.vectors.astype(np.float32) @ vector) / SCALE
        found = [
            Candidate(self.words[place], 1 - float(cosines[place]), 0)
            for place in np.flatnonzero(cosines >= NEAR_MEANING).tolist()
            if self.counts[place] and self.words[place] not in stop_words()
        ]
        return sorted(found, key=lambda candidate: (candidate.cost, candidate.word))[:limit]

    def _place(self, word: str) -> int | None:
        place = bisect_left(self.words, word)
        return place if place < len(self.words) and self.words[place] == word else None

    def candidates(self, word: str, limit: int) -> list[Candidate]:
        """Return the known words that a misspelt `word` may have been, likeliest first.

        By edit distance (optimal string alignment: insert, delete, replace, swap neighbours) and sound, the more
        common first. Words with digits, abbreviations and short words have none, but for those that everyone writes
        as they sound ("hed", "gud").
        """
        meant = sound_rules()["everyday"].get(word)
        if meant is not None:
            return [Candidate(meant, 0.0, OSA.distance(word, meant))] if self.count(meant) else []
        if len(word) < SHORTEST or not word.isalpha() or VOWEL.search(word) is None:
            return []
        most = 1 if len(word) <= SHORT else MOST_EDITS
        # One edit changes the length by one at most, and the set of letters by two.
        near = np.abs(self.lengths - np.int8(min(len(word), 100))) <= most
        near &= np.bitwise_count(self.letters ^ np.uint32(_letters(word))) <= 2 * most
        alike = self.sounds == np.uint32(_sound_hash(word))
        places = np.flatnonzero(near | alike)
        compared = [self.words[place] for place in places.tolist()]
        # More edits than the cutoff come out as one more than it.
        edits = cdist([word], compared, scorer=OSA.distance, score_cutoff=MOST_EDITS_ALIKE, dtype=np.int32)[0]
        kept = np.flatnonzero(edits <= np.where(alike[places], MOST_EDITS_ALIKE, most))
        found = []
        for place, candidate, distance in zip(
            places[kept].tolist(), map(compared.__getitem__, kept.tolist()), edits[kept].tolist(), strict=True
        ):
            # "bipolar" is not "unipolar": with another first letter a second edit is one too many.
            other_start = candidate[0] != word[0] and not alike[place] and distance > 1
            if other_start or len(candidate) < SHORTEST - 1:
                continue
            cost = distance - COMMONNESS * float(np.log10(max(int(self.counts[place]), 1)))
            cost += OTHER_START * (candidate[0] != word[0]) - SAME_SOUND * bool(alike[place])
            found.append(Candidate(candidate, cost, distance))
        return sorted(found, key=lambda candidate: (candidate.cost, candidate.word))[:limit]

    def with_words(self, words: Iterable[str]) -> "Lexicon":
        """Return a lexicon that knows these words as well; those that are new count as held by one entry."""
        new = lexicon_of(Counter({word: 1 for word in words if not self.knows(word)}))
        if not new.words:
            return self
        places = [bisect_left(self.words, word) for word in new.words]
        merged = sorted([*self.words, *new.words])
        parts = {
            # A large lexicon has no vectors, and gets none.
            part: np.insert(getattr(self, part), places, getattr(new, part), axis=0)
            if len(getattr(self, part))
            else getattr(new, part)[:0]
            for part in PARTS
        }
        return Lexicon(merged, **parts)


def lexicon_of(counts: Mapping[str, int]) -> Lexicon:
    """Return the lexicon of the words, each with how many entries hold it."""
    words = sorted(counts)
    return Lexicon(
        words=words,
        counts=np.array([counts[word] for word in words], np.int32),
        letters=np.array([_letters(word) for word in words], np.uint32),
        lengths=np.array([min(len(word), 100) for word in words], np.int8),
        sounds=np.array([_sound_hash(word) for word in words], np.uint32),
        vectors=packed(static_encoder().encode(words if len(words) <= MOST_COMPARED else [])),
    )


def write_lexicon(folder: Path, lexicon: Lexicon) -> None:
    """Write the lexicon into `folder`, to be read by `open_lexicon`."""
    (folder / "words.txt").write_text("\n".join(lexicon.words), encoding="utf-8", newline="")
    for part in PARTS:
        save_array(folder / f"words.{part}.npy", getattr(lexicon, part))


def open_lexicon(folder: Path) -> Lexicon:
    """Read the lexicon in `folder`. Raises OSError or ValueError when a file is missing or torn."""
    words = read_terms(folder / "words.txt")
    parts = [map_array(folder / f"words.{part}.npy") for part in PARTS]
    if any(len(part) != len(words) for part in parts[:-1]) or len(parts[-1]) not in {0, len(words)}:
        raise ValueError("the arrays of the lexicon do not fit its words")
    return Lexicon(words, *parts)
