"""Door two: the front desk reads out what to say."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from kb.asking import KnowledgeBase
from kb.search.building import build
from kb.search.generation import Contents
from kb.settings import SafetySignOff
from kb.web import build_app
from kb.web.desk import what_to_say
from tests.entries import entry
from tests.web import clinic
from tests.web.test_patient import page, words


def ask(client: FlaskClient, query: str) -> BeautifulSoup:
    response = client.post("/desk", data={"q": query})
    assert response.status_code == 200
    return page(response)


def panel(found: BeautifulSoup, entry_id: str) -> Tag:
    one = found.select_one(f"#hit-{entry_id}")
    assert one is not None
    return one


def test_the_box_has_the_focus(client: FlaskClient) -> None:
    box = page(client.get("/desk")).select_one("#q")
    assert box is not None and box.has_attr("autofocus")


def test_the_words_to_say_are_the_staffs_then_the_short_answer_then_the_sentence() -> None:
    assert what_to_say(clinic.DRIVE, "A sentence.") == clinic.DRIVE.say_this
    assert what_to_say(clinic.WORKS, "A sentence.") == clinic.WORKS.short
    assert what_to_say(clinic.LONG, "A sentence.") == "A sentence."


def test_staff_wording_is_marked_with_what_not_to_say_and_the_hand_off(client: FlaskClient) -> None:
    drive = panel(ask(client, "drive"), "200002")
    assert words(drive.select_one(".say-label")) == "Say staff wording"
    assert words(drive.select_one(".say")) == clinic.DRIVE.say_this
    assert words(drive.select_one(".do-not-say")) == "Do not say: You will be fine to drive."
    assert words(drive.select_one(".hand-off")) == "Hand off: The nurse on duty"
    assert words(drive.select_one(".full-answer .prose")) == clinic.DRIVE.answer
    assert words(drive.select_one(".review")) == "Reviewed by A. Clinician on February 3, 2026"


def test_a_number_is_read_out_and_copied_with_its_disclosure(client: FlaskClient) -> None:
    works = panel(ask(client, "does ketamine work"), "200001")
    assert words(works.select_one(".say-label")) == "Say"
    assert words(works.select_one(".disclosure")) == (
        "Say as well: Ketamine is not FDA-approved for depression. (FDA, 2023)"
    )
    copy = works.select_one(".copy")
    assert copy is not None
    assert copy["data-copy"] == (
        "Ketamine helps as many as 70% of people. Ketamine is not FDA-approved for depression."
    )


def test_a_risk_query_shows_the_call_card_first_and_the_hits_below(client: FlaskClient) -> None:
    found = ask(client, clinic.CRISIS_QUERY)
    results = found.select_one("#results")
    assert results is not None
    assert [tag.name for tag in results.find_all(recursive=False)] == ["section", "p", "ol"]
    card = results.section
    assert card is not None
    assert [words(heading) for heading in card.select("h2, h3")] == [
        "The caller may be in crisis",
        "Say",
        "Do",
        "Don't",
        "After the call",
    ]


def test_in_an_emergency_nothing_is_read_out_but_what_to_do(tmp_path: Path) -> None:
    call = entry(
        id="300001", article="help.md", question="Whom do I call?", answer="Call 911.", qtype="crisis"
    )
    build(tmp_path, Contents((*clinic.ENTRIES, call), lambda: [clinic.DOCUMENT], dict, dict, ()))
    settings = clinic.settings()
    one = build_app(settings, KnowledgeBase(settings, tmp_path)).test_client()

    def said(query: str) -> list[str]:
        return [words(tag) for tag in ask(one, query).select(".say")]

    assert said("I can't breathe. Infusion, whom do I call?") == ["Call 911."]
    assert said("I can't go on. Infusion?") != []
    assert said("I can't breathe. Infusion?") == []


@pytest.mark.parametrize("query", [clinic.MEANS_QUERY, "I want to die"])
def test_a_query_about_means_or_without_hits_gets_the_call_card_alone(
    client: FlaskClient, query: str
) -> None:
    results = ask(client, query).select_one("#results")
    assert results is not None
    assert [tag.name for tag in results.find_all(recursive=False)] == ["section", "p"]


def test_the_call_card_says_whether_a_clinician_signed_it_off(
    client: FlaskClient, index_folder: Path
) -> None:
    def said(one: FlaskClient) -> str:
        return words(ask(one, clinic.MEANS_QUERY).select_one("#results > p"))

    assert said(client) == "No clinician has signed off the words of this card yet."
    settings = clinic.settings(safety=SafetySignOff(reviewed_by="A. Clinician", reviewed_on="3 May 2026"))
    signed = build_app(settings, KnowledgeBase(settings, index_folder)).test_client()
    assert said(signed) == "A clinician signed off the words of this card: A. Clinician, 3 May 2026."


def test_no_answer_tells_staff_not_to_guess(client: FlaskClient) -> None:
    assert words(ask(client, "zebra").select_one("#results")) == (
        "No answer here Take a message, or put the caller through to someone who knows. Do not guess."
    )


def test_near_answers_are_marked_as_near_and_none_is_offered_outside_our_field(client: FlaskClient) -> None:
    near = ask(client, "ketamine massage voucher")
    assert near.select(".desk-hit")
    assert words(near.select_one("#results h2")) == "We don't have that yet"
    assert words(near.select_one(".found-heading")) == "The closest we have"
    assert ask(client, "does ketamine work").select(".found-heading") == []
    assert ask(client, "zebra voucher massage in the morning").select(".desk-hit") == []


def test_an_empty_question_shows_the_box_alone(client: FlaskClient) -> None:
    assert words(ask(client, "  ").select_one("#results")) == ""
