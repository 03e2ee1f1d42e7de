"""What the model weighs: the words of a sentence, their kinds, what they speak of, and in which frame."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

# Words that every sentence has say nothing alone: long calm messages would add them up.
_LITTLE = """
    i me my you your he she it we they the a an to of in on at for and or but is am are was were be been
    do does did have has had that this with so as if can will would just about from by our us him her his
    what how when where who which there here not no up out get got go el la los las de que y a en un una es
    me mi se lo con por para yo su te le al del
"""
LITTLE_WORDS = frozenset(_LITTLE.split())
# A long word is weighed by its beginning as well: "swell~" stands for "swelling" and "swelled".
STEM = 5


def features(
    words: tuple[str, ...], concepts: Iterable[str], frames: Iterable[str], kinds: Mapping[str, str]
) -> list[str]:
    """Return the features of one sentence, each once, in a stable order.

    "word" and "two words" but for little ones ("^" begins a sentence, "$" ends it), the same with
    "@class" for a word that `kinds` puts into a class, "begin~" for long words, "[concept]",
    "(frame)" and "[concept] (frame)".
    """
    found = dict.fromkeys(word for word in words if word not in LITTLE_WORDS)
    edged = ("^", *words, "$")
    for first, second in pairwise(edged):
        if not (first in LITTLE_WORDS and second in LITTLE_WORDS):
            found[f"{first} {second}"] = None
    classed = [f"@{kinds[word]}" if word in kinds else word for word in edged]
    for first, second in pairwise(classed):
        if first[0] == "@":
            found[first] = None
        if first[0] == "@" or second[0] == "@":
            found[f"{first} {second}"] = None
    for word in words:
        if len(word) > STEM:
            found[f"{word[:STEM]}~"] = None
    concepts, frames = sorted(set(concepts)), sorted(set(frames))
    found.update(dict.fromkeys(f"[{concept}]" for concept in concepts))
    found.update(dict.fromkeys(f"({frame})" for frame in frames))
    found.update(dict.fromkeys(f"[{concept}] ({frame})" for concept in concepts for frame in frames))
    return list(found)
