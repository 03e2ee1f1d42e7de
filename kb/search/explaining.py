"""Say of a hit which words found it and where they stand."""

from collections.abc import Mapping

import numpy as np

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


def why(segment: Segment, number: int, weights: Mapping[str, float]) -> tuple[str, ...]:
    """Return the asked stems that the entry holds, each with the field where it says most: "gout: question"."""
    found = []
    for stem in weights:
        place = next((FIELDS[name] for name in FIELDS if _holds(segment, name, stem, number)), "")
        if place:
            found.append(f"{stem}: {place}")
    return tuple(sorted(found))


def _holds(segment: Segment, name: str, stem: str, number: int) -> bool:
    entries, _ = segment.table.fields[name].postings(stem)
    place = int(np.searchsorted(entries, number))
    return place < len(entries) and int(entries[place]) == number
