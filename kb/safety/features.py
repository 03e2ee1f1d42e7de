"""What the model weighs: the words of a sentence, what they speak of, and in which frame."""

import itertools
from collections.abc import Iterable


def features(words: tuple[str, ...], concepts: Iterable[str], frames: Iterable[str]) -> list[str]:
    """Return the features of one sentence, each once, in a stable order.

    "word" and "two words" as they stand ("^" begins a sentence, "$" ends it), "[concept]",
    "(frame)" and "[concept] (frame)".
    """
    found = dict.fromkeys(words)
    edged = ("^", *words, "$")
    found.update(dict.fromkeys(f"{first} {second}" for first, second in itertools.pairwise(edged)))
    concepts, frames = sorted(set(concepts)), sorted(set(frames))
    found.update(dict.fromkeys(f"[{concept}]" for concept in concepts))
    found.update(dict.fromkeys(f"({frame})" for frame in frames))
    found.update(dict.fromkeys(f"[{concept}] ({frame})" for concept in concepts for frame in frames))
    return list(found)
