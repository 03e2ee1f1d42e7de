import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.disclosures import disclosures_for, gives_number
from kb.settings import Disclosure
from tests.entries import entry

KETAMINE = Disclosure(terms=("ketamine", "laughing  gas"), text="Not approved.", source="FDA")
LIGHT = Disclosure(terms=("light therapy",), text="Ask first.", source="")
BOTH = (KETAMINE, LIGHT)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"answer": "Ketamine helps 70% of people."}, (KETAMINE,)),
        ({"answer": "It helps 70% of people.", "question": "Does KETAMINE work?"}, (KETAMINE,)),
        ({"answer": "It helps 70% of people.", "focus": "ketamine"}, (KETAMINE,)),
        ({"answer": "It helps.", "focus": "ketamine", "say_this": "It helps 7 of 10."}, (KETAMINE,)),
        ({"answer": "Laughing gas takes 5 minutes."}, (KETAMINE,)),
        ({"answer": "Ketamine or light therapy: two ways."}, BOTH),
        ({"answer": "Ketamine helps."}, ()),
        ({"answer": "It helps 70% of people."}, ()),
        # Another drug with the term inside its name.
        ({"answer": "Esketamine helps 70% of people."}, ()),
    ],
)
def test_a_number_said_of_a_term_has_its_disclosure(
    values: dict[str, str], expected: tuple[Disclosure, ...]
) -> None:
    assert disclosures_for(entry(**values), BOTH) == expected


@pytest.mark.parametrize(
    ("answer", "name", "expected"),
    [
        ("TMS helps 70% of people at Ketamine Greater\nBoston.", "Ketamine Greater Boston", ()),
        ("Ketamine helps 70%, says Ketamine Greater Boston.", "Ketamine Greater Boston", (KETAMINE,)),
        # As good as no name of its own: too many disclosures do no harm, a missing one does.
        ("Our light therapy helps 7 of 10.", "Light Therapy", (LIGHT,)),
        ("Light Therapy helps 7 of 10.", "Light Therapy", (LIGHT,)),
        ("Ketamine infusions help 70%.", "Ketamine Infusions", (KETAMINE,)),
    ],
)
def test_the_clinics_own_name_is_said_of_nothing(
    answer: str, name: str, expected: tuple[Disclosure, ...]
) -> None:
    assert disclosures_for(entry(answer=answer), BOTH, name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "70%",
        "½ of them",
        "٧ days",
        "one third",
        "one in three",
        "twenty-two",
        "Half of us",
        "por ciento",
        "un millón",
    ],
)
def test_a_number_is_a_number_in_words_too(text: str) -> None:
    assert gives_number(text)


@pytest.mark.parametrize("text", ["", "One may feel well.", "It often helps.", "tension, weight, sixpence"])
def test_words_that_only_look_like_numbers_are_none(text: str) -> None:
    assert not gives_number(text)


@given(st.text(), st.integers(min_value=0, max_value=10**9), st.text())
def test_digits_anywhere_are_a_number(before: str, number: int, after: str) -> None:
    assert gives_number(f"{before}{number}{after}")
