"""What someone said of an answer, and what is left out of it before it is kept."""

import re
from dataclasses import dataclass
from datetime import date

LONGEST_REASON = 500  # characters

# What names a person, whatever they were asked to leave out: an e-mail address, a number to call or file under.
_IDENTITY = re.compile(r"\S+@\S+|\+?\d(?:[\s().-]*\d){5,}")
_LEFT_OUT = "[…]"


@dataclass(frozen=True, slots=True)
class Feedback:
    """Was the answer helpful, said once."""

    entry_id: str
    helpful: bool
    reason: str  # scrubbed; mostly empty
    lang: str  # of the page, BCP 47
    day: date
    token: str  # of the form that it came by: the same token counts once


def scrubbed(reason: str) -> str:
    """Return the reason in one line without e-mail addresses and long numbers, at most LONGEST_REASON long."""
    return _IDENTITY.sub(_LEFT_OUT, " ".join(reason.split()))[:LONGEST_REASON]
