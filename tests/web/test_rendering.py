"""What templates use besides their values."""

import re
from pathlib import Path

import pytest
from apiflask import APIFlask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from kb.asking import KnowledgeBase
from kb.content.slugs import slug_of
from kb.safety import Assessment, card_for, english
from kb.web import build_app
from kb.web.addresses import mail, telephone, text_message
from kb.web.public import public_source
from kb.web.rendering import is_row_of_links, marked, numbers_whole
from kb.web.theme import CONTRAST, DARK_BACKGROUND, LIGHT_BACKGROUND, contrast, readable, stylesheet
from tests.conftest import ROOT
from tests.web import clinic


def test_words_are_marked_where_the_ranges_say() -> None:
    assert marked("a <b> cé d", [(6, 8), (0, 1)]) == "<mark>a</mark> &lt;b&gt; <mark>cé</mark> d"


def test_overlapping_ranges_mark_once() -> None:
    assert marked("abcdef", [(0, 3), (2, 4), (1, 2)]) == "<mark>abc</mark><mark>d</mark>ef"


@given(st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50))))
def test_marking_loses_no_character(text: str, ranges: list[tuple[int, int]]) -> None:
    assert re.sub("</?mark>", "", marked(text, ranges)) == str(escape(text))


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("Can I drive home?", "can-i-drive-home"),
        ("What's TMS?", "whats-tms"),
        ("¿Qué es la depresión?", "que-es-la-depresion"),
        ("是什么", "answer"),
        ("", "answer"),
        ("word " * 40, "-".join(["word"] * 16)),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_question_becomes_an_address(question: str, slug: str) -> None:
    assert slug_of(question) == slug


@given(st.text())
def test_a_slug_is_short_plain_and_its_own_slug(question: str) -> None:
    slug = slug_of(question)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 80
    assert slug_of(slug) == slug


def test_numbers_become_links_that_dial() -> None:
    assert telephone("(617) 555-0100") == "tel:6175550100"
    assert telephone("+1 617 555 0100 ext. 9") == "tel:+16175550100"
    assert telephone("") == telephone("ask") == ""
    assert text_message("988") == "sms:988"
    assert mail("desk@example.org") == "mailto:desk@example.org"
    assert mail("") == ""


@pytest.mark.parametrize(
    ("source", "name", "url"),
    [
        ("", "", ""),
        ("FDA, 10 October 2023", "FDA, 10 October 2023", ""),
        ("https://www.example.org/a?b=c", "example.org", "https://www.example.org/a?b=c"),
        ("a.example.org/one, epocrates, a.example.org/two, FDA", "a.example.org, epocrates, FDA", ""),
        ("javascript:alert(1)", "javascript:alert(1)", ""),
        ("http://[", "http://[", ""),
        ("https://host:port/", "https://host:port/", ""),
        ("see e.g. and/or", "see e.g. and/or", ""),
    ],
)
def test_a_source_is_named_in_short_and_linked_where_it_is_an_address(
    source: str, name: str, url: str
) -> None:
    shown = public_source(source)
    assert (shown.name, shown.full, shown.url) == (name, source, url)


def test_only_a_line_of_nothing_but_links_is_a_row_of_buttons() -> None:
    card = card_for(Assessment("crisis"), clinic.settings().lines, english)
    assert card is not None
    assert [line.text for line in card.lines if is_row_of_links(line)] == [
        "Call 988 · Text 988 · Chat at 988lifeline.org"
    ]


@given(st.integers(0, 0xFFFFFF))
def test_any_colour_of_a_clinic_is_made_readable(number: int) -> None:
    colour = f"#{number:06x}"
    for background in (LIGHT_BACKGROUND, DARK_BACKGROUND):
        assert contrast(readable(colour, background), background) >= CONTRAST


@given(
    st.integers(0, 0xFFFFFF),
    st.sampled_from([("#fffefb", LIGHT_BACKGROUND, 9), ("#1b2526", DARK_BACKGROUND, 11)]),
)
def test_a_readable_colour_reads_on_its_own_tint(number: int, ground: tuple[str, str, int]) -> None:
    surface, background, share = ground
    colour = readable(f"#{number:06x}", background)
    pairs = [(int(colour[at : at + 2], 16), int(surface[at : at + 2], 16)) for at in (1, 3, 5)]
    tint = "#" + "".join(f"{round((own * share + under * (100 - share)) / 100):02x}" for own, under in pairs)
    assert contrast(colour, tint) >= 4.5


def test_a_readable_colour_stays_as_it_is() -> None:
    assert readable("#14615c", LIGHT_BACKGROUND) == "#14615c"


def test_contrast_is_as_the_guidelines_define_it() -> None:
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_the_backgrounds_are_those_of_the_sheet() -> None:
    sheet = (ROOT / "static" / "site.css").read_text(encoding="utf-8")
    light, dark = re.findall(r"--paper: (#\w+)", sheet)
    assert light == LIGHT_BACKGROUND
    # In the dark, what is lighter than the paper is harder to read on.
    (surface,) = re.findall(r"--surface: (#\w+)", sheet.split("prefers-color-scheme: dark", 1)[1])
    assert surface == DARK_BACKGROUND
    assert contrast("#ffffff", dark) > contrast("#ffffff", surface)


def test_the_clinics_colour_is_linked_only_where_there_is_one(app: APIFlask, index_folder: Path) -> None:
    assert stylesheet("") == ""
    assert "theme.css" not in app.test_client().get("/").text
    settings = clinic.settings(accent="#0044aa")
    client = build_app(settings, KnowledgeBase(settings, index_folder)).test_client()
    assert 'href="/theme.css"' in client.get("/").text
    assert client.get("/theme.css").text.startswith(":root { --accent: #0044aa; }\n")


def test_a_number_to_dial_is_not_broken_at_the_end_of_a_line() -> None:
    assert numbers_whole("<Poison Help> 1-800-222-1222 or 988") == (
        '&lt;Poison Help&gt; <span class="unbroken">1-800-222-1222</span> or 988'
    )
