"""Queries are judged as a careful reader would, and any text at all is judged."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.safety import Assessment, assess

CORPORA = Path(os.environ.get("KB_CORPORA", Path(__file__).parents[3] / "shared"))

SENTENCES = [
    ("i want to kill myself", "crisis", False),
    ("everyone would be better off without me", "crisis", False),
    ("my daughter says she wants to die", "crisis", False),
    ("patient on line 2 is suicidal", "crisis", False),
    ("i have suicidal thoughts, can you see me today", "crisis", False),
    ("suicide hotline", "crisis", False),
    ("quiero morir", "crisis", False),
    ("how do i stop cutting myself", "crisis", False),
    ("painless way to die", "crisis", True),
    ("how many tylenol to die", "crisis", True),
    ("cuantas pastillas para morir", "crisis", True),
    ("caller says he took all his pills", "emergency", False),
    ("chest pain after my infusion", "emergency", False),
    ("i can't breathe", "emergency", False),
    ("no puedo respirar", "emergency", False),
    ("does ketamine reduce suicidal thoughts", "none", False),
    ("overdose of bad news", "none", False),
    ("suicide squad cast", "none", False),
    ("what is serotonin syndrome", "none", False),
    ("my back is killing me", "none", False),
    ("how much does an infusion cost", "none", False),
    ("i am not suicidal, just tired", "none", False),
    ("me muero de risa", "none", False),
    ("", "none", False),
]


@pytest.mark.parametrize(("query", "level", "means"), SENTENCES)
def test_query_gets_its_level(query: str, level: str, means: bool) -> None:
    assessment = assess(query)
    assert (assessment.level, assessment.means) == (level, means)


def test_assessment_says_which_layer_decided_on_which_words() -> None:
    assert assess("Honestly I WANT to die, thanks") == Assessment(
        "crisis", layer="concept", words=("i", "want", "to", "die,")
    )


def test_calm_query_names_no_layer() -> None:
    assert assess("opening hours") == Assessment()


CALM_TALK = (
    "Hello, we moved here in June. My insurance is Aetna and I would like to know the hours. "
    "The parking was easy last time. My sister recommended you to us. "
)


@pytest.mark.parametrize("before", [0, 3, 40])
@pytest.mark.parametrize("sentence", ["I want to kill myself.", "He took a whole bottle of pills."])
def test_one_sentence_of_risk_is_found_in_a_long_calm_message(before: int, sentence: str) -> None:
    assert assess(CALM_TALK).calm
    assert not assess(CALM_TALK * before + sentence + " " + CALM_TALK * 3).calm


def test_risk_is_found_in_a_message_without_punctuation() -> None:
    talk = CALM_TALK.replace(".", "").replace(",", "")
    assert not assess(talk * 2 + "and i want to kill myself " + talk).calm


def test_grave_sentence_speaks_for_a_query_with_an_idiom() -> None:
    assert assess("my back is killing me. i took all my pills").level == "emergency"


odd_text = st.text(alphabet=st.characters(codec=None)) | st.text(
    alphabet=st.sampled_from("die kill'm.!?*1@#\u200b\u202e\u0301\x00\nи💊 ")
)


@given(odd_text)
@settings(deadline=None, max_examples=300)
def test_any_text_is_judged_the_same_twice(text: str) -> None:
    assert assess(text) == assess(text)


@given(st.integers(0, 20), st.sampled_from(["\u200b", "\u200d", "\u00ad", "\u2060", "\u202e"]))
def test_sign_that_does_not_show_hides_no_risk(place: int, sign: str) -> None:
    query = "i want to kill myself"
    assert assess(query[:place] + sign + query[place:]).level == "crisis"


def calls_of(action: Callable[[], object]) -> int:
    """Return how many calls `action` makes, of Python and of C: work that no clock blurs."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(before)
    return calls


def many_words(size: int) -> str:
    return " ".join(f"i want {chr(97 + n % 26)}{chr(97 + n // 26 % 26)}x" for n in range(size))


def many_different_words(size: int) -> str:
    letters = str.maketrans("0123456789", "ghjlmnprtv")
    return " ".join(f"zq{number}kv".translate(letters) for number in range(size))


def unknown_words(size: int) -> str:
    return " ".join(f"{'bcdfg'[n % 5]}zzq{'lmnpr'[n // 5 % 5]}xkv{'st'[n // 25 % 2]}" for n in range(size))


ADVERSARIAL: dict[str, Callable[[int], str]] = {
    "one word": lambda size: "kill " * size,
    "one letter": lambda size: "a " * size,
    "one long word": lambda size: "suicidesuicide" * size,
    "letters of one word": lambda size: "s.u.i.c.i.d.e." * size,
    "signs": lambda size: "s*1c!d@e$" * size,
    "dots": lambda size: "." * size,
    "apostrophes": lambda size: "don't'" * size,
    "half a pattern": lambda size: "i want to not " * size,
    "many words": many_words,
    "unknown words": unknown_words,
    "digits": lambda size: "1.2," * size,
    "marks": lambda size: "e\u0301\u0302" * size,
}


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_work_grows_no_faster_than_the_text(name: str) -> None:
    assess("read the data files first")
    make = ADVERSARIAL[name]
    small = calls_of(lambda: assess(make(400)))
    large = calls_of(lambda: assess(make(1600)))
    # Four times the text may take five times the calls: what begins and ends a reading is small.
    assert large <= 5 * small + 200


def test_a_million_characters_are_judged() -> None:
    assert assess("kill " * 200_000).calm
    assert not assess("kill " * 100_000 + ". i want to die").calm


def test_risk_is_found_behind_more_words_than_are_corrected() -> None:
    assert not assess(many_different_words(5_000) + ". i don't want to live").calm


def shared_rows() -> list[dict[str, Any]]:
    path = CORPORA / "queries/crisis_dev.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is absent: set KB_CORPORA to the folder of labelled rows")
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row for row in rows if not row["ambiguous"]]


def test_labelled_queries_reach_the_goals() -> None:
    rows = shared_rows()
    found = {row["id"]: assess(row["query"]) for row in rows}
    risk = [row for row in rows if row["label"] != "none"]
    costly = [row for row in rows if row["label"] == "none" and not row["soft_ok"]]
    soft = [row for row in rows if row["label"] == "none" and row["soft_ok"]]
    means = [row for row in risk if row["subtype"].startswith("means")]

    def share(part: list[dict[str, Any]], whole: list[dict[str, Any]]) -> float:
        return len(part) / len(whole)

    def flagged(part: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row for row in part if not found[row["id"]].calm]

    assert share(flagged(risk), risk) >= 0.98
    assert share([row for row in risk if found[row["id"]].level == row["label"]], risk) >= 0.94
    assert share(flagged(costly), costly) <= 0.01
    assert share(flagged(soft), soft) <= 0.20
    assert all(found[row["id"]].means for row in means)


def test_one_clause_among_many_calm_ones_gets_a_card() -> None:
    errands = (
        "could you send the invoice for march to my new address, {}is the parking garage free on thursday"
    )
    assert assess(errands.format("and since you are there, ")).level == "none"
    assert assess(errands.format("i rehearse how they will find me, and ")).level == "crisis"
