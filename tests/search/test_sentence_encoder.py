"""The transformer for small knowledge bases; skipped, loudly, where its wheel is not installed."""

import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from kb.errors import KbError
from kb.search.building import build
from kb.search.encoders import choice, sentence
from kb.search.encoders.choice import SMALL, Encoders, usual_encoders
from kb.search.encoders.sentence import SentenceEncoder, sentence_encoder
from kb.search.encoders.static import static_encoder
from kb.search.generation import Contents
from kb.search.opening import open_current
from tests.changing import publish
from tests.entries import THREE, entry


def test_sentences_of_one_meaning_are_near_in_other_words(encoder: SentenceEncoder) -> None:
    asked, said, other = encoder.encode(
        ["what if the tablets do nothing", "The medicine did not work.", "Parking is free."]
    )
    assert asked @ said > 0.4
    assert asked @ other < 0.2


def test_vectors_are_those_of_the_published_model(encoder: SentenceEncoder) -> None:
    # The first components that sentence-transformers itself gives for this sentence.
    row = encoder.encode(["This is an example sentence"])[0]
    assert row[:4].tolist() == pytest.approx([0.0676569, 0.0634959, 0.0487131, 0.0793049], abs=1e-4)


def test_vectors_have_length_one_and_a_text_without_words_none(encoder: SentenceEncoder) -> None:
    rows = encoder.encode(["A visit takes one hour.", "", "🙂", "word " * 100_000])
    assert np.linalg.norm(rows, axis=1).tolist() == pytest.approx([1, 0, 0, 1], abs=1e-5)
    assert encoder.encode([]).shape == (0, 384)


def test_vectors_do_not_depend_on_what_else_is_encoded(encoder: SentenceEncoder) -> None:
    texts = ["Parking is free", "No coma antes", "Dr. Smith’s 1.5 mg", "Parking was free"]
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert encoder.encode(texts) == pytest.approx(alone, abs=1e-5)


def test_only_texts_of_entries_are_kept(encoder: SentenceEncoder) -> None:
    fresh = SentenceEncoder(sentence_folder())
    first = fresh.encode_kept(["Parking is free.", "Parking is free."])
    assert fresh.encode_kept(["Parking is free."]) == pytest.approx(first[:1])
    fresh.encode(["a question of someone"])
    assert list(fresh._kept) == ["Parking is free."]


def sentence_folder() -> Path:
    spec = find_spec(sentence.PACKAGE)
    assert spec is not None and spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations)))


def test_the_package_of_the_model_is_never_imported(encoder: SentenceEncoder) -> None:
    encoder.encode(["a word"])
    assert sentence.PACKAGE not in sys.modules
    assert "torch" not in sys.modules


def test_another_model_in_its_place_is_refused(
    encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentence, "WEIGHTS_HASH", "0" * 64)
    with pytest.raises(KbError, match="is not the model that was published"):
        sentence_encoder.__wrapped__()


def test_a_small_knowledge_base_has_fine_vectors_and_a_large_one_static_ones(
    encoder: SentenceEncoder, tmp_path: Path
) -> None:
    assert build(tmp_path / "small", Contents(THREE, list, dict, dict)).encoder == encoder.name
    many = [entry(id=str(number), answer="Yes.") for number in range(SMALL // 2 + 1)]
    assert build(tmp_path / "large", Contents(many, list, dict, dict)).encoder == static_encoder().name
    assert open_current(tmp_path / "large").encoder.name == static_encoder().name


def test_a_change_in_place_is_found_by_its_meaning(encoder: SentenceEncoder, tmp_path: Path) -> None:
    build(tmp_path, Contents(THREE, list, dict, dict))
    publish(tmp_path, entry(id="7", question="Is there a nursery?", answer="Yes, toddlers can play there."))
    generation = open_current(tmp_path)
    question = generation.read("child care for small kids")
    ranked = generation.rank(question, generation.meaning(question), 1)
    assert generation.at(ranked[0].number).id == "7"


def test_without_the_model_all_works_with_static_vectors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentence, "PACKAGE", "no_such_package")
    assert sentence_encoder.__wrapped__() is None
    monkeypatch.setattr(choice, "sentence_encoder", lambda: None)
    assert usual_encoders() == Encoders(static_encoder())
    assert build(tmp_path, Contents(THREE, list, dict, dict)).encoder == static_encoder().name
    generation = open_current(tmp_path)
    question = generation.read("where can i park")
    meaning = generation.meaning(question)
    ranked = generation.rank(question, meaning, 3)
    assert generation.at(ranked[0].number).id == "100001"
    assert generation.judge(question, meaning, ranked).outcome == "answer"
