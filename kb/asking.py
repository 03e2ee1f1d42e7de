"""One question asked: safety, then search, then the outcome. The only door to an answer."""

from dataclasses import dataclass

from kb.safety import Assessment
from kb.search.hits import Hit, Outcome


@dataclass(frozen=True, slots=True)
class Reply:
    """What a query gets: the safety assessment first, then an outcome with its hits, best first."""

    query: str
    safety: Assessment
    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    reason: str = ""  # why this outcome, for `--explain`
