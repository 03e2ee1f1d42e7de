"""A glance at a sentence never changes what is said of it: it only saves the whole reading."""

import json
from itertools import cycle
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.safety import Assessment, assess
from kb.safety.examples import read_examples
from kb.safety.knowledge import knowledge, trained_model
from kb.safety.normalise import MOST_TRIED, Words
from kb.safety.skimming import DULL, Skimmer, limits_of
from kb.safety.training import EXAMPLES

OWN = [example.text for example in read_examples(EXAMPLES)]
CALM = [example.text for example in read_examples(EXAMPLES) if example.label == "none"]
WORDS = sorted({word for text in OWN for word in text.split()})


def assess_whole(text: str) -> Assessment:
    """Return what is said of a text whose every word is read whole."""
    with patch.object(Skimmer, "is_calm", lambda *_: False):
        return assess(text)


def skimmer() -> Skimmer:
    known = knowledge()
    return Skimmer(known, limits_of(known, trained_model()), Words(known.spelling))


joints = st.sampled_from([" "] * 8 + [". ", "! ", ", ", " - ", "... ", "\n", "\n\n"])
pieces = st.sampled_from(WORDS) | st.sampled_from(OWN) | st.sampled_from("diemskur") | st.text(max_size=8)
texts = st.lists(st.tuples(pieces, joints), max_size=60).map(
    lambda parts: "".join(piece + joint for piece, joint in parts)
)


@given(texts)
@settings(deadline=None, max_examples=300)
def test_glance_changes_no_assessment(text: str) -> None:
    assert assess(text) == assess_whole(text)


@given(st.lists(st.sampled_from(OWN), min_size=1, max_size=3), joints)
@settings(deadline=None, max_examples=40)  # each is a whole reading of a long text
def test_glance_changes_no_assessment_of_what_stands_in_a_long_text(buried: list[str], joint: str) -> None:
    calm = ". ".join(CALM[:: 7 + len(buried[0]) % 5])
    text = joint.join([calm, *buried, calm])
    assert assess(text) == assess_whole(text)


def test_labelled_queries_are_found_in_a_long_calm_text(corpora: Path) -> None:
    with (corpora / "queries" / "crisis_dev.jsonl").open(encoding="utf-8") as lines:
        queries = [json.loads(line)["query"] for line in lines]
    calm = "We moved here in June. The garden is large, and the trains run late on Sundays. " * 400
    for query, joint in zip(queries, cycle([" ", ". ", "\n\n", ", "])):
        text = joint.join([calm, query, calm])
        assert assess(text) == assess_whole(text), query


def test_risk_behind_more_words_than_are_tried_is_judged_as_in_a_whole_reading() -> None:
    letters = str.maketrans("0123456789", "ghjlmnprtv")
    many = " ".join(f"zq{number}kv".translate(letters) for number in range(MOST_TRIED + 100))
    text = f"{many} i want to dye. i dont want to live. swollen suicidde {many}"
    assert assess(text) == assess_whole(text)


def test_words_that_say_nothing_are_dull_at_first_sight() -> None:
    assert skimmer().glance("my quokkas want שלום and 30 pills").words == (
        "my",
        DULL,
        "want",
        DULL,
        "and",
        "#",
        "pills",
    )


def test_letter_that_may_be_set_apart_from_others_is_not_clear() -> None:
    glances = [skimmer().glance(text).words for text in ("a day off", "d i e", "u r kind")]
    assert [skimmer().is_clear(words) for words in glances] == [True, False, False]


@pytest.mark.parametrize(
    ("sentence", "calm"),
    [
        ("we moved here in june and like the garden", True),
        ("i want to kill myself", False),
        ("he has chest pain", False),
    ],
)
def test_only_what_is_surely_calm_is_called_so(sentence: str, calm: bool) -> None:
    assert skimmer().is_calm(tuple(sentence.split()), 0.0) is calm


def test_the_same_words_with_commas_are_read_again() -> None:
    told = (
        "what are the signs of stroke poster fast i have written my will and im ready no thoughts of hurting myself "
        "just tired and foggy"
    )
    clauses = (
        "what are the signs of stroke, poster fast, i have written my will and im ready, no thoughts of hurting myself, "
        "just tired and foggy"
    )
    assert assess(clauses).level == "crisis"
    assert assess(f"{told}\n\n{clauses}").level == "crisis"
