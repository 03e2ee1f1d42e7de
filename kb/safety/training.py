"""Train the model from the examples: the same bytes on every machine.

Method: logistic regression, one for each question, by gradient descent over all examples with
momentum and a fixed number of fixed steps. Only additions, multiplications and divisions are used, each
rounded alike everywhere, and sums run in a fixed order: no library's exp, no matrix product, whose
last digits differ from machine to machine. Weights are rounded to two decimals.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.files import write_atomically
from kb.safety.assessing import understand
from kb.safety.examples import Example, Label, read_examples
from kb.safety.knowledge import DATA, MODEL, knowledge
from kb.safety.model import QUESTIONS, Model, model_as_text
from kb.safety.normalise import readings

EXAMPLES = DATA / "examples"

STEPS = 400
STEP_SIZE = 2.0
MOMENTUM = 0.9
# Pulls weights towards zero, so that no single example makes a word dangerous.
DECAY = 0.0004
# A feature of one example alone teaches that example.
LEAST_EXAMPLES = 2
DECIMALS = 2

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


def train_and_write(path: Path = MODEL, folder: Path = EXAMPLES) -> Model:
    """Train on the cases of the rules and every example of `folder`; write the model to `path`.

    Raises KbError when `path` cannot be written.
    """
    model = train([*proving_cases(), *read_examples(folder)])
    write_atomically(path, model_as_text(model).encode())
    return model


def train_without_held_back(folder: Path = EXAMPLES) -> Model:
    """Return the model that the examples not held back teach.

    Settings are chosen, and figures given, by how it does on the held-back third. What is in use
    has then learnt from all: a sentence kept from it would be a sentence it misses.
    """
    return train([*proving_cases(), *(example for example in read_examples(folder) if not example.held_back)])


def proving_cases() -> list[Example]:
    """Return the sentences that prove concepts and exceptions, as examples.

    The model may overrule a concept, so it has to know what the concept is for.
    """
    known = knowledge()
    cases = [
        Example(case.sentence, "means" if concept.means else concept.level, case.rule, held_back=False)
        for case in known.concept_cases
        if (concept := known.concepts[case.rule]).strength != "topic"
    ]
    calm = [Example(case.sentence, "none", case.rule, held_back=False) for case in known.exception_cases]
    return [*cases, *calm]


def train(examples: Iterable[Example]) -> Model:
    """Return the model that `examples` teach."""
    rows, labels = _weighed(examples)
    counts = Counter(feature for row in rows for feature in row)
    vocabulary = sorted(feature for feature, count in counts.items() if count >= LEAST_EXAMPLES)
    places = {feature: place for place, feature in enumerate(vocabulary)}
    # Each feature of each row, as a pair: the row's number, the feature's.
    pairs = [
        (number, places[feature]) for number, row in enumerate(rows) for feature in row if feature in places
    ]
    row_numbers = np.array([row for row, _ in pairs], dtype=np.int64)
    feature_numbers = np.array([feature for _, feature in pairs], dtype=np.int64)
    answers = [
        _learn(row_numbers, feature_numbers, _asked(labels, name), len(vocabulary)) for name in QUESTIONS
    ]
    weights = {}
    for place, feature in enumerate(vocabulary):
        rounded = tuple(_rounded(weight[place]) for weight, _ in answers)
        if any(rounded):
            weights[feature] = rounded
    return Model(bias=tuple(_rounded(bias) for _, bias in answers), weights=weights)


def _weighed(examples: Iterable[Example]) -> tuple[list[list[str]], list[Label]]:
    """Return the features of each sentence and its label."""
    known = knowledge()
    rows: list[list[str]] = []
    labels: list[Label] = []
    for example in examples:
        # In a calm message every sentence is calm; the danger of several is learnt from as one.
        text = example.text if example.label == "none" else example.text.replace(".", " ")
        for reading in readings(text, known.spelling):
            rows.append(understand(reading, known).features)
            labels.append(example.label)
    return rows, labels


def _asked(labels: Sequence[Label], question: str) -> Floats:
    """Return 1 where `question` is answered yes: a question about means is a crisis as well."""
    yes = {
        "risk": {"crisis", "emergency", "means"},
        "crisis": {"crisis", "means"},
        "emergency": {"emergency"},
        "means": {"means"},
    }[question]
    return np.array([label in yes for label in labels], dtype=np.float64)


def _learn(rows: Whole, features: Whole, wanted: Floats, size: int) -> tuple[Floats, float]:
    """Return the weight of each feature and the bias."""
    count = len(wanted)
    weights, speed = np.zeros(size), np.zeros(size)
    bias = bias_speed = 0.0
    for _ in range(STEPS):
        scores: Floats = (
            np.bincount(rows, weights=weights[features], minlength=count).astype(np.float64) + bias
        )
        errors = (_sigmoid(scores) - wanted) / count
        slope = np.bincount(features, weights=errors[rows], minlength=size) + DECAY * weights
        speed = MOMENTUM * speed - STEP_SIZE * slope
        weights = weights + speed
        # bincount adds in order; sum() would add in the order that suits the processor.
        bias_slope = float(np.bincount(np.zeros(count, dtype=np.int64), weights=errors)[0])
        bias_speed = MOMENTUM * bias_speed - STEP_SIZE * bias_slope
        bias += bias_speed
    return weights, bias


def _sigmoid(scores: NDArray[np.floating[Any]]) -> Floats:
    """Return 1 / (1 + exp(-scores)), with exp(x) as (1 + x/1024) to the power of 1024."""
    power = 1.0 + np.clip(-scores, -30.0, 30.0) / 1024.0
    for _ in range(10):
        power = power * power
    return np.asarray(1.0 / (1.0 + power), dtype=np.float64)


def _rounded(weight: float) -> float:
    # Adding zero makes -0.0 plain.
    return round(float(weight), DECIMALS) + 0.0
