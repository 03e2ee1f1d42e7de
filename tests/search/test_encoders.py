"""An encoder turns likeness in meaning into nearness; an operator may bring one."""

import json
import logging
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from kb.asking import KnowledgeBase
from kb.errors import IndexUnavailable, KbError
from kb.search.building import build
from kb.search.encoders.choice import Encoders, chosen_encoders
from kb.search.encoders.onnx import onnx_encoder
from kb.search.encoders.static import static_encoder
from kb.search.generation import Contents
from kb.search.opening import open_current
from kb.settings import Settings
from tests.entries import THREE

WORDS = ["[UNK]", "[PAD]", "park", "parking", "car", "visit"]
# "park", "parking" and "car" mean one thing to this model, "visit" another.
MEANINGS = np.array([[0, 0, 0], [0, 0, 0], [1, 0, 0], [1, 0, 0], [1, 0, 0], [0, 1, 0]], np.float32)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder with the smallest model that is one: it looks each word up in a table."""
    folder = tmp_path / "encoder"
    folder.mkdir()
    graph = helper.make_graph(
        [helper.make_node("Gather", ["meanings", "input_ids"], ["vectors"])],
        "tiny",
        [
            helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"]),
            helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["texts", "tokens"]),
        ],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", "tokens", 3])],
        [onnx.numpy_helper.from_array(MEANINGS, "meanings")],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(made, folder / "model.onnx")
    tokenizer: dict[str, object] = {
        "version": "1.0", "added_tokens": [], "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"}, "post_processor": None, "decoder": None,
        "model": {"type": "WordLevel", "vocab": {word: at for at, word in enumerate(WORDS)}, "unk_token": "[UNK]"},
    }  # fmt: skip
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    return folder


def test_words_of_like_meaning_are_near() -> None:
    odds, chance, parking = static_encoder().encode(["odds", "chance", "parking"])
    assert odds @ chance > 0.5
    assert odds @ parking < 0.2


def test_vectors_have_length_one_and_a_text_without_words_none() -> None:
    rows = static_encoder().encode(["A visit takes one hour.", "", "🙂", "word " * 100_000])
    assert np.linalg.norm(rows, axis=1).tolist() == pytest.approx([1, 0, 0, 1], abs=1e-5)
    assert static_encoder().encode([]).shape == (0, 256)


def test_vectors_do_not_depend_on_what_else_is_encoded() -> None:
    texts = ["Parking is free", "No coma antes", "Dr. Smith’s 1.5 mg"]
    together = static_encoder().encode(texts)
    alone = np.concatenate([static_encoder().encode([text]) for text in texts])
    assert together == pytest.approx(alone, abs=1e-6)


def test_the_package_of_the_vectors_is_never_imported() -> None:
    static_encoder().encode(["a word"])
    assert "wordllama" not in sys.modules
    assert not [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]


def test_an_encoder_of_the_operators_own_is_used(model: Path) -> None:
    encoder = chosen_encoders(Settings(encoder=str(model))).usual
    assert encoder.dimensions == 3
    parking, car, visit, nothing = encoder.encode(["Parking", "car park", "visit", ""])
    assert parking @ car == pytest.approx(1)
    assert parking @ visit == pytest.approx(0)
    assert nothing.tolist() == [0, 0, 0]


def test_a_generation_serves_with_the_encoder_that_built_it(model: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    build(index, Contents(THREE, list, dict, dict), Encoders(onnx_encoder(model)))
    reply = KnowledgeBase(Settings(encoder=str(model)), index).ask("car")
    # No entry says "car": its meaning alone found it.
    assert reply.hits[0].entry.id == "100001"
    with pytest.raises(IndexUnavailable, match="vectors of onnx-"):
        open_current(index)


def test_a_folder_without_an_encoder_says_what_is_missing(tmp_path: Path, model: Path) -> None:
    with pytest.raises(KbError, match=r"holds no model\.onnx"):
        chosen_encoders(Settings(encoder=str(tmp_path)))
    (model / "model.onnx").write_bytes(b"torn")
    with pytest.raises(KbError, match="no usable encoder"):
        chosen_encoders(Settings(encoder=str(model)))
