"""Training reads the examples by pattern and gives the same bytes every time."""

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from kb.safety.examples import Example, read_examples, spell_out
from kb.safety.knowledge import MODEL
from kb.safety.model import Model, model_as_text, read_model
from kb.safety.normalise import plain
from kb.safety.training import EXAMPLES, proving_cases, train, train_and_write

CORPORA = Path(os.environ.get("KB_CORPORA", Path(__file__).parents[3] / "shared"))


def test_pattern_is_spelt_out() -> None:
    assert spell_out("a [red|blue] car [now|]") == [
        "a red car now",
        "a red car",
        "a blue car now",
        "a blue car",
    ]
    assert spell_out("no choice") == ["no choice"]


def test_long_pattern_gives_no_more_than_eight_sentences_evenly_chosen() -> None:
    sentences = spell_out("[a|b|c|d] [1|2|3|4]")
    assert sentences == ["a 1", "a 3", "b 1", "b 3", "c 1", "c 3", "d 1", "d 3"]


def test_every_third_pattern_is_held_back_with_all_its_sentences(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(
        '[[group]]\nname = "g"\nlabel = "none"\npatterns = ["one", "two", "[three|four] cars", "five"]\n'
    )
    assert [(example.text, example.held_back) for example in read_examples(tmp_path)] == [
        ("one", False),
        ("two", False),
        ("three cars", True),
        ("four cars", True),
        ("five", False),
    ]


def test_there_are_examples_enough_of_every_label() -> None:
    examples = read_examples(EXAMPLES)
    labels = Counter(example.label for example in examples)
    assert len(examples) >= 1500
    assert min(labels[label] for label in ("crisis", "emergency", "means")) >= 100
    assert 0.4 <= labels["none"] / len(examples) <= 0.6
    held_back = sum(example.held_back for example in examples)
    assert 0.28 <= held_back / len(examples) <= 0.38


def test_no_sentence_is_both_learnt_and_held_back() -> None:
    examples = read_examples(EXAMPLES)
    learnt = {example.text for example in examples if not example.held_back}
    assert [example.text for example in examples if example.held_back and example.text in learnt] == []


def test_examples_and_cases_do_not_contradict() -> None:
    labels: dict[str, set[str]] = {}
    for example in [*read_examples(EXAMPLES), *proving_cases()]:
        labels.setdefault(example.text, set()).add("none" if example.label == "none" else "risk")
    assert [text for text, said in labels.items() if len(said) > 1] == []


def test_no_labelled_query_is_learnt_from() -> None:
    path = CORPORA / "queries/crisis_dev.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is absent: set KB_CORPORA to the folder of labelled rows")
    with path.open(encoding="utf-8") as lines:
        labelled = {bare(json.loads(line)["query"]) for line in lines}
    own = {bare(example.text) for example in [*read_examples(EXAMPLES), *proving_cases()]}
    # A single word belongs to nobody.
    assert [text for text in sorted(labelled & own) if " " in text] == []


def bare(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", plain(text).replace("'", "")))


def test_model_in_the_repository_is_what_training_writes(tmp_path: Path) -> None:
    train_and_write(tmp_path / "model.json")
    assert (tmp_path / "model.json").read_bytes() == MODEL.read_bytes()


def test_model_learns_what_examples_teach() -> None:
    red, blue = "the red lamp shines", "the blue lamp shines"
    model = train(
        [Example(red, "crisis", "g", held_back=False), Example(blue, "none", "g", held_back=False)] * 5
    )
    assert model.scores(["red"])[0] > model.scores(["blue"])[0]
    assert model.strongest(["red", "blue", "absent"], 0)[0] == "red"


def test_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    model = Model(bias=(-1.0, 0.5, 0.0), weights={"two words": (0.25, 0.0, -1.5), "ñ": (1.0, 2.0, 3.0)})
    path = tmp_path / "model.json"
    path.write_text(model_as_text(model), encoding="utf-8")
    read = read_model(path)
    assert (read.bias, read.weights) == (model.bias, model.weights)
