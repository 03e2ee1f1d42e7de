"""Say of a hit which words found it and where they stand."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from kb.search.score_table import Statistics
from kb.search.segments import Segment
from kb.search.understanding import Question

# Where a word is looked for, in the order in which it says most.
FIELDS = {
    "question": "question",
    "alternatives": "other phrasing",
    "synonyms": "other name",
    "answer": "answer",
}
# Guesses below this do not light up in what is shown.
SHOWN_WEIGHT = 0.5


def asked_weights(question: Question, statistics: Statistics) -> dict[str, float]:
    """Return the stems that a question asks for, in any of its ways to say it, each with its weight."""
    weights: dict[str, float] = {}
    for group in question.groups:
        for alternative in group.alternatives:
            if alternative.weight >= SHOWN_WEIGHT:
                for stem in alternative.stems:
                    weight = group.weight * statistics.rarity(stem)
                    weights[stem] = max(weights.get(stem, 0.0), weight)
    return weights


def why(
    segment: Segment, numbers: npt.NDArray[np.int64], weights: Mapping[str, float]
) -> list[tuple[str, ...]]:
    """Return for each entry the asked stems that it holds, each with the field where it says most: "gout: question"."""
    found: list[list[str]] = [[] for _ in numbers]
    for stem in sorted(weights):
        left = np.ones(len(numbers), np.bool_)
        for name, shown in FIELDS.items():
            held = left & _in_field(segment, name, stem, numbers)
            for place in np.flatnonzero(held).tolist():
                found[place].append(f"{stem}: {shown}")
            left &= ~held
    return [tuple(words) for words in found]


def held_by(segment: Segment, stem: str, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return for each entry whether it holds the stem, in any searched field or in the name of its focus."""
    rows = segment.names.rows_with(stem)
    starts = segment.names.starts
    held: npt.NDArray[np.bool_] = np.searchsorted(rows, starts[numbers + 1]) > np.searchsorted(
        rows, starts[numbers]
    )
    for name in FIELDS:
        held |= _in_field(segment, name, stem, numbers)
    return held


def _in_field(
    segment: Segment, name: str, stem: str, numbers: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    entries, _ = segment.table.fields[name].postings(stem)
    if not len(entries):
        return np.zeros(len(numbers), np.bool_)
    places = np.minimum(np.searchsorted(entries, numbers), len(entries) - 1)
    found: npt.NDArray[np.bool_] = entries[places] == numbers
    return found
