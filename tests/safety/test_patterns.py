"""Patterns find words in order, with gaps and edges, and each refuses what is no pattern."""

import pytest

from kb.safety.patterns import Sentence, index_patterns, read_pattern

CLASSES = {"want": frozenset({"want", "wish"})}


def places(pattern: str, sentence: str) -> list[int]:
    bits = Sentence(tuple(sentence.split())).find(read_pattern(pattern, CLASSES))
    return [place for place in range(bits.bit_length()) if bits >> place & 1]


@pytest.mark.parametrize(
    ("pattern", "sentence", "expected"),
    [
        ("rain", "no rain today", [1]),
        ("rain|snow", "no snow today", [1]),
        ("@want rain", "i wish rain would come", [1, 2]),
        ("@want|hope rain", "i hope rain comes", [1, 2]),
        ("want to? rain", "want rain", [0, 1]),
        ("want to? rain", "want to rain", [0, 1, 2]),
        ("want .. rain", "want a b c rain", [0, 1, 2, 3, 4]),
        ("want .. rain", "want a b c d rain", []),
        ("want ... rain", "want a b c d rain", [0, 1, 2, 3, 4, 5]),
        ("^ rain", "rain and rain", [0]),
        ("^ rain", "no rain", []),
        ("rain $", "rain or rain", [2]),
        ("rain now|$", "rain later or rain", [3]),
        ("rain now|$", "rain now", [0, 1]),
        ("rain snow", "snow rain", []),
        ("rain", "", []),
    ],
)
def test_pattern_spans_its_words(pattern: str, sentence: str, expected: list[int]) -> None:
    assert places(pattern, sentence) == expected


@pytest.mark.parametrize("text", ["", "..", "^ $", "to?", "@nobody", "a |", "rain|$"])
def test_what_is_no_pattern_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        read_pattern(text, CLASSES)


def test_index_finds_each_pattern_once_with_the_name_of_its_rule() -> None:
    index = index_patterns([(read_pattern("rain|snow now", CLASSES), "weather")])
    found = list(index.matches(Sentence(("rain", "snow", "now", "rain", "now"))))
    assert [(pattern.text, name, spanned) for pattern, name, spanned in found] == [
        ("rain|snow now", "weather", 0b110)
    ]
