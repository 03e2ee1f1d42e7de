"""Read the examples that the model learns from, and which of them are held back when it is measured.

An example file holds groups of patterns; "[a|b|]" in a pattern stands for each of its choices.
Every third pattern of a group is held back with all its sentences: a model that had seen one
sentence of a pattern would know the others.
"""

import tomllib
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

Label = Literal["none", "crisis", "emergency", "means"]

# More sentences of one pattern teach the model the pattern, not the language.
MOST_PER_PATTERN = 8
HELD_BACK_EVERY = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the card that it asks for ("means": the crisis card, and no hits)."""

    text: str
    label: Label
    group: str
    held_back: bool


def read_examples(folder: Path) -> list[Example]:
    """Return the examples of every .toml file in `folder`, in the order of files and patterns."""
    return [
        Example(text, group["label"], group["name"], held_back=number % HELD_BACK_EVERY == 2)
        for path in sorted(folder.glob("*.toml"))
        for group in tomllib.loads(path.read_text(encoding="utf-8"))["group"]
        for number, pattern in enumerate(group["patterns"])
        for text in spell_out(pattern)
    ]


def spell_out(pattern: str) -> list[str]:
    """Return the sentences that `pattern` stands for, at most MOST_PER_PATTERN, evenly chosen."""
    parts = []
    for number, part in enumerate(pattern.replace("]", "[").split("[")):
        # Outside and inside the brackets take turns.
        parts.append(part.split("|") if number % 2 else [part])
    sentences = [" ".join("".join(choice).split()) for choice in product(*parts)]
    if len(sentences) <= MOST_PER_PATTERN:
        return sentences
    return [sentences[place * len(sentences) // MOST_PER_PATTERN] for place in range(MOST_PER_PATTERN)]
