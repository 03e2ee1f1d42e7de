"""Tell at a glance that words are calm, so that only those that may not be are read whole.

A glance adds up the most that words can weigh for the model, and looks for the patterns that decide without it. It
calls nothing calm that the whole reading would not: what it leaves out could only make the sum less
(tests/safety/test_skimming.py holds one against the other).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise, product, repeat
from string import ascii_lowercase
from typing import TypeVar

from kb.safety.features import LITTLE_WORDS, STEM
from kb.safety.knowledge import Knowledge, Strength
from kb.safety.model import Model
from kb.safety.normalise import BREAKS, MANY_WORDS, MOST_TRIED, Reading, Words, is_letter
from kb.safety.patterns import Index, Pattern, Sentence, index_patterns

# Stands for every word that says nothing to the model and is in no pattern.
DULL = "·"
_DULL = (DULL,)
_NOTHING = frozenset({_DULL, ()})
# Stands for a letter by itself that is short for something, or may be one of a word set apart ("d i e").
UNCLEAR = "?"
UNKNOWN = complex("inf")  # what it weighs
# Sums of the same weights differ by the order in which they were added.
ROUNDING = 1e-6

_BREAK = re.compile(f"[{re.escape(BREAKS)}]")

Key = TypeVar("Key")

# What words weigh: risk, and beside it, as the imaginary part, a question about means.
Weight = complex


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that words can weigh, from all that is known of them."""

    bias: Weight
    # Words by themselves, and the beginnings ("swell~") of words that are not known.
    units: Mapping[str, Weight]
    beginnings: frozenset[str]  # of every word that is not dull
    pairs: Mapping[tuple[str, str], Weight]
    kinds: Mapping[str, str]  # a word → "@" and its class
    kind_units: Mapping[str, Weight]
    kind_pairs: Mapping[tuple[str, str], Weight]
    joined: frozenset[tuple[str, str]]  # two words that may be read as one, and two letters
    vocabulary: frozenset[str]  # the words that say something
    patterns: Index  # all that a glance looks for: exceptions under the name of "", concepts under theirs
    decisive: frozenset[str]  # what is found in no calm words: an exception, a concept that always decides
    sure: frozenset[str]  # concepts that decide unless a frame calms them
    topics: Mapping[str, Weight]  # the most that a concept adds, in whatever frames
    # The most that a frame adds, where it adds anything, and the words of which its patterns need one.
    frames: tuple[tuple[Weight, frozenset[str]], ...]
    framed: Mapping[tuple[str, str], Weight]  # a concept, a frame, or both together

    def seen(self, word: str) -> str:
        """Return what stands for a word at first sight."""
        if word in self.vocabulary:
            return word
        stem = f"{word[:STEM]}~"
        return stem if len(word) > STEM and stem in self.units else DULL


