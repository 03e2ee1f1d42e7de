"""Decide whether the entries answer a question, are only near it, or have nothing to do with it.

What counts is coverage (coverage.py): which share of what the question says is said by one of the best hits. How the
bounds were chosen stands in docs/decisions/outcome.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kb.search.coverage import coverage_of, known_share, question_parts
from kb.search.hits import Outcome
from kb.search.ranking import Ranked
from kb.search.segments import Collection
from kb.search.understanding import Question

# The least coverage of an answer, after what its weightiest missing word takes away: "does it hurt" asks one thing,
# and an entry that says all but that says nothing.
ANSWERED = 0.33
MISSING_COSTS = 0.35
# The least share of what the question says that must be known here for the question to be of our field.
OUR_FIELD = 0.2
# Hits whose coverage is looked at: an answer further down is no answer at first sight.
LOOKED_AT = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome and why."""

    outcome: Outcome
    reason: str
    known: float = 0.0  # the share of the question whose words some entry holds


def judge(question: Question, collection: Collection, hits: Sequence[Ranked]) -> Verdict:
    """Return the outcome for the best hits, best first."""
    if not question.groups:
        return Verdict("nothing", "no word to search for")
    parts = question_parts(question, collection.statistics)
    best, value, missing = 0.0, 0.0, [part.name for part in parts]
    if hits:
        coverage = coverage_of(parts, np.array([hit.said for hit in hits[:LOOKED_AT]]).T)
        costs = [
            MISSING_COSTS * coverage.heaviest_missing(place, parts) for place in range(len(coverage.shares))
        ]
        values = coverage.shares - np.array(costs)
        place = int(values.argmax())
        best, value = float(coverage.shares[place]), float(values[place])
        missing = coverage.missing(place, parts)
    known = known_share(parts, collection)
    said = f"one entry says {best:.0%} of the question"
    lacking = f"{said}, but not: {', '.join(missing)}" if missing else said
    if question.choices:
        names = "; ".join(" or ".join(choice.names) for choice in question.choices)
        return Verdict("not_covered", f"not clear which is meant: {names}", known)
    if value >= ANSWERED:
        return Verdict("answer", lacking, known)
    if known >= OUR_FIELD:
        return Verdict("not_covered", lacking, known)
    return Verdict("nothing", f"{lacking}; all entries together know {known:.0%}", known)
