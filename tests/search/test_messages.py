from hypothesis import given
from hypothesis import strategies as st

from kb.search.question.messages import LONG, TOLD, asks, framings, parts_of
from kb.search.words.analysis import all_terms

STORY = " ".join(
    [
        "Good morning. I am a teacher of 52 and live with my husband and a dog.",
        "Three months ago I hurt my knee on a trip to the sea, and my sister says it was the cold water.",
        "The chemist gave me a cream that smells of roses, but I forgot to use it.",
        "How long does gout last?",
        "My neighbour had it too. Thank you very much.",
    ]
)


def test_of_a_long_message_what_it_asks_counts_whole() -> None:
    parts = parts_of(STORY)
    assert [[term.word for term in part.words] for part in parts if part.weight == 1] == [
        ["how", "long", "does", "gout", "last"]
    ]
    assert {part.weight for part in parts} == {1, TOLD}


def test_a_short_query_is_one_part() -> None:
    assert [(len(part.words), part.weight) for part in parts_of("I have gout. How long does it last?")] == [
        (8, 1)
    ]


def test_a_long_message_that_asks_nothing_counts_whole() -> None:
    told = "I hurt my knee on a trip to the sea. " * 10
    assert [part.weight for part in parts_of(told)] == [1]


def test_a_sentence_asks_by_its_mark_or_its_first_word() -> None:
    assert asks("And gout?")
    assert asks("How long does gout last")
    assert asks("¿Cuánto dura la gota?")
    assert not asks("Gout lasts.")


def test_what_leads_up_to_a_question_is_left_out() -> None:
    for group in framings().values():
        for phrase in group:
            text = f"{' '.join(phrase)} gout"
            assert [[term.word for term in part.words] for part in parts_of(text)] == [["gout"]]


@given(st.text(max_size=2000))
def test_no_word_stands_twice_and_none_is_invented(text: str) -> None:
    words = [term for part in parts_of(text) for term in part.words]
    assert len(set(words)) == len(words)
    assert set(words) <= set(all_terms(text))


def test_half_a_page_without_marks_is_read() -> None:
    assert len(parts_of("word " * 3 * LONG)) == 1
