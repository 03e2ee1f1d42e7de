"""Words are read as what they stand for, however they are typed; known words stay."""

import pytest

from kb.safety.knowledge import knowledge
from kb.safety.normalise import OVERLAP, WINDOW, plain, readings
from kb.safety.spelling import slips_between

SPELLING = knowledge().spelling


def words(text: str) -> list[str]:
    return [" ".join(reading.words) for reading in readings(text, SPELLING)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("I can't go on", "i can not go on"),
        ("i cant go on", "i can not go on"),
        ("I can’t go on", "i can not go on"),
        ("wanna die", "want to die"),
        ("kms", "kill myself"),
        ("k.m.s.", "kill myself"),
        ("K1LL myself", "kill myself"),
        ("su!c!dal", "suicidal"),
        ("k*ll myself", "kill myself"),
        ("s*icide", "suicide"),
        ("d i e", "die"),
        ("s u i c i d e", "suicide"),
        ("s.u.i.c.i.d.e.", "suicide"),
        ("diiiiie", "die"),
        ("sooooo", "so"),
        ("killmyself", "kill myself"),
        ("iwanttodie", "i want to die"),
        ("#suicidal", "suicidal"),
        ("kill my self", "kill myself"),
        ("over dosed", "overdosed"),
        ("suicdal", "suicidal"),
        ("overdossed", "overdosed"),
        ("sui\u200bcide", "suicide"),
        ("\u202esuicide\u202c", "suicide"),
        ("s\u0301uicide", "suicide"),
        ("ѕuісіdе", "suicide"),  # Cyrillic look-alikes
        ("ｓｕｉｃｉｄｅ", "suicide"),
        ("𝓼𝓾𝓲𝓬𝓲𝓭𝓮", "suicide"),
        ("¿quiero morir?", "quiero morir"),
        ("mañana", "manana"),
        ("I took 30 pills in 2019", "i took # pills in #year"),
        ("call 911", "call 911"),
        ("i have a 🔫", "i have a gun"),
        ("she's crying", "she is crying"),
        ("they'll go", "they will go"),
    ],
)
def test_words_are_read_as_what_they_stand_for(typed: str, read: str) -> None:
    assert words(typed) == [read]


@pytest.mark.parametrize(
    "typed", ["skill", "bill", "the noise", "homeless", "surgical", "choosing", "diet", "killer", "exiting"]
)
def test_harmless_word_is_not_read_as_a_word_of_danger(typed: str) -> None:
    assert words(typed) == [typed]


def test_sentences_are_read_apart_but_trailing_dots_end_none() -> None:
    assert words("Hello there. I want to... die! Bye\n\nagain") == [
        "hello there",
        "i want to die",
        "bye",
        "again",
    ]


def test_line_break_ends_no_sentence() -> None:
    assert words("i want\nto die") == ["i want to die"]


def test_windows_of_a_long_sentence_overlap_and_lose_no_word() -> None:
    typed = [f"w{chr(97 + number // 26)}x{chr(97 + number % 26)}w" for number in range(100)]
    windows = [reading.words for reading in readings(" ".join(typed), SPELLING)]
    assert all(len(window) <= WINDOW for window in windows)
    assert windows[0][-OVERLAP:] == windows[1][:OVERLAP]
    assert list(dict.fromkeys(word for window in windows for word in window)) == typed


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "\x00\x1f", "\u200b"])
def test_text_without_words_is_no_sentence(text: str) -> None:
    assert words(text) == []


def test_every_word_knows_what_it_was_typed_as() -> None:
    (reading,) = readings("I CAN'T d i e", SPELLING)
    assert list(zip(reading.words, reading.typed, strict=True)) == [
        ("i", "i"),
        ("can", "can't"),
        ("not", "can't"),
        ("die", "d i e"),
    ]


def test_plain_keeps_plain_text() -> None:
    assert plain("Just a question") == "just a question"


@pytest.mark.parametrize(
    ("word", "other", "slips"),
    [("die", "die", 0), ("dei", "die", 1), ("di", "die", 1), ("suiside", "suicide", 1)],
)
def test_slips_are_counted(word: str, other: str, slips: int) -> None:
    assert slips_between(word, other) == slips


def test_clauses_of_a_sentence_end_at_commas_and_dashes() -> None:
    (reading,) = readings("do you park, is it far - thanks", SPELLING)
    assert [clause.words for clause in reading.clauses()] == [
        ("do", "you", "park"),
        ("is", "it", "far"),
        ("thanks",),
    ]


def test_sentence_without_a_break_has_no_clauses() -> None:
    (reading,) = readings("do you park", SPELLING)
    assert list(reading.clauses()) == []
