"""Pick the sentence of an answer that says most of what was asked, and mark the words in it."""

from collections.abc import Mapping
from typing import NamedTuple

from kb.content.sentences import sentence_spans
from kb.search.analysis import content_terms


class Snippet(NamedTuple):
    """A whole sentence of an answer, and the [start, end) ranges in it of words that were asked for."""

    sentence: str
    highlights: tuple[tuple[int, int], ...]


def best_sentence(answer: str, preferred: str, weights: Mapping[str, float]) -> Snippet:
    """Return the sentence with the highest weight of asked terms; of equals, `preferred`, then the first.

    `weights` holds a weight, such as idf, for each term that was asked for.
    """
    sentences = [answer[start:end] for start, end in sentence_spans(answer)]
    candidates = ([preferred] if preferred else []) + sentences
    best = max(candidates or [answer], key=lambda sentence: _weight(sentence, weights))
    return Snippet(best, highlights(best, weights))


def _weight(sentence: str, weights: Mapping[str, float]) -> float:
    found = {term.text for term in content_terms(sentence)}
    return sum(weights.get(term, 0.0) for term in found)


def highlights(text: str, asked: Mapping[str, float]) -> tuple[tuple[int, int], ...]:
    """Return the ranges of the words of `text` whose terms were asked for."""
    return tuple((term.start, term.end) for term in content_terms(text) if term.text in asked)
