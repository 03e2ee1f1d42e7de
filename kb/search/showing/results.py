"""Show entries that were found: each with the sentence that answers best, and why it was found."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from kb.content.entries import Entry
from kb.search.arrays import Floats, spread
from kb.search.index.score_table import Statistics
from kb.search.index.segments import Segment
from kb.search.question.parts import Question
from kb.search.showing.explaining import ask_the_same, asked_weights, why
from kb.search.showing.snippets import Sentences, Snippet, best_sentence


class Found(NamedTuple):
    """An entry that was found, with what to show of it."""

    entry: Entry
    snippet: Snippet
    why: tuple[str, ...]  # the stems that were asked for and that it holds, each with its field


def show(
    segment: Segment, numbers: Sequence[int], question: Question, statistics: Statistics, meaning: Floats
) -> list[Found]:
    """Return what to show of entries of a segment, by their numbers there; `meaning` is the question's vector."""
    weights = asked_weights(question, statistics)
    places = np.array(numbers, np.int64)
    vectors = segment.vectors
    # The sentences of all answers are weighed at once, and cut apart again.
    sentences, lengths = spread(vectors.starts, places)
    likeness = vectors.sentence_likeness(sentences, meaning).tolist()
    held, asked = segment.holdings.asked_in(sentences, weights)
    spans = vectors.spans.take(sentences, axis=0).tolist()
    ends = lengths.cumsum().tolist()
    found = []
    same = ask_the_same(segment, places, question, statistics)
    for number, start, end, words, asked_so in zip(
        numbers, [0, *ends], ends, why(segment, places, weights), same, strict=False
    ):
        entry = segment.entry(number)
        own = Sentences(spans[start:end], likeness[start:end], held[start:end], asked[start:end])
        best = best_sentence(entry.answer, own, entry.short, weights, same_question=asked_so)
        found.append(Found(entry, best, words))
    return found
