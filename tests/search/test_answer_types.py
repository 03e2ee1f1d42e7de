import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.content.entries import QTYPES
from kb.search.question.answer_types import agreement, asked_types, rules, rules_data
from kb.search.words.analysis import all_terms

TYPES = {name: rule for name, rule in rules_data().items() if "cues" in rule}
CASES = [(name, case) for name, rule in TYPES.items() for case in rule["cases"]]
NOT = [(name, case) for name, rule in TYPES.items() for case in rule["not"]]


def types_of(query: str) -> frozenset[str]:
    return asked_types(all_terms(query)).types


@pytest.mark.parametrize(("name", "case"), CASES)
def test_every_case_is_understood(name: str, case: str) -> None:
    assert name in types_of(case)


@pytest.mark.parametrize(("name", "case"), NOT)
def test_no_look_alike_is(name: str, case: str) -> None:
    assert name not in types_of(case)


def test_rules_speak_of_known_types_alone() -> None:
    near = rules().near
    assert set(near) | {name for others in near.values() for name in others} <= QTYPES
    # What is asked and no entry has as its type is answered by words alone.
    assert set(TYPES) - QTYPES == rules().by_words - QTYPES


def test_a_query_may_ask_two_things() -> None:
    assert types_of("how is gout diagnosed and treated") == {"diagnosis", "treatment"}


def test_a_definition_is_asked_only_when_nothing_else_is() -> None:
    assert types_of("what is the treatment") == {"treatment"}


def test_a_cue_inside_a_longer_one_does_not_count() -> None:
    assert types_of("do you treat gout") == {"services"}


def test_an_overview_serves_a_bare_topic() -> None:
    assert agreement(frozenset(), "definition") == 1
    assert agreement(frozenset({"causes"}), "causes") == 1
    assert agreement(frozenset({"causes"}), "inheritance") == 0.5
    assert agreement(frozenset({"causes"}), "cost") == 0


@given(st.text())
def test_cues_stand_where_they_are_said_to(text: str) -> None:
    terms = all_terms(text)
    assert all(0 <= place < len(terms) for place in asked_types(terms).cues)
