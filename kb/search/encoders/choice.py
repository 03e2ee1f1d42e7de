"""Which encoder makes the vectors of a knowledge base, by its size and the settings."""

from dataclasses import dataclass
from pathlib import Path

from kb.search.encoders import Encoder
from kb.search.encoders.onnx import onnx_encoder
from kb.search.encoders.sentence import sentence_encoder
from kb.search.encoders.static import static_encoder
from kb.settings import Settings

# Up to so many texts (questions and sentences) a transformer encodes them in half a minute at worst, and the 10 ms
# that it takes for a query are less than a person notices; 17,896 entries would take it an hour.
SMALL = 2000


@dataclass(frozen=True, slots=True)
class Encoders:
    """The encoder for knowledge bases of any size, and a better, slower one for small ones."""

    usual: Encoder
    small: Encoder | None = None

    def for_texts(self, count: int) -> Encoder:
        """Return the encoder of a knowledge base with so many questions and sentences."""
        return self.small if self.small is not None and count <= SMALL else self.usual

    def named(self, name: str) -> Encoder | None:
        """Return the encoder that a generation's manifest names, None when it is not here."""
        return next((one for one in (self.usual, self.small) if one is not None and one.name == name), None)


def usual_encoders() -> Encoders:
    """Return static word vectors, and for small knowledge bases the sentence encoder where it is installed.

    Raises KbError when one cannot be used.
    """
    return Encoders(static_encoder(), sentence_encoder())


def chosen_encoders(settings: Settings) -> Encoders:
    """Return the encoder in the folder `encoder` of kb.toml for every size; the usual ones when none is named.

    Raises KbError when one cannot be used.
    """
    return Encoders(onnx_encoder(Path(settings.encoder))) if settings.encoder else usual_encoders()
