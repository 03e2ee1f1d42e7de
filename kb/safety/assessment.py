"""Judge a query: crisis, emergency or neither, and whether it asks about means."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["none", "crisis", "emergency"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a query says of the danger someone is in, and what that was read from."""

    level: Level = "none"
    means: bool = False  # asks how to harm oneself: the card is shown, and no hits
    layer: str = ""  # the layer that decided
    words: tuple[str, ...] = ()  # the words of the query that it decided on

    @property
    def calm(self) -> bool:
        return self.level == "none"


CALM = Assessment()


# The plainest words of danger; read as substrings of the query in lower case.
PLAIN_EMERGENCY = ("overdosed", "took too many pills", "can't breathe", "chest pain", "having a seizure")
PLAIN_MEANS = ("how to kill myself", "painless way to die", "lethal dose", "how to hang myself")
PLAIN_CRISIS = (
    "kill myself",
    "want to die",
    "end my life",
    "suicidal",
    "hurt myself",
    "better off without me",
    "quiero morir",
    "matarme",
)


def assess(query: str) -> Assessment:
    """Return what `query` says of danger; bounded in time for any text, and never an exception."""
    text = query.lower().replace("’", "'")
    means = tuple(phrase for phrase in PLAIN_MEANS if phrase in text)
    if means:
        return Assessment("crisis", means=True, layer="plain words", words=means)
    emergency = tuple(phrase for phrase in PLAIN_EMERGENCY if phrase in text)
    if emergency:
        return Assessment("emergency", layer="plain words", words=emergency)
    crisis = tuple(phrase for phrase in PLAIN_CRISIS if phrase in text)
    return Assessment("crisis", layer="plain words", words=crisis) if crisis else CALM
