"""Door three: answers inside other websites."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from kb.web.errors import DETAILS
from tests.web import clinic
from tests.web.test_patient import page, words


def test_the_frame_searches_in_itself_and_links_out_of_itself(client: FlaskClient) -> None:
    form = page(client.get("/embed")).form
    assert form is not None and (form["method"], form["action"]) == ("post", "/embed")
    results = page(client.post("/embed", data={"q": "drive"}))
    links = results.select("main a, footer .fine a")
    assert [(link["href"], link["target"], link["rel"]) for link in links] == [
        ("/q/200002/can-i-drive-home", "_blank", ["noopener"]),
        ("/", "_blank", ["noopener"]),
    ]


def test_the_frame_shows_the_card_right_after_the_box(client: FlaskClient) -> None:
    for query, tags in (
        (clinic.CRISIS_QUERY, ["h1", "form", "section", "h2", "ol", "details"]),
        (clinic.MEANS_QUERY, ["h1", "form", "section"]),
    ):
        main = page(client.post("/embed", data={"q": query})).main
        assert main is not None
        assert [tag.name for tag in main.find_all(recursive=False)] == tags
        assert words(main.section.h2 if main.section else None) == "You can get help right now"


def test_the_frame_shows_one_entry_with_its_disclosure(client: FlaskClient) -> None:
    shown = page(client.get("/embed?entry=200001"))
    assert words(shown.h1) == "How well does ketamine work?"
    assert words(shown.select_one(".prose")) == clinic.WORKS.answer
    assert (
        words(shown.select_one(".disclosure")) == "Ketamine is not FDA-approved for depression. (FDA, 2023)"
    )
    assert client.get("/embed?entry=100010").status_code == 410
    assert client.get("/embed?entry=999999").status_code == 404


def test_the_element_is_a_module_with_the_clinics_words_and_numbers(client: FlaskClient) -> None:
    response = client.get("/embed.js")
    assert response.content_type == "text/javascript; charset=utf-8"
    script = response.text
    assert '"button": "Search"' in script
    assert 'const PHONE = {"href": "tel:6175550100", "text": "617-555-0100"};' in script
    assert 'const LIFELINE = {"call": "tel:988", "message": "sms:988", "text": "988"};' in script
    # The host's policy may require trusted types, and never allows inline styles for us.
    for forbidden in ("innerHTML", "insertAdjacentHTML", "outerHTML", "eval(", "<style", ".style."):
        assert forbidden not in script


def oembed(client: FlaskClient, **values: Any) -> Any:
    return client.get("/oembed", query_string=values)


def test_oembed_describes_the_frame_of_an_entry(client: FlaskClient) -> None:
    response = oembed(client, url="http://localhost/q/200001/old-words", format="json", maxwidth=320)
    assert response.json == {
        "version": "1.0",
        "type": "rich",
        "title": "How well does ketamine work?",
        "provider_name": "Tiny Clinic",
        "provider_url": "http://localhost/",
        "width": 320,
        "height": 480,
        "html": '<iframe src="http://localhost/embed?entry=200001" title="How well does ketamine work?"'
        ' width="320" height="480" loading="lazy"></iframe>',
    }


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, 404),
        ({"url": "http://localhost/q/999999/x"}, 404),
        ({"url": "http://localhost/articles/infusions"}, 404),
        ({"url": "http://elsewhere.example/q/200001/x"}, 404),
        ({"url": "javascript://localhost/q/200001/x"}, 404),
        ({"url": "http://[/q/200001"}, 404),
        ({"url": "http://localhost/q/200001/x", "format": "xml"}, 501),
        ({"url": "http://localhost/q/200001/x", "maxwidth": "-5"}, 400),
        ({"url": "http://localhost/q/200001/x", "maxwidth": "wide"}, 200),
    ],
)
def test_oembed_knows_only_our_entries(client: FlaskClient, values: dict[str, str], status: int) -> None:
    response = oembed(client, **values)
    assert response.status_code == status
    if status >= 400:
        assert response.mimetype == "application/problem+json"
        assert response.json is not None and response.json["detail"] == DETAILS[status]


def test_an_entry_page_says_where_its_oembed_is(client: FlaskClient) -> None:
    link = page(client.get("/q/200001/how-well-does-ketamine-work")).select_one(
        'link[type="application/json+oembed"]'
    )
    assert link is not None
    answer = client.get(str(link["href"])).json
    assert answer is not None and answer["title"] == "How well does ketamine work?"
