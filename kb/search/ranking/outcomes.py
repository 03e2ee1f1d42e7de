"""Decide whether the entries answer a question, are only near it, or have nothing to do with it.

What counts is coverage (coverage.py): which share of what the question says is said by one of the best hits; and, where
the vectors are fine, how near in meaning that hit is. How the bounds were chosen stands in docs/decisions/outcome.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np

from kb.search.hits import Outcome
from kb.search.index.segments import Collection
from kb.search.question.parts import Question
from kb.search.ranking.coverage import (
    OUTRIGHT,
    SAID,
    Coverage,
    QuestionPart,
    coverage_of,
    known_share,
    question_parts,
)
from kb.search.ranking.order import Ranked

# The least value of an answer.
ANSWERED = 0.33
FINE_ANSWERED = 1.65
# What goes into it, beside the share of the question that an entry says: the weight of the weightiest missing part
# ("does it hurt" asks one thing, and an entry that says all but that says nothing),
MISSING_COSTS = 0.35
FINE_MISSING_COSTS = 0.6
# a thing of the clinic's terms that the entry does not name ("bipolar disorder"),
UNNAMED_COSTS = 0.5
# something asked that no type of entry answers and the entry's words do not ("dose", "insurance"),
UNANSWERED_COSTS = 0.3
# and by fine vectors: how near the entry is in meaning, and how much nearer the question is to asking what no entry
# answers than to anything that one does.
NEAR_COUNTS = 1.0
ASPECT_COSTS = 2.3
# A long question says much that no entry does (who asks, since when), and is seldom of another field: what counts is
# this much of the logarithm of the number of its parts.
LENGTH_COUNTS = 0.85
# A name is not said when this much of it is missing: half of it is another name.
UNSAID = 0.6
# A question about one medicine alone is not answered by what is said of its class, nor of another one.
MEDICINE = "drug"
# The least share of what the question says that must be known here for the question to be of our field.
OUR_FIELD = 0.2
# Who names one of these in the clinic's own terms asks in our field, however little a name says that every entry holds
# ("what does ketamine cost"). A condition's name may mean something else ("tropical depression").
OF_OUR_FIELD = frozenset({"drug", "treatment"})
# A hit that says this much of the question and names its drugs and treatments is strong: below a card no other is shown.
STRONG = 0.6
# Hits whose coverage is looked at: an answer further down is no answer at first sight.
LOOKED_AT = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome and why."""

    outcome: Outcome
    reason: str
    known: float = 0.0  # the share of the question whose words some entry holds
    strong: frozenset[int] = frozenset()  # the numbers of the hits that say most of the question


def judge(
    question: Question, collection: Collection, ranked: Sequence[Ranked], aspect: float | None
) -> Verdict:
    """Return the outcome for the best hits, best first.

    `aspect` is how much nearer the question is to asking what no entry answers (aspects.py); None without fine vectors.
    """
    if not question.groups:
        return Verdict("nothing", "no word to search for")
    parts = question_parts(question, collection.statistics)
    share, answered, missing = 0.0, False, [part.name for part in parts]
    strong: frozenset[int] = frozenset()
    covered = [one for one in ranked if one.said]
    if covered:
        coverage = coverage_of(parts, np.array([one.said for one in covered]).T)
        strong = frozenset(
            one.number for one, is_strong in zip(covered, _strong(coverage, parts), strict=True) if is_strong
        )
        best = covered[:LOOKED_AT]
        values = [_value(coverage, place, parts, one.near, aspect) for place, one in enumerate(best)]
        place = int(np.argmax(values))
        share = float(coverage.shares[place])
        answered = values[place] >= (ANSWERED if aspect is None else FINE_ANSWERED)
        answered &= not _is_of_another_medicine(coverage, place, parts)
        missing = coverage.missing(place, parts)
    known = known_share(parts, collection)
    said = f"one entry says {share:.0%} of the question"
    lacking = f"{said}, but not: {', '.join(missing)}" if missing else said
    if question.choices:
        names = "; ".join(" or ".join(choice.names) for choice in question.choices)
        return Verdict("not_covered", f"not clear which is meant: {names}", known, strong)
    if answered:
        return Verdict("answer", lacking, known, strong)
    if known >= OUR_FIELD or any(
        part.group and part.group.own and part.group.kind in OF_OUR_FIELD for part in parts
    ):
        return Verdict("not_covered", lacking, known, strong)
    return Verdict("nothing", f"{lacking}; all entries together know {known:.0%}", known, strong)


def _strong(coverage: Coverage, parts: Sequence[QuestionPart]) -> list[bool]:
    """Return for each entry whether it says most of the question and names its drugs and treatments."""
    asked_of = [part.group is not None and part.group.kind in OF_OUR_FIELD for part in parts]
    named = (coverage.said[asked_of] >= SAID).all(axis=0)
    strong: list[bool] = (named & (coverage.shares >= STRONG)).tolist()
    return strong


def _is_of_another_medicine(coverage: Coverage, place: int, parts: Sequence[QuestionPart]) -> bool:
    """Return whether a question asks of medicines alone, and the entry says none of them by a name of its own."""
    groups = [(part.group, float(said)) for part, said in zip(parts, coverage.said[:, place], strict=True)]
    medicines = [said for group, said in groups if group is not None and group.kind == MEDICINE]
    others = [group for group, _ in groups if group is not None and group.kind != MEDICINE and not group.cue]
    return bool(medicines) and not others and max(medicines) < OUTRIGHT


def _value(
    coverage: Coverage, place: int, parts: Sequence[QuestionPart], near: float, aspect: float | None
) -> float:
    """Return what speaks for an entry as an answer, less what speaks against it."""
    unsaid = [(part, 1 - float(said)) for part, said in zip(parts, coverage.said[:, place], strict=True)]
    missing = max((part.weight * left for part, left in unsaid), default=0.0)
    unnamed = max((left for part, left in unsaid if part.names), default=0.0) > UNSAID
    unanswered = max((left for part, left in unsaid if part.asks_by_words), default=0.0)
    value = float(coverage.shares[place]) - UNNAMED_COSTS * unnamed - UNANSWERED_COSTS * unanswered
    if aspect is None:
        return value - MISSING_COSTS * missing
    if coverage.shares[place] >= OUTRIGHT:
        # Who says all that is asked answers it, whatever its type.
        aspect = min(aspect, 0.0)
    value += NEAR_COUNTS * near - ASPECT_COSTS * aspect
    value += LENGTH_COUNTS * log1p(len([part for part in parts if part.group is not None]))
    return value - FINE_MISSING_COSTS * missing
