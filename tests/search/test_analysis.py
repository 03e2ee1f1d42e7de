from hypothesis import given
from hypothesis import strategies as st

from kb.search.words.analysis import all_terms, content_terms, fold


def test_words_are_folded_and_stemmed() -> None:
    assert [term.text for term in content_terms("Infusions, INFUSION’s; depresión!")] == [
        "infus",
        "infus",
        "depres",
    ]


def test_stop_words_say_nothing() -> None:
    assert [term.word for term in content_terms("What is the cost of it?")] == ["cost"]


def test_numbers_keep_their_decimals() -> None:
    assert [term.text for term in content_terms("70% of 1.5 mg")] == ["70", "1.5", "mg"]


def test_pasted_data_is_no_word() -> None:
    assert content_terms("x" * 500_000) == []


@given(st.text())
def test_terms_stand_where_they_say(text: str) -> None:
    assert all(fold(text[term.start : term.end]) == term.word for term in all_terms(text))
