"""The API: what the doors show, as JSON."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web import clinic

SITE = "https://www.example.org"
CALM = {"level": "none", "means": False, "card": None, "also": []}


def post(client: FlaskClient, query: str, **headers: str) -> Any:
    response = client.post("/api/v1/search", data={"q": query}, headers=headers)
    assert response.status_code == 200, response.text
    return response.json


def test_a_search_gives_the_whole_shape(client: FlaskClient) -> None:
    reply = post(client, "does ketamine work")
    assert list(reply) == ["outcome", "safety", "hits", "corrections", "choices", "generation"]
    assert (reply["outcome"], reply["safety"]) == ("answer", CALM)
    hit = reply["hits"][0]
    assert hit.pop("score") > 0
    assert hit == {
        "id": "200001",
        "url": "http://localhost/q/200001/how-well-does-ketamine-work",
        "lang": "en",
        "question": "How well does ketamine work?",
        "answer": "Ketamine helps as many as 70% of people. Tell us if your mood <drops> again.",
        "short": "Ketamine helps as many as 70% of people.",
        "qtype": "effectiveness",
        "source": {"name": "Ketamine infusions", "full": "Ketamine infusions", "url": ""},
        "review": {
            "status": "not_reviewed",
            "by": "",
            "on": None,
            "text": "Not yet reviewed by a clinician",
        },
        "disclosures": [
            {"text": "Ketamine is not FDA-approved for depression.", "source": "FDA, 2023", "lang": "en"}
        ],
        "updated_on": "2026-03-01",
        "sentence": "Ketamine helps as many as 70% of people.",
        "highlights": [[0, 8]],
        "pieces": [],
    }


def test_a_list_says_how_it_is_laid_out(client: FlaskClient) -> None:
    hit = post(client, "what should I bring")["hits"][0]
    assert hit["sentence"] == "A list of your medicines.\nWarm socks for the infusion."
    assert hit["pieces"] == [
        {"layout": "item", "parts": [[0, 25]]},
        {"layout": "item", "parts": [[26, 54]]},
    ]


def test_staff_wording_stays_in_the_house(client: FlaskClient) -> None:
    text = client.post("/api/v1/search", data={"q": "drive home"}).text
    assert clinic.DRIVE.answer in text
    for staff_words in (clinic.DRIVE.say_this, clinic.DRIVE.do_not_say, clinic.DRIVE.hand_off):
        assert staff_words not in text


def test_the_question_is_not_repeated(client: FlaskClient) -> None:
    assert "zebraword" not in client.post("/api/v1/search", data={"q": "drive zebraword"}).text


def test_form_json_and_address_ask_alike(client: FlaskClient) -> None:
    by_form = post(client, "drive home")
    by_json = client.post("/api/v1/search", json={"q": "drive home"}).json
    by_address = client.get("/api/v1/search", query_string={"q": "drive home"}).json
    assert by_form == by_json == by_address


def test_limit_is_the_most_hits(client: FlaskClient) -> None:
    reply = client.post("/api/v1/search", json={"q": "drive home ketamine infusion", "limit": 2}).json
    assert reply is not None
    assert [hit["id"] for hit in reply["hits"]] == ["200002", "200001"]


def test_a_risk_query_carries_its_card_before_the_hits(client: FlaskClient) -> None:
    reply = post(client, clinic.CRISIS_QUERY)
    assert (reply["safety"]["level"], reply["safety"]["means"]) == ("crisis", False)
    assert len(reply["hits"]) == 5
    card = reply["safety"]["card"]
    assert (card["kind"], card["heading"], card["steps"]) == ("crisis", "You can get help right now", [])
    assert card["lines"][1] == {
        "text": "Call 988 · Text 988 · Chat at 988lifeline.org",
        "lang": "",
        "links": [
            {"label": "Call 988", "href": "tel:988"},
            {"label": "Text 988", "href": "sms:988"},
            {"label": "Chat at 988lifeline.org", "href": "https://988lifeline.org"},
        ],
    }


def test_a_query_about_means_carries_the_card_and_no_hits(client: FlaskClient) -> None:
    reply = post(client, clinic.MEANS_QUERY)
    assert (reply["outcome"], reply["hits"]) == ("nothing", [])
    assert (reply["safety"]["level"], reply["safety"]["means"]) == ("crisis", True)
    assert reply["safety"]["card"]["heading"] == "You can get help right now"


@pytest.mark.parametrize(
    ("request_values", "status", "errors"),
    [
        ({"data": {}}, 422, {"q": ["Field required"]}),
        ({"data": {"q": " "}}, 422, {"q": ["String should have at least 1 character"]}),
        ({"json": {"q": 5}}, 422, {"q": ["Input should be a valid string"]}),
        ({"json": {"q": "x", "limit": 0}}, 422, {"limit": ["Input should be greater than or equal to 1"]}),
        ({"data": "[", "content_type": "application/json"}, 400, None),
    ],
)
def test_a_search_without_a_question_is_a_problem(
    client: FlaskClient, request_values: Any, status: int, errors: Any
) -> None:
    response = client.post("/api/v1/search", **request_values)
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    problem = response.json
    assert problem is not None
    assert (problem["type"], problem["status"], problem.get("errors")) == ("about:blank", status, errors)


def test_an_entry_is_what_a_hit_holds_of_it(client: FlaskClient) -> None:
    entry = client.get("/api/v1/entries/200002").json
    hit = post(client, "drive home")["hits"][0]
    assert entry is not None
    assert entry == {key: value for key, value in hit.items() if key in entry}
    assert set(hit) - set(entry) == {"sentence", "highlights", "pieces", "score"}


def test_a_withdrawn_entry_is_gone_and_says_what_replaced_it(client: FlaskClient) -> None:
    response = client.get("/api/v1/entries/100010")
    assert (response.status_code, response.mimetype) == (410, "application/problem+json")
    assert response.json == {
        "type": "about:blank",
        "title": "Gone",
        "status": 410,
        "detail": "This answer was withdrawn.",
        "replaced_by": "http://localhost/api/v1/entries/200004",
    }
    gone = client.get("/api/v1/entries/100011").json
    assert gone is not None and "replaced_by" not in gone


def test_errors_under_the_api_are_problem_documents(client: FlaskClient) -> None:
    for path, method, status, title, detail in (
        (
            "/api/v1/entries/999999",
            "GET",
            404,
            "Not Found",
            "Nothing has this address, or no entry has this id.",
        ),
        ("/api/nowhere", "GET", 404, "Not Found", "Nothing has this address, or no entry has this id."),
        (
            "/api/v1/search",
            "DELETE",
            405,
            "Method Not Allowed",
            "This address takes other methods: see Allow.",
        ),
    ):
        response = client.open(path, method=method)
        assert (response.status_code, response.mimetype) == (status, "application/problem+json")
        assert response.json == {"type": "about:blank", "title": title, "status": status, "detail": detail}


@pytest.mark.parametrize(("data", "content_type"), [("{", "application/json"), (b"\xff", "application/json")])
def test_a_body_that_cannot_be_read_says_so(
    client: FlaskClient, data: str | bytes, content_type: str
) -> None:
    response = client.post("/api/v1/search", data=data, content_type=content_type)
    assert response.mimetype == "application/problem+json"
    assert response.json is not None and response.json["detail"]


def test_a_listed_site_may_search_from_its_pages(client: FlaskClient) -> None:
    response = client.post(
        "/api/v1/search", data={"q": "drive"}, headers={"Origin": SITE, "Sec-Fetch-Site": "cross-site"}
    )
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == SITE
    assert "Origin" in response.vary
    asked_before = client.options("/api/v1/search", headers={"Origin": SITE})
    assert {key: value for key, value in asked_before.headers if key.startswith("Access-Control")} == {
        "Access-Control-Allow-Origin": SITE,
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Allow-Headers": "Content-Type",
        "Access-Control-Max-Age": "600",
    }


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "https://www.example.org.evil.example", "http://["]
)
def test_a_foreign_site_may_not_search_nor_read(client: FlaskClient, origin: str) -> None:
    headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
    refused = client.post("/api/v1/search", data={"q": "drive"}, headers=headers)
    assert refused.status_code == 403
    assert refused.json == {
        "type": "about:blank",
        "title": "Forbidden",
        "status": 403,
        "detail": "Pages of this site may not search here: list its origin under embedding_sites in kb.toml.",
    }
    for response in (refused, client.options("/api/v1/search", headers=headers)):
        assert "Access-Control-Allow-Origin" not in response.headers
    read = client.get("/api/v1/search?q=drive", headers=headers)
    assert "Access-Control-Allow-Origin" not in read.headers


def test_our_own_pages_and_programs_may_search(client: FlaskClient) -> None:
    for headers in (
        {},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "https://localhost"},
    ):
        assert client.post("/api/v1/search", data={"q": "drive"}, headers=headers).status_code == 200


def test_suggestions_come_with_the_pages_that_answer_them(client: FlaskClient) -> None:
    reply = client.post("/api/v1/suggest", data={"q": "drive"}).json
    assert reply == {
        "suggestions": [
            {
                "text": "Can I drive home?",
                "kind": "question",
                "id": "200002",
                "url": "http://localhost/q/200002/can-i-drive-home",
                "lang": "en",
            }
        ],
        "safety": CALM,
    }
    by_address = client.get("/api/v1/suggest", query_string={"q": "drive", "lang": "es"}).json
    assert by_address is not None
    assert [one["url"] for one in by_address["suggestions"]] == [
        "http://localhost/es/q/200002/can-i-drive-home"
    ]


def test_a_term_comes_with_the_entry_that_says_most_of_it(client: FlaskClient) -> None:
    reply = client.post("/api/v1/suggest", data={"q": "keta", "limit": "1"}).json
    assert reply is not None
    assert reply["suggestions"] == [
        {
            "text": "ketamine",
            "kind": "term",
            "id": "200001",
            "url": "http://localhost/q/200001/how-well-does-ketamine-work",
            "lang": "en",
        }
    ]


@pytest.mark.parametrize("query", [clinic.CRISIS_QUERY, clinic.EMERGENCY_QUERY, clinic.MEANS_QUERY])
def test_nothing_is_suggested_to_someone_in_danger_but_the_card(client: FlaskClient, query: str) -> None:
    reply = client.post("/api/v1/suggest", json={"q": query}).json
    assert reply is not None
    assert reply["suggestions"] == []
    assert reply["safety"]["card"]["heading"] in {"You can get help right now", "Call 911 now"}


def test_a_foreign_page_may_not_ask_for_suggestions(client: FlaskClient) -> None:
    headers = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert client.post("/api/v1/suggest", data={"q": "drive"}, headers=headers).status_code == 403


def test_the_description_names_every_route_and_shape(client: FlaskClient) -> None:
    description = client.get("/openapi.json").json
    assert description is not None
    assert description["openapi"] == "3.1.0"
    assert {path: sorted(methods) for path, methods in description["paths"].items()} == {
        "/api/v1/search": ["get", "post"],
        "/api/v1/suggest": ["get", "post"],
        "/api/v1/entries/{entry_id}": ["get"],
    }
    body = description["paths"]["/api/v1/search"]["post"]["requestBody"]["content"]
    assert sorted(body) == ["application/json", "application/x-www-form-urlencoded"]
    assert sorted(description["paths"]["/api/v1/search"]["post"]["responses"]) == ["200", "403", "422", "503"]
