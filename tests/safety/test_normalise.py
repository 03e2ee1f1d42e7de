"""Words are read as what they stand for, however they are typed; known words stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.safety.knowledge import knowledge
from kb.safety.normalise import LONG_TEXT, OVERLAP, WINDOW, plain, readings, sentences

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


LETTERS = st.characters(codec=None) | st.sampled_from("aé Σσ…’💊ﬁ가\u0301\u05b0\u0651\r\n.")


@given(st.text(LETTERS, min_size=1))
@settings(deadline=None)
def test_long_text_becomes_plain_as_a_short_one(text: str) -> None:
    long = text * (LONG_TEXT // len(text) + 1)
    # Two short halves are turned as they are; a blank keeps signs from joining across them.
    half = LONG_TEXT // 2 // len(text)
    parts = [text * half, text * (LONG_TEXT // len(text) + 1 - half)]
    assert plain(" ".join(parts)) == " ".join(map(plain, parts))
    assert plain(long).count("\0") == 0


@given(st.text(st.sampled_from("ab.!?… \t\n\r\u2028,-")))
def test_sentences_end_where_a_chunk_ends_with_one_mark(text: str) -> None:
    expected: list[list[str]] = [[]]
    for block in plain(text).replace("\r", "").split("\n\n"):
        for chunk in block.split():
            expected[-1].append(chunk)
            if chunk[-1] in ".!?" and not chunk.endswith(".."):
                expected.append([])
        expected.append([])
    # Marks alone are no sentence.
    expected = [chunks for chunks in expected if "".join(chunks).strip(".!?…,-")]
    assert [sentence.split() for sentence in sentences(plain(text))] == expected


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
