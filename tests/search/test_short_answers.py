"""The sentence that is shown answers what was asked, also where another one holds more of the words."""

from pathlib import Path

from kb.asking import KnowledgeBase
from kb.content.terms import Term
from kb.search.building import build
from kb.search.generation import Contents
from kb.settings import Settings
from tests.entries import entry

ANSWER = "ABC is short for animated bread club. Eight of ten breads rise."
ABC = entry(question="How well does ABC work?", answer=ANSWER, short="Eight of ten breads rise.")


def shown(folder: Path, query: str) -> str:
    terms = (Term(name="ABC", names=("animated bread club",)),)
    build(folder, Contents([ABC], list, dict, dict, terms))
    return KnowledgeBase(Settings(), folder).ask(query).hits[0].sentence


def test_a_question_that_the_entry_asks_is_answered_by_its_short_answer(tmp_path: Path) -> None:
    assert shown(tmp_path, "does abc work") == "Eight of ten breads rise."


def test_another_question_is_answered_by_the_sentence_that_says_most_of_it(tmp_path: Path) -> None:
    assert shown(tmp_path, "what is the abc bread club short for") == "ABC is short for animated bread club."
