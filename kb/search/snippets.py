"""Pick the sentence of an answer that says most of what was asked, and mark the words in it."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kb.search.analysis import content_stems, ranges_of
from kb.search.encoders import Floats

# Of a long answer, the words are compared only in the sentences nearest in meaning; both seldom disagree by more.
COMPARED = 3
MEANING_WEIGHT = (
    0.5  # against 1 for the words: a sentence that names the thing asked about is the safer choice
)
# What an editor chose as the short answer wins among near equals.
SHORT_BONUS = 0.1


class Snippet(NamedTuple):
    """A whole sentence of an answer, and the [start, end) ranges in it of words that were asked for."""

    sentence: str
    highlights: tuple[tuple[int, int], ...]


class Sentences(NamedTuple):
    """The sentences of one answer, in order."""

    spans: npt.NDArray[np.int32]  # sentences x 2: [start, end) in the answer
    likeness: Floats  # how near each is to the query in meaning
    shares: npt.NDArray[np.float64]  # the share of the asked weight that stands in each, from 0 to 1

    def text(self, answer: str, place: int) -> str:
        """Return the words of the sentence at a place."""
        start, end = self.spans[place].tolist()
        return answer[start:end]


def best_sentence(answer: str, sentences: Sentences, short: str, weights: Mapping[str, float]) -> Snippet:
    """Return the sentence that answers best by words and meaning; of equals the first.

    `short` is the editor's choice, a span of the answer, or empty; `weights` holds a weight, such as idf, for each
    stem that was asked for.
    """
    nearest = np.argsort(-sentences.likeness, kind="stable")[:COMPARED]
    scores = sentences.shares[nearest] + MEANING_WEIGHT * sentences.likeness[nearest].astype(float)
    score, place = max(
        zip(scores.tolist(), (-nearest).tolist(), strict=True), default=(-1.0, 1)
    )  # of equals the first
    best = sentences.text(answer, -place) if place <= 0 else answer
    if short and best not in short:
        inside = [
            likeness
            for place, likeness in enumerate(sentences.likeness.tolist())
            if sentences.text(answer, place) in short
        ]
        of_short = share(short, weights) + MEANING_WEIGHT * max(inside, default=0.0)
        best = short if of_short + SHORT_BONUS >= score else best
    elif short:
        best = short
    return Snippet(best, tuple(ranges_of(best, weights)))


def share(text: str, weights: Mapping[str, float]) -> float:
    """Return the share of the asked weight that stands in the text, from 0 to 1."""
    found = set(content_stems(text)) & weights.keys()
    return min(sum(weights[stem] for stem in found) / whole(weights), 1.0)


def whole(weights: Mapping[str, float]) -> float:
    """Return the weight of all that was asked, above 0."""
    return max(sum(weights.values()), 1e-9)
