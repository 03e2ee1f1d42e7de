"""What a query says of danger: the noun that every surface asks for."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["none", "crisis", "emergency"]
Layer = Literal["", "concept", "model"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a query says of the danger someone is in, and what that was read from."""

    level: Level = "none"
    means: bool = False  # asks how to harm oneself: the card is shown, and no hits
    layer: Layer = ""  # the layer that decided
    words: tuple[str, ...] = ()  # the words of the query that it decided on

    @property
    def calm(self) -> bool:
        return self.level == "none"


CALM = Assessment()
