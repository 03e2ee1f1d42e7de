"""Spanish questions are read by their English meaning."""

import pytest

from kb.search.index.lexicon import lexicon_of
from kb.search.question.understanding import read_question
from kb.search.words.analysis import fold
from kb.search.words.spanish import is_spanish, meanings
from kb.search.words.vocabulary import Vocabulary

LEXICON = lexicon_of(dict.fromkeys(["parking", "free", "hours", "visit"], 6))


@pytest.mark.parametrize("query", ["donde me estaciono", "la consulta es gratis", "horario", "cuanto cuesta"])
def test_a_spanish_question_is_told(query: str) -> None:
    assert is_spanish(query.split())


@pytest.mark.parametrize("query", ["no parking", "tell me a joke", "come in", "si units", "a visit", ""])
def test_an_english_question_is_not_spanish(query: str) -> None:
    assert not is_spanish(query.split())


def test_spanish_no_is_a_little_word_and_english_no_is_not() -> None:
    lexicon = lexicon_of(dict.fromkeys(["parking", "no", "visit"], 6))
    question = read_question("no puedo ir a la consulta", lexicon, Vocabulary(()))
    assert [group.alternatives[0].stems for group in question.groups] == [("ir",), ("consulta",)]
    assert question.text == "not can ir to the consultation"
    english = read_question("no parking", lexicon, Vocabulary(()))
    assert [group.alternatives[0].stems for group in english.groups] == [("no",), ("park",)]


def test_a_spanish_word_finds_english_entries() -> None:
    question = read_question("el estacionamiento es gratis", LEXICON, Vocabulary(()))
    assert question.text == "the parking is free"
    assert [[one.stems for one in group.alternatives] for group in question.groups] == [
        [("estacionamiento",), ("park",)],
        [("grati",), ("free",)],
    ]


def test_an_english_word_is_read_as_it_is() -> None:
    assert read_question("no parking", LEXICON, Vocabulary(())).text == "no parking"


def test_words_are_folded_and_each_has_a_meaning() -> None:
    assert all(word == fold(word) and meaning for word, meaning in meanings().items())
