from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from kb.search.index.lexicon import Lexicon, lexicon_of, open_lexicon, sound, sound_rules, write_lexicon

COUNTS = {"psoriasis": 40, "parking": 3, "seniors": 2, "infusion": 9, "infusions": 4, "gout": 5, "zoloft": 0}
LEXICON = lexicon_of(COUNTS)


def words(found: Iterable[object]) -> list[str]:
    return [candidate.word for candidate in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("one", "other"), sound_rules()["alike"])
def test_words_that_sound_alike_have_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), sound_rules()["unlike"])
def test_words_that_do_not_have_two(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("psoriaseis", "psoriasis"), ("parknig", "parking"), ("infussion", "infusion"), ("guot", "gout"), ("zolof", "zoloft")],
)  # fmt: skip
def test_a_misspelt_word_finds_the_word_that_was_meant(typed: str, meant: str) -> None:
    assert words(LEXICON.candidates(typed, 1)) == [meant]


@pytest.mark.parametrize("typed", ["go", "2024", "b12", "", "x" * 40, "karate", "مرحبا"])
def test_what_is_no_misspelling_has_no_candidates(typed: str) -> None:
    assert LEXICON.candidates(typed, 5) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("hed", ["head"]), ("gud", ["good"]), ("ppl", []), ("mri", []), ("rem", []), ("hep", []), ("crps", [])],
)
def test_words_that_everyone_writes_as_they_sound_are_read_so(typed: str, meant: list[str]) -> None:
    heard = lexicon_of({"head": 3, "good": 2, "room": 9, "hope": 1, "more": 1, "crisis": 1})
    assert words(heard.candidates(typed, 5)) == meant


def test_of_equals_the_more_common_is_likelier() -> None:
    assert words(LEXICON.candidates("infusiom", 5)) == ["infusion", "infusions"]


@given(st.sampled_from(sorted(COUNTS)), st.integers(0, 8), st.sampled_from("abcdefghij"))
def test_one_wrong_letter_after_the_first_is_always_mended(word: str, place: int, letter: str) -> None:
    place = 1 + place % (len(word) - 1)
    typed = word[:place] + letter + word[place + 1 :]
    assert word in words(LEXICON.candidates(typed, 10))
    assert all(
        OSA.distance(typed, candidate.word) == candidate.edits for candidate in LEXICON.candidates(typed, 9)
    )


def test_a_well_spelt_stranger_finds_words_of_like_meaning() -> None:
    assert words(LEXICON.neighbours("elderly", 3)) == ["seniors"]
    assert words(LEXICON.neighbours("lasagna", 3)) == []


def test_a_lexicon_is_read_back_as_written(tmp_path: object) -> None:
    write_lexicon(tmp_path, LEXICON)  # type: ignore[arg-type]
    opened = open_lexicon(tmp_path)  # type: ignore[arg-type]
    assert {word: opened.count(word) for word in opened.words} == COUNTS
    assert words(opened.candidates("psoriaseis", 1)) == ["psoriasis"]


@given(st.sets(st.sampled_from(["massage", "stone", "gout", "aardvark", "zebra"])))
def test_new_words_are_known_as_if_built_in(new: set[str]) -> None:
    after: Lexicon = LEXICON.with_words(new)
    built = lexicon_of(dict.fromkeys(new, 1) | COUNTS)
    assert list(after.words) == list(built.words)
    assert [after.candidates(word[:-1] + "q", 5) for word in sorted(new)] == [
        built.candidates(word[:-1] + "q", 5) for word in sorted(new)
    ]
