"""A sentence encoder of the operator's own, from a folder with model.onnx and tokenizer.json."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from kb.errors import KbError
from kb.files import file_hash
from kb.search.arrays import Floats
from kb.search.encoders import unit

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
MOST_TOKENS = 256  # what small sentence encoders were trained on
BATCH = 32
REMEDY = "name a folder with model.onnx and tokenizer.json in kb.toml, or remove the setting"


class OnnxEncoder:
    """Mean of the last layer's token vectors (or the model's own sentence vectors), scaled to length 1.

    The model takes `input_ids` and `attention_mask`, and `token_type_ids` when it names them, as exported
    sentence encoders do; its first output is (texts, tokens, dimensions) or (texts, dimensions).
    """

    # What the ranking makes of fine vectors was calibrated on one model; of another it is not known.
    fine = False

    def __init__(self, folder: Path) -> None:
        # Optional: only a folder named in kb.toml needs it.
        import onnxruntime  # noqa: PLC0415

        options: Any = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / MODEL), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {declared.name for declared in self._session.get_inputs()}
        if "input_ids" not in self._inputs:
            raise ValueError("the model has no input named input_ids")
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._tokenizer.enable_padding()
        self.name = f"onnx-{file_hash(folder / MODEL)[:16]}"
        self.dimensions = int(self.encode(["a"]).shape[1])

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of the texts, as `Encoder.encode`."""
        pieces = [self._batch(list(texts[at : at + BATCH])) for at in range(0, len(texts), BATCH)]
        return np.concatenate(pieces) if pieces else np.zeros((0, self.dimensions), np.float32)

    def encode_kept(self, texts: Sequence[str]) -> Floats:
        """Return the same; nothing is kept."""
        return self.encode(texts)

    def _batch(self, texts: list[str]) -> Floats:
        encoded = self._tokenizer.encode_batch(texts)
        mask = np.array([text.attention_mask for text in encoded], np.int64)
        ids = np.array([text.ids for text in encoded], np.int64)
        if not ids.size:
            return np.zeros((len(texts), self.dimensions), np.float32)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        output = self._session.run(None, {name: given[name] for name in given if name in self._inputs})[0]
        if output.ndim == 3:
            weights = mask[..., None].astype(np.float32)
            output = (output * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
        return unit(output.astype(np.float32))


@lru_cache(maxsize=2)
def onnx_encoder(folder: Path) -> OnnxEncoder:
    """Return the encoder in the folder. Raises KbError saying what is missing."""
    for name in (MODEL, TOKENIZER):
        if not (folder / name).is_file():
            raise KbError(folder, f"holds no {name}", REMEDY)
    try:
        return OnnxEncoder(folder)
    except ImportError as error:
        raise KbError("onnxruntime", "is not installed", "pip install -e '.[encoder]'") from error
    # onnxruntime and tokenizers raise exceptions of their own, some of them plain.
    except Exception as error:
        raise KbError(folder, f"holds no usable encoder ({error})", REMEDY) from error
