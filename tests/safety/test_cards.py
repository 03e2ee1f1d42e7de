"""Cards hold what a clinic's settings give, in English and Spanish, and never an empty link."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from kb.safety import (
    Assessment,
    Card,
    Line,
    Link,
    card_as_json,
    card_as_text,
    card_for,
    english,
    staff_card_for,
)
from kb.safety import cards as cards_module
from kb.settings import CrisisLines, read_settings

ROOT = Path(__file__).parents[2]
MASSACHUSETTS = read_settings(ROOT / "kb.toml").lines
CRISIS, EMERGENCY = Assessment("crisis"), Assessment("emergency")


def spanish_catalog() -> Catalog:
    with (ROOT / "kb/translations/es/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="es")


CATALOG = spanish_catalog()


def spanish(message: str) -> str:
    found = CATALOG.get(message)
    assert found is not None, message
    return str(found.string)


def every_card(lines: CrisisLines) -> list[Card]:
    return [
        card
        for translate in (english, spanish)
        for assessment in (CRISIS, EMERGENCY)
        for make in (card_for, staff_card_for)
        if (card := make(assessment, lines, translate))
    ]


def every_line(card: Card) -> list[Line]:
    return [*card.lines, *(line for step in card.steps for line in step.lines)]


def text_of(card: Card | None) -> str:
    assert card is not None
    return card_as_text(card)


def test_crisis_card_reads_as_drafted() -> None:
    assert text_of(card_for(CRISIS, MASSACHUSETTS, english)) == (
        "You can get help right now\n"
        "If you or someone you know is struggling or in crisis, help is available.\n"
        "Call 988 · Text 988 · Chat at 988lifeline.org\n"
        "Free, private, 24 hours. Veterans press 1.\n"
        "En español: llame al 988 y oprima 2, o envíe AYUDA al 988.\n"
        "If someone is in danger now, call 911. Do not leave them alone.\n"
        "Massachusetts: call 833-773-2445 or text 833-773-2445, 24 hours.\n"
    )


def test_emergency_card_reads_as_drafted() -> None:
    assert text_of(card_for(EMERGENCY, MASSACHUSETTS, english)) == (
        "Call 911 now\n"
        # A button, where there are buttons.
        "Call 911\n"
        "If someone has trouble breathing, chest pain, a seizure, or will not wake up, call 911.\n"
        "Took too much or the wrong medicine, and awake: Poison Help 1-800-222-1222.\n"
        "Did this on purpose? After 911: call 988 or text 988.\n"
        "This website is not watched.\n"
    )


def test_crisis_call_card_says_what_to_say_do_and_not_do() -> None:
    assert text_of(staff_card_for(CRISIS, MASSACHUSETTS, english)) == (
        "The caller may be in crisis\n"
        "SAY:\n"
        "  “I'm glad you told me. I want to get you help right now. Are you in danger this minute?”\n"
        "DO:\n"
        "  Stay on the line.\n"
        "  Ask their name, where they are, and a number in case you are cut off.\n"
        "  Wave over the clinician on duty.\n"
        "  In danger now, or pills taken: call 911 from a second phone.\n"
        "  Otherwise: join 988 to the call.\n"
        "DON'T:\n"
        "  Don't hang up, transfer blind, put on hold, argue, promise secrecy, or give dose or method"
        " answers.\n"
        "AFTER THE CALL:\n"
        "  Note the time and who took over in the patient's chart, never in the search tool.\n"
    )


def test_emergency_call_card_puts_the_call_for_help_first() -> None:
    card = staff_card_for(EMERGENCY, MASSACHUSETTS, english)
    assert card is not None
    assert card.steps[1].lines[0] == Line("From a second phone: call 911.", (Link("call 911", "tel:911"),))


def test_calm_query_has_no_card() -> None:
    assert card_for(Assessment(), MASSACHUSETTS, english) is None
    assert staff_card_for(Assessment(), MASSACHUSETTS, english) is None


def test_links_dial_text_and_chat() -> None:
    card = card_for(CRISIS, MASSACHUSETTS, english)
    assert card is not None
    assert [link.href for line in card.lines for link in line.links] == [
        "tel:988",
        "sms:988",
        "https://988lifeline.org",
        "tel:911",
        "tel:8337732445",
        "sms:8337732445",
    ]


def test_card_without_numbers_tells_to_call_local_services() -> None:
    assert text_of(card_for(CRISIS, CrisisLines(), english)) == (
        "You can get help right now\n"
        "If you or someone you know is struggling or in crisis, help is available.\n"
        "If someone is in danger now, call your local emergency services. Do not leave them alone.\n"
    )
    assert text_of(card_for(EMERGENCY, CrisisLines(), english)) == (
        "Call your local emergency services now\n"
        "If someone has trouble breathing, chest pain, a seizure, or will not wake up, "
        "call your local emergency services.\n"
        "This website is not watched.\n"
    )
    assert "call your local emergency services from a second phone" in text_of(
        staff_card_for(CRISIS, CrisisLines(), english)
    )


@pytest.mark.parametrize("address", ["", "http://chat.example.org", "javascript:alert(1)", "https://"])
def test_chat_is_linked_over_https_alone(address: str) -> None:
    card = card_for(CRISIS, CrisisLines(lifeline="988", lifeline_chat=address), english)
    assert card is not None
    assert [link.label for line in card.lines for link in line.links] == ["Call 988", "Text 988"]


# "%(" is what is left of a place that was not filled; as a value it could not be told from that.
numbers = st.sampled_from(["", "988", "1-800-222-1222", "+44 116 123", "%", "none yet"]) | st.text(
    max_size=12
).filter(lambda text: "%(" not in text)
some_lines = st.builds(
    CrisisLines, **{name: numbers for name in CrisisLines.model_fields if name != "lifeline_chat"}
)


@given(some_lines)
def test_every_card_is_whole_whatever_the_settings(lines: CrisisLines) -> None:
    for card in every_card(lines):
        assert card.heading
        assert every_line(card)
        for line in every_line(card):
            assert re.fullmatch(r"(?s)\S.*", line.text)
            assert "%(" not in line.text
            assert all(link.label and link.href.partition(":")[2] for link in line.links)
            assert [part for part in line.parts() if isinstance(part, Link)] == list(line.links)
            joined = "".join(part.label if isinstance(part, Link) else part for part in line.parts())
            assert joined == line.text


def test_link_that_a_translation_lost_stands_at_the_end() -> None:
    line = Line("Ask for help.", (Link("call 911", "tel:911"),))
    assert line.parts() == ("Ask for help.", " ", Link("call 911", "tel:911"))


def test_card_as_json_keeps_text_and_links() -> None:
    card = card_for(EMERGENCY, CrisisLines(emergency="911"), english)
    assert card is not None
    assert card_as_json(card) == {
        "kind": "emergency",
        "heading": "Call 911 now",
        "lines": [
            {"text": "Call 911", "lang": "", "links": [{"label": "Call 911", "href": "tel:911"}]},
            {
                "text": "If someone has trouble breathing, chest pain, a seizure, or will not wake up, "
                "call 911.",
                "lang": "",
                "links": [{"label": "call 911", "href": "tel:911"}],
            },
            {"text": "This website is not watched.", "lang": "", "links": []},
        ],
        "steps": [],
    }


def test_every_message_of_the_cards_has_a_spanish_text() -> None:
    found = [
        message
        for _, message, _, _ in extract_from_file("python", Path(cards_module.__file__))
        if isinstance(message, str)
    ]
    assert len(found) > 30
    lacking = [message for message in found if not (CATALOG.get(message) and spanish(message))]
    assert lacking == []


def test_spanish_texts_keep_the_placeholders() -> None:
    placeholder = re.compile(r"%\(\w+\)s")
    for message in CATALOG:
        if message.id:
            assert sorted(placeholder.findall(str(message.string))) == sorted(
                placeholder.findall(str(message.id))
            )
