"""When a review has lasted too long: the answer goes behind others, says so, and in the end is no longer served."""

from datetime import date, timedelta
from typing import Protocol


class Reviewed(Protocol):
    """What has a review."""

    @property
    def reviewed_by(self) -> str: ...

    @property
    def review_due(self) -> date | None: ...


def is_overdue(reviewed_by: str, review_due: date | None, today: date) -> bool:
    """Return whether a review that was made should have been made again by now.

    What nobody has reviewed is not overdue: it says that it was never reviewed.
    """
    return bool(reviewed_by) and review_due is not None and review_due < today


def is_overdue_entry(entry: Reviewed, today: date) -> bool:
    """Return whether the review of `entry` is overdue."""
    return is_overdue(entry.reviewed_by, entry.review_due, today)


def is_withheld(entry: Reviewed, today: date, grace_days: int) -> bool:
    """Return whether `entry` is overdue by more than `grace_days`; never for a grace of 0, which means no end."""
    if grace_days == 0 or entry.review_due is None:
        return False
    return is_overdue_entry(entry, today - timedelta(days=grace_days))
