"""A word that is searched in another spelling as well: every door says so, and searches without on request."""

import re

import pytest
from bs4 import Tag
from flask.testing import FlaskClient

from tests.web import clinic
from tests.web.test_patient import page, words

MISSPELT = "does ketamin work"
SAID = {
    "": ("Also searched for: ketamine (you typed “ketamin”)", "Search instead for “does ketamin work”"),
    "/es": ("También se buscó: ketamine (usted escribió “ketamin”)", "Buscar en cambio “does ketamin work”"),
}


def offer(client: FlaskClient, address: str, query: str) -> Tag | None:
    return page(client.post(address, data={"q": query})).select_one("form.reading")


@pytest.mark.parametrize("address", ["/search", "/es/search", "/desk", "/embed"])
def test_a_page_says_it_and_searches_as_it_was_typed(client: FlaskClient, address: str) -> None:
    form = offer(client, address, MISSPELT)
    assert form is not None
    button = form.select_one("button[name=q]")
    assert button is not None
    assert (words(form.span), words(button)) == SAID["/es" if address.startswith("/es") else ""]
    hidden = form.select_one("input[type=hidden]")
    assert hidden is not None
    asked = {"q": str(button["value"]), str(hidden["name"]): str(hidden["value"])}
    assert asked == {"q": MISSPELT, "exact": "1"}
    instead = page(client.post(str(form["action"]), data=asked))
    assert instead.select(".reading") == []
    box = instead.select_one("#q")
    assert box is not None and box["value"] == MISSPELT


def test_the_link_and_the_other_language_keep_it_as_it_was_typed(client: FlaskClient) -> None:
    results = page(client.post("/search", data={"q": MISSPELT, "exact": "1"}))
    link = results.select_one(".link-to-results a")
    other = results.select_one('form[action="/es/search"]')
    assert link is not None and other is not None
    assert link["href"] == "/search?q=does+ketamin+work&exact=1"
    assert {str(one["name"]): str(one["value"]) for one in other.select("input")} == {
        "q": MISSPELT,
        "exact": "1",
    }
    assert page(client.get(str(link["href"]))).select(".reading") == []
    corrected = page(client.post("/search", data={"q": MISSPELT})).select_one(".link-to-results a")
    assert corrected is not None and corrected["href"] == "/search?q=does+ketamin+work"


@pytest.mark.parametrize("address", ["/search", "/desk", "/embed"])
def test_nothing_is_said_of_a_good_spelling_nor_below_a_card(client: FlaskClient, address: str) -> None:
    assert offer(client, address, "does ketamine work") is None
    assert offer(client, address, f"{clinic.CRISIS_QUERY} ketamin") is None


def test_a_long_question_does_not_make_a_long_button(client: FlaskClient) -> None:
    form = offer(client, "/search", MISSPELT + " when I come in the morning" * 10)
    assert form is not None
    assert re.fullmatch(r"Search instead for “does ketamin work.{1,50}\.\.\.”", words(form.button))


def test_the_api_names_corrections_and_leaves_them_out_on_request(client: FlaskClient) -> None:
    def corrections(**asked: object) -> object:
        response = client.post("/api/v1/search", json=asked)
        assert response.status_code == 200 and response.json is not None, response.text
        return response.json["corrections"]

    assert corrections(q=MISSPELT) == [{"typed": "ketamin", "read_as": "ketamine"}]
    assert corrections(q=MISSPELT, exact=True) == []
    assert corrections(q=f"{clinic.CRISIS_QUERY} ketamin") == []


@pytest.mark.parametrize("address", ["/search", "/desk", "/embed"])
def test_a_page_asks_which_of_two_medicines_is_meant(client: FlaskClient, address: str) -> None:
    form = page(client.post(address, data={"q": "can I take Hydrolázine today"})).select_one("form.reading")
    assert form is not None
    assert words(form.span) == "“hydrolazine” may be one of these. Which do you mean?"
    assert [(words(one), one["value"]) for one in form.select("button[name=q]")] == [
        ("hydralazine", "can I take hydralazine today"),
        ("hydroxyzine", "can I take hydroxyzine today"),
    ]


def test_the_api_asks_which_of_two_medicines_is_meant(client: FlaskClient) -> None:
    def choices(query: str) -> object:
        response = client.post("/api/v1/search", json={"q": query})
        assert response.status_code == 200 and response.json is not None, response.text
        return response.json["choices"]

    assert choices("hydrolazine") == [{"typed": "hydrolazine", "names": ["hydralazine", "hydroxyzine"]}]
    assert choices("hydralazine") == []
    assert choices(f"{clinic.CRISIS_QUERY} hydrolazine") == []
