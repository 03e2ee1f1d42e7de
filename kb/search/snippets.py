"""Pick the sentence of an answer that says most of what was asked, and mark the words in it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kb.content.entries import Entry
from kb.search.analysis import content_stems, content_terms
from kb.search.encoders import Floats

# Of a long answer, the words are compared only in the sentences nearest in meaning; both seldom disagree by more.
COMPARED = 3
MEANING_WEIGHT = (
    0.5  # against 1 for the words: a sentence that names the thing asked about is the safer choice
)
# What an editor chose as the short answer wins among near equals.
SHORT_BONUS = 0.1


class Found(NamedTuple):
    """An entry that was found, with what to show of it."""

    entry: Entry
    snippet: "Snippet"
    why: tuple[str, ...]  # the stems that were asked for and that it holds, each with its field


class Snippet(NamedTuple):
    """A whole sentence of an answer, and the [start, end) ranges in it of words that were asked for."""

    sentence: str
    highlights: tuple[tuple[int, int], ...]


def best_sentence(
    answer: str,
    spans: Sequence[tuple[int, int]],
    likeness: Floats,
    short: str,
    weights: Mapping[str, float],
) -> Snippet:
    """Return the sentence that answers best by words and meaning; of equals the first.

    `spans` are the answer's sentences and `likeness` how near each is to the query in meaning; `short` is the
    editor's choice, a span of the answer, or empty; `weights` holds a weight, such as idf, for each stem that was
    asked for.
    """
    most = max(sum(weights.values()), 1e-9)
    nearest = sorted(range(len(spans)), key=lambda place: (-likeness[place], place))[:COMPARED]
    candidates = [
        (_share(answer[slice(*spans[place])], weights, most) + MEANING_WEIGHT * float(likeness[place]), place)
        for place in nearest
    ]
    score, place = max(candidates, key=lambda candidate: (candidate[0], -candidate[1]), default=(-1.0, -1))
    best = answer[slice(*spans[place])] if place >= 0 else answer
    if short and best not in short:
        inside = [likeness[place] for place in range(len(spans)) if answer[slice(*spans[place])] in short]
        of_short = _share(short, weights, most) + MEANING_WEIGHT * float(max(inside, default=0.0))
        best = short if of_short + SHORT_BONUS >= score else best
    elif short:
        best = short
    return Snippet(best, highlights(best, weights))


def _share(text: str, weights: Mapping[str, float], most: float) -> float:
    """Return the share of the asked weight that stands in the text, from 0 to 1."""
    found = set(content_stems(text)) & weights.keys()
    return min(sum(weights[stem] for stem in found) / most, 1.0)


def highlights(text: str, asked: Mapping[str, float]) -> tuple[tuple[int, int], ...]:
    """Return the ranges of the words of `text` whose stems were asked for, each a whole word."""
    return tuple((term.start, term.end) for term in content_terms(text) if term.text in asked)
