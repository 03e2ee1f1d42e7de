"""The encoder that the settings name."""

from pathlib import Path

from kb.search.encoders import Encoder
from kb.search.encoders.onnx import onnx_encoder
from kb.search.encoders.static import static_encoder
from kb.settings import Settings


def chosen_encoder(settings: Settings) -> Encoder:
    """Return the encoder in the folder `encoder` of kb.toml; static word vectors when none is named.

    Raises KbError when it cannot be used.
    """
    return onnx_encoder(Path(settings.encoder)) if settings.encoder else static_encoder()
