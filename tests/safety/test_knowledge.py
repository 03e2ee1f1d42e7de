"""Every rule of the data files holds for the sentence that stands beside it."""

import pytest

from kb.safety import assess
from kb.safety.knowledge import Case, knowledge
from kb.safety.normalise import readings
from kb.safety.patterns import Index, Sentence

KNOWN = knowledge()
DECIDING = [case for case in KNOWN.concept_cases if KNOWN.concepts[case.rule].strength != "topic"]


def named(cases: tuple[Case, ...] | list[Case]) -> list[object]:
    return [pytest.param(case, id=f"{case.rule}: {case.sentence}") for case in cases]


def matched(index: Index, case: Case) -> bool:
    """Whether the pattern of `case` is found in its sentence."""
    return any(
        (pattern.text, name) == (case.pattern, case.rule)
        for reading in readings(case.sentence, KNOWN.spelling)
        for pattern, name, _ in index.matches(Sentence(reading.words))
    )


@pytest.mark.parametrize("case", named(KNOWN.concept_cases))
def test_pattern_of_a_concept_is_found_in_its_case(case: Case) -> None:
    assert matched(KNOWN.concept_patterns, case)


@pytest.mark.parametrize("case", named(KNOWN.frame_cases))
def test_pattern_of_a_frame_is_found_in_its_case(case: Case) -> None:
    assert matched(KNOWN.frame_patterns, case)


@pytest.mark.parametrize("case", named(KNOWN.exception_cases))
def test_pattern_of_an_exception_is_found_in_its_case(case: Case) -> None:
    assert matched(KNOWN.exceptions, case)


@pytest.mark.parametrize("case", named(DECIDING))
def test_case_of_a_concept_gets_a_card(case: Case) -> None:
    assert not assess(case.sentence).calm


@pytest.mark.parametrize("case", named([case for case in DECIDING if KNOWN.concepts[case.rule].means]))
def test_case_about_means_is_known_as_such(case: Case) -> None:
    assessment = assess(case.sentence)
    assert (assessment.level, assessment.means) == ("crisis", True)


@pytest.mark.parametrize("case", named(KNOWN.exception_cases))
def test_case_of_an_exception_stays_calm(case: Case) -> None:
    assert assess(case.sentence).calm


def test_no_pattern_stands_twice() -> None:
    for cases in (KNOWN.concept_cases, KNOWN.frame_cases, KNOWN.exception_cases):
        texts = [(case.rule, case.pattern) for case in cases]
        assert len(texts) == len(set(texts))