@lru_cache(maxsize=4)
def limits_of(known: Knowledge, model: Model) -> Limits:
    """Return the most that words can weigh for a model. Kept, as it takes a while; it holds nothing of a query."""
    weights = {feature: complex(weight[0], weight[3]) for feature, weight in model.weights.items()}
    plain = {feature: weight for feature, weight in weights.items() if feature[0] not in "(["}
    pairs = {
        (first, second): weight
        for feature, weight in plain.items()
        for first, gap, second in [feature.partition(" ")]
        if gap
    }
    indexes = (known.exceptions, known.concept_patterns, known.frame_patterns)
    patterns = [item for index in indexes for item in _patterns(index)]
    words = {word for pair in pairs for word in pair}.union(
        (feature for feature in plain if " " not in feature),
        known.kinds,
        *known.spelling.pairs,
        *(pattern.words for pattern, _ in patterns),
    )
    vocabulary = frozenset(word for word in words if word[0] != "@" and word[-1] != "~")
    frames = {name for _, name in _patterns(known.frame_patterns)}
    framed = {
        (concept, frame): weights[feature]
        for concept in ("", *known.concepts)
        for frame in ("", *frames)
        if (feature := " ".join([f"[{concept}]"] * bool(concept) + [f"({frame})"] * bool(frame))) in weights
    }
    stems = {
        feature: _more(weight)
        for feature, weight in plain.items()
        if len(feature) == STEM + 1 and feature[-1] == "~"
    }
    joined = frozenset([*known.spelling.pairs, *product(ascii_lowercase, ascii_lowercase)])
    return Limits(
        bias=complex(model.bias[0], model.bias[3]),
        units={UNCLEAR: UNKNOWN}
        | stems
        | {
            word: (0j if word in LITTLE_WORDS else weights.get(word, 0j))
            + (stems.get(f"{word[:STEM]}~", 0j) if len(word) > STEM else 0j)
            for word in vocabulary
        },
        beginnings=frozenset(word[:STEM] for word in (*vocabulary, *stems, *known.spelling.short_forms)),
        pairs={pair: weight for pair, weight in pairs.items() if "@" not in pair[0][0] + pair[1][0]}
        | dict.fromkeys(joined, UNKNOWN),
        kinds={word: f"@{kind}" for word, kind in known.kinds.items()},
        kind_units={
            feature: weight for feature, weight in plain.items() if feature[0] == "@" and " " not in feature
        },
        kind_pairs={pair: weight for pair, weight in pairs.items() if "@" in pair[0][0] + pair[1][0]},
        joined=joined,
        vocabulary=vocabulary,
        patterns=index_patterns(
            [
                *((pattern, "") for pattern, _ in dict.fromkeys(_patterns(known.exceptions))),
                *dict.fromkeys(_patterns(known.concept_patterns)),
            ]
        ),
        decisive=frozenset({""}).union(_of_strength(known, "always")),
        sure=_of_strength(known, "sure"),
        topics={
            concept: sum((_more(framed.get((concept, frame))) for frame in ("", *frames)), 0j)
            for concept in known.concepts
        },
        frames=tuple(
            (more, _needed(known.frame_patterns, frame))
            for frame in sorted(frames)
            if (more := _more(framed.get(("", frame))))
        ),
        framed=framed,
    )


def _of_strength(known: Knowledge, strength: Strength) -> frozenset[str]:
    return frozenset(name for name, concept in known.concepts.items() if concept.strength == strength)


def _needed(index: Index, name: str) -> frozenset[str]:
    """Return the words of which a sentence holds one when a pattern of this rule is in it."""
    return frozenset(
        word for word, items in index.by_word.items() if any(rule == name for _, _, rule in items)
    )


def _patterns(index: Index) -> Iterable[tuple[Pattern, str]]:
    return ((pattern, name) for items in index.by_word.values() for _, pattern, name in items)


def _more(weight: Weight | None) -> Weight:
    """Return the most that a feature adds, which may be there or not."""
    return complex(max(weight.real, 0.0), max(weight.imag, 0.0)) if weight else 0j


@dataclass(frozen=True, slots=True)
class Glance:
    """A sentence at first sight: its words, dull ones as DULL, and where clauses end in one of many words.

    A whole reading finds the same words, place by place, but where some are unclear.
    """

    words: tuple[str, ...]
    breaks: tuple[int, ...]
    dull: bool = False  # no word of a long one says anything


