"""Static word vectors: the sum of a text's word vectors, read from the files in wordllama's wheel, offline.

The package itself is never imported: that would set up root logging and bring in an HTTP client, and it pads
every batch to its longest text (80 s for 17,896 answers; word by word it is 8 s).
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from kb.errors import KbError
from kb.search.arrays import Floats
from kb.search.encoders import unit
from kb.search.encoders.tensors import map_tensors
from kb.search.words.analysis import WORD, fold

WEIGHTS = "weights/l2_supercat_256.safetensors"
TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
TENSOR = "embedding.weight"
# More words of one text change its mean no more; a pasted megabyte must not cost a second.
MOST_WORDS = 3000
FEW_WORDS = 200


class StaticEncoder:
    """Sums of wordllama's token vectors, 256 dimensions. Safe to share between threads."""

    name = "wordllama-l2-supercat-256"
    dimensions = 256
    fine = False

    def __init__(self, folder: Path) -> None:
        self._vectors = map_tensors(folder / WEIGHTS)[TENSOR]
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of the texts, as `Encoder.encode`."""
        places: dict[str, int] = {}
        words = [
            [places.setdefault(word, len(places)) for word in WORD.findall(fold(text))[:MOST_WORDS]]
            for text in texts
        ]
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        if not places:
            return rows
        vectors = self._word_vectors(list(places))
        for row, found in zip(rows, words, strict=True):
            if found:
                vectors[found].sum(axis=0, out=row)
        return unit(rows)

    def encode_kept(self, texts: Sequence[str]) -> Floats:
        """Return the same, as fast as from a store."""
        return self.encode(texts)

    def _word_vectors(self, words: list[str]) -> Floats:
        # Tokens never cross words in this tokenizer, so a word's tokens are the same in every text.
        # A batch wakes the tokenizer's threads, and a query of a few words waits for them.
        ids = (
            [self._tokenizer.encode(word, add_special_tokens=False).ids for word in words]
            if len(words) <= FEW_WORDS
            else [word.ids for word in self._tokenizer.encode_batch_fast(words, add_special_tokens=False)]
        )
        tokens = [token for found in ids for token in found]
        lengths = np.array([len(found) for found in ids])
        starts = np.cumsum(lengths) - lengths
        return np.add.reduceat(self._vectors[tokens].astype(np.float32), starts, axis=0)


@lru_cache(maxsize=1)
def static_encoder() -> StaticEncoder:
    """Return the encoder that comes with the installed packages. Raises KbError when its files are not there."""
    # Found, not imported.
    spec = find_spec("wordllama")
    remedy = "install the project again: pip install -e ."
    if spec is None or not spec.submodule_search_locations:
        raise KbError("wordllama", "is not installed", remedy)
    folder = Path(next(iter(spec.submodule_search_locations)))
    try:
        return StaticEncoder(folder)
    except (OSError, ValueError, KeyError) as error:
        raise KbError(folder, f"holds no usable word vectors ({error})", remedy) from error
