"""What one question gets, end to end."""

from pathlib import Path

import pytest

from kb.asking import KnowledgeBase
from kb.content.terms import Term
from kb.search.building import build
from kb.search.generation import Contents
from kb.search.question.parts import Choice, Correction
from kb.settings import Settings
from tests.entries import THREE, entry

TERMS = (Term(name="hydroxyzine", kind="drug"), Term(name="hydralazine", kind="drug"))


@pytest.fixture(scope="module")
def knowledge_base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder: Path = tmp_path_factory.mktemp("index")
    build(folder, Contents(THREE, list, dict, dict, TERMS))
    return KnowledgeBase(Settings(), folder)


def test_a_correction_is_said_with_the_hits_it_found(knowledge_base: KnowledgeBase) -> None:
    reply = knowledge_base.ask("can i eat before an infussion")
    assert reply.corrections == (Correction("infussion", "infusion"),)
    assert (reply.outcome, reply.hits[0].entry.id) == ("answer", "100003")


def test_a_question_is_taken_as_it_is_spelt_on_request(knowledge_base: KnowledgeBase) -> None:
    reply = knowledge_base.ask("infussion", exact=True)
    assert (reply.corrections, reply.hits) == ((), ())
    assert knowledge_base.ask("infussion").hits
    assert knowledge_base.ask("infussion parking", exact=True).hits[0].why == ("park: question",)
    # Which of two drugs is meant is asked all the same.
    assert knowledge_base.ask("hydrolazine", exact=True).choices


def test_a_question_that_is_well_spelt_is_read_alike_either_way(knowledge_base: KnowledgeBase) -> None:
    for query in ("is parking free", "can i eat before an infusion"):
        assert knowledge_base.ask(query, exact=True) == knowledge_base.ask(query)


def test_someone_in_danger_is_so_in_any_spelling(knowledge_base: KnowledgeBase) -> None:
    query = "i want to kil my self"
    assert knowledge_base.ask(query, exact=True).safety == knowledge_base.ask(query).safety
    assert knowledge_base.ask(query, exact=True).safety.level == "crisis"


def test_drugs_that_look_alike_are_asked_about(knowledge_base: KnowledgeBase) -> None:
    reply = knowledge_base.ask("hydrolazine before an infusion")
    assert reply.choices == (Choice("hydrolazine", ("hydralazine", "hydroxyzine")),)
    assert reply.outcome == "not_covered"
    assert "hydralazine or hydroxyzine" in reply.reason


def test_a_hit_shows_its_sentence_the_asked_words_and_where_they_stand(knowledge_base: KnowledgeBase) -> None:
    hit = knowledge_base.ask("is parking free").hits[0]
    assert hit.sentence == "Parking is free for patients."
    assert [hit.sentence[start:end] for start, end in hit.highlights] == ["Parking", "free"]
    assert hit.why == ("free: answer", "park: question")
    assert 0 < hit.score <= 1


@pytest.fixture(scope="module")
def with_help(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A knowledge base that says what to do in a crisis, and other things in some of the words of a cry for help."""
    answers = {
        "How long do pills work?": "Nobody who took all his pills for years had worse days.",
        "Is everyone better off with a taxi?": "Everyone is better off without a car here.",
        "What does it feel like?": "Some never want to wake up tomorrow morning.",
    }
    others = [
        entry(id=f"30000{place}", article="other.md", question=question, answer=answer)
        for place, (question, answer) in enumerate(answers.items())
    ]
    help_entry = entry(
        id="300009",
        article="help.md",
        question="Whom do I call?",
        answer="If all pills: 911.",
        qtype="crisis",
    )
    folder: Path = tmp_path_factory.mktemp("help")
    build(folder, Contents((*THREE, *others, help_entry), list, dict, dict, TERMS))
    return KnowledgeBase(Settings(), folder)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        # What helps comes first, however little of the question it says.
        ("caller says he took all his pills", ["300009", "300000"]),
        ("she took the pills in the car park", ["300009"]),
        # What only shares a word with it is left out; with nothing left, the card stands alone.
        ("everyone at home would be happier without me", []),
        ("i hope i do not wake up tomorrow, sorry", []),
        # What asks something as well is answered.
        ("i can't go on. is parking free?", ["100001"]),
    ],
)
def test_below_a_card_stand_crisis_entries_and_what_says_most_of_the_question(
    with_help: KnowledgeBase, query: str, ids: list[str]
) -> None:
    reply = with_help.ask(query)
    assert reply.safety.level != "none"
    assert [hit.entry.id for hit in reply.hits] == ids
    assert reply.outcome == ("answer" if ids else "nothing")


def test_nothing_asked_gets_nothing(knowledge_base: KnowledgeBase) -> None:
    for query in ("", " ", "the", "?!", "\x00"):
        reply = knowledge_base.ask(query)
        assert (reply.outcome, reply.hits) == ("nothing", ())