class Skimmer:
    """Looks at the sentences of one text, and lives no longer than that: what people typed is not kept."""

    def __init__(self, known: Knowledge, limits: Limits, words: Words) -> None:
        self._known = known
        self._limits = limits
        self._seen = _Seen(limits, words)

    def glance(self, sentence: str) -> Glance:
        """Return a sentence as it is at first sight."""
        chunks = sentence.split()
        if len(chunks) > MOST_TRIED:
            self._seen.learn(chunks)
        seen = [*map(self._seen.__getitem__, chunks)]
        if len(chunks) > MOST_TRIED and _NOTHING.issuperset(seen):
            return Glance(_DULL * seen.count(_DULL), (), dull=True)
        words = (*chain.from_iterable(seen),)
        breaks: list[int] = []
        if len(words) >= MANY_WORDS and _BREAK.search(sentence):
            place = 0
            for chunk, found in zip(chunks, seen, strict=True):
                place += len(found)
                if chunk[-1] in BREAKS and place:
                    breaks.append(place)
        return Glance(words, tuple(breaks))

    def glance_of(self, reading: Reading) -> Glance:
        """Return what stands at first sight for a sentence that was read whole."""
        return Glance((*map(self._limits.seen, reading.words),), reading.breaks)

    def is_clear(self, words: tuple[str, ...]) -> bool:
        """Return whether a whole reading finds the same words, place by place."""
        return UNCLEAR not in words and self._limits.joined.isdisjoint({*pairwise(words)})

    def is_calm(self, words: tuple[str, ...], margin: float) -> bool:
        """Return whether words surely say no more of danger than `margin` to the model, and nothing to a pattern."""
        limits = self._limits
        kinds = [limits.kinds.get(word, word) for word in words]
        most = limits.bias
        # Each of equal ones counts once.
        most += _sum(limits.units, {*words}) + _sum(limits.kind_units, {*kinds})
        most += _sum(limits.pairs, {*pairwise(("^", *words, "$"))})
        most += _sum(limits.kind_pairs, {*pairwise(("^", *kinds, "$"))})
        if _exceeds(most, margin):
            return False  # frames may still calm it, but seldom do
        sentence = Sentence(words)
        found = {name for _, name, _ in limits.patterns.matches(sentence)}
        # Words that an exception sets aside are not weighed, which may make the sum more.
        if not limits.decisive.isdisjoint(found):
            return False
        sure = not limits.sure.isdisjoint(found)
        framed = [more for more, needed in limits.frames if not needed.isdisjoint(sentence.present)]
        if not sure and not _exceeds(sum(framed, most + _sum(limits.topics, found)), margin):
            return True
        frames = {name for _, name, _ in self._known.frame_patterns.matches(sentence)}
        if sure and self._known.calming.isdisjoint(frames):
            return False
        most += _sum(limits.framed, {*product(("", *found), ("", *frames))})
        return not _exceeds(most, margin)


def _sum(weights: Mapping[Key, Weight], keys: set[Key]) -> Weight:
    found: Iterable[Weight] = map(weights.get, keys, repeat(0j))
    return sum(found, 0j)


def _exceeds(weight: Weight, margin: float) -> bool:
    return max(weight.real, weight.imag) > margin - ROUNDING


class _Seen(dict[str, tuple[str, ...]]):
    """The words of a chunk at first sight."""

    def __init__(self, limits: Limits, words: Words) -> None:
        self._limits = limits
        self._words = words

    def learn(self, chunks: Iterable[str]) -> None:
        """Take in many chunks at once: of those that are not tried as anything else, most are dull."""
        fresh = iter([chunk for chunk in dict.fromkeys(chunks) if chunk not in self])
        for chunk in fresh:
            self[chunk]
            if len(self._words) >= MOST_TRIED:
                break
        begins = self._limits.beginnings
        self.update(
            dict.fromkeys(
                (
                    chunk
                    for chunk in fresh
                    if chunk[:STEM] not in begins and len(chunk) > 1 and chunk.isalpha()
                ),
                _DULL,
            )
        )

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        seen: tuple[str, ...]
        if is_letter(chunk):
            same = self._words.spelling.read(chunk) == (chunk,)
            # Other letters are in no word that is known.
            seen = ((chunk,) if chunk.isascii() else _DULL) if same else (UNCLEAR,)
        else:
            seen = (*map(self._limits.seen, self._words[chunk]),)
        self[chunk] = seen
        return seen
