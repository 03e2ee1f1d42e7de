"""Say of a hit which words found it and where they stand."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from kb.search.index.holdings import BITS
from kb.search.index.score_table import Statistics
from kb.search.index.segments import Segment
from kb.search.question.parts import Question

# Where a word is looked for, in the order in which it says most.
FIELDS = {
    "question": "question",
    "alternatives": "other phrasing",
    "synonyms": "other name",
    "answer": "answer",
}
# Guesses below this do not light up in what is shown.
SHOWN_WEIGHT = 0.5
# Of what a question says, the share that makes an entry's own question the same.
SAME_QUESTION = 0.8
ASKING = BITS["question"] | BITS["alternatives"]


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


def ask_the_same(
    segment: Segment, numbers: npt.NDArray[np.int64], question: Question, statistics: Statistics
) -> list[bool]:
    """Return for each entry whether its own question, in one of its wordings, asks nearly all that the question does."""
    groups = [
        (group.weight * max(map(statistics.rarity, group.alternatives[0].stems), default=0.0), group)
        for group in question.groups
    ]
    ways = [[one.stems for one in group.alternatives if one.weight >= SHOWN_WEIGHT] for _, group in groups]
    stems = sorted({stem for group in ways for way in group for stem in way})
    places = {stem: place for place, stem in enumerate(stems)}
    asked = (segment.holdings.fields_with(numbers, stems) & ASKING) > 0
    said = np.zeros(len(numbers))
    for (weight, _), group in zip(groups, ways, strict=True):
        held = [asked[[places[stem] for stem in way]].mean(axis=0) for way in group if way]
        said += weight * np.max(held, axis=0, initial=0.0) if held else 0.0
    whole = sum(weight for weight, _ in groups)
    same: list[bool] = (said >= max(SAME_QUESTION * whole, 1e-9)).tolist()
    return same


def why(
    segment: Segment, numbers: npt.NDArray[np.int64], weights: Mapping[str, float]
) -> list[tuple[str, ...]]:
    """Return for each entry the asked stems that it holds, each with the field where it says most: "gout: question"."""
    stems = sorted(weights)
    held = segment.holdings.fields_with(numbers, stems).T.tolist()
    return [
        tuple(
            f"{stem}: {shown}"
            for stem, fields in zip(stems, of_entry, strict=True)
            if (shown := _FIRST[fields])
        )
        for of_entry in held
    ]


def _first(fields: int) -> str:
    """Return how the field that says most is shown, of fields given as BITS; "" for none that is searched."""
    return next((shown for name, shown in FIELDS.items() if fields & BITS[name]), "")


_FIRST = tuple(_first(fields) for fields in range(1 << len(BITS)))
