"""Pick the sentence of an answer that says most of what was asked, and mark the words in it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kb.search.words.analysis import content_stems, placed_stems

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

    spans: Sequence[Sequence[int]]  # [start, end) in the answer
    likeness: Sequence[float]  # how near each is to the query in meaning
    weights: Sequence[float]  # the asked weight that stands in each
    asked: Sequence[
        Sequence[tuple[int, int]]
    ]  # the [start, end) in the answer of the words in each that were asked for


def best_sentence(
    answer: str,
    sentences: Sentences,
    short: str,
    weights: Mapping[str, float],
    *,
    same_question: bool = False,
) -> Snippet:
    """Return the sentence that answers best by words and meaning; of equals the first.

    `short` is the editor's choice, a span of the answer, or empty; `weights` holds a weight, such as idf, for each
    stem that was asked for. Whoever asks the same question as the entry gets what answers that.
    """
    if short and same_question:
        return _of_text(short, weights)
    spans, likeness, held, asked = sentences
    whole = max(sum(weights.values()), 1e-9)
    # Sorting, reversed as well, keeps the order of equals.
    nearest = sorted(range(len(spans)), key=likeness.__getitem__, reverse=True)[:COMPARED]
    scores = {
        place: min(held[place] / whole, 1.0) + MEANING_WEIGHT * likeness[place] for place in sorted(nearest)
    }
    place = max(scores, key=scores.__getitem__, default=-1)
    if not scores:
        return _of_text(short or answer, weights)
    start, end = spans[place]
    best = answer[start:end]
    if not short:
        return Snippet(best, tuple((first - start, last - start) for first, last in asked[place]))
    if best in short:
        return _of_text(short, weights)
    inside = [near for span, near in zip(spans, likeness, strict=True) if answer[slice(*span)] in short]
    of_short = min(weight_in(short, weights) / whole, 1.0) + MEANING_WEIGHT * max(inside, default=0.0)
    return _of_text(short if of_short + SHORT_BONUS >= scores[place] else best, weights)


def weight_in(text: str, weights: Mapping[str, float]) -> float:
    """Return the asked weight that stands in the text, each stem once."""
    return sum(weights[stem] for stem in set(content_stems(text)) & weights.keys())


def _of_text(text: str, weights: Mapping[str, float]) -> Snippet:
    """Return a text as a snippet, the words in it marked whose stems were asked for."""
    words = placed_stems(text, 0, len(text))
    return Snippet(text, tuple((start, end) for stem, start, end in words if stem in weights))
