"""A small logistic regression over words and frames, its weights readable in a JSON file."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

# What is weighed, each on its own: the order of the numbers beside each feature.
# "risk" asks whether there is any danger: a sentence may be half a crisis and half an emergency.
QUESTIONS = ("risk", "crisis", "emergency", "means")

Scores = tuple[float, float, float, float]


# Compared by identity: what is derived from one is kept by it.
@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """For each feature four weights, in the order of QUESTIONS; a sum above 0 says yes."""

    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, features: Iterable[str]) -> Scores:
        """Return the log-odds of danger, of crisis, of emergency, and of a question about means."""
        risk, crisis, emergency, means = self.bias
        for feature in features:
            if weights := self.weights.get(feature):
                risk += weights[0]
                crisis += weights[1]
                emergency += weights[2]
                means += weights[3]
        return risk, crisis, emergency, means

    def strongest(self, features: Iterable[str], question: int, count: int = 4) -> tuple[str, ...]:
        """Return the features that speak loudest for `question`, loudest first."""
        weighed = [
            (self.weights[feature][question], feature) for feature in features if feature in self.weights
        ]
        return tuple(feature for weight, feature in sorted(weighed, reverse=True)[:count] if weight > 0)


def read_model(path: Path) -> Model:
    """Return the model in `path`, as `write_model` writes it."""
    table = json.loads(path.read_text(encoding="utf-8"))
    return Model(
        bias=tuple(table["bias"]),
        weights={feature: tuple(weights) for feature, weights in table["weights"].items()},
    )


def model_as_text(model: Model) -> str:
    """Return the model as JSON, a feature a line, in alphabetical order."""
    lines = ",\n".join(
        f"  {json.dumps(feature, ensure_ascii=False)}: {json.dumps(list(model.weights[feature]))}"
        for feature in sorted(model.weights)
    )
    return (
        f'{{\n "questions": {json.dumps(list(QUESTIONS))},\n "bias": {json.dumps(list(model.bias))},\n'
        f' "weights": {{\n{lines}\n }}\n}}\n'
    )
