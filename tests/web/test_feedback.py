"""Was this helpful: without a session, counted once, and by nobody else's page."""

import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from kb.web.feedback import TOKEN_LIFE
from tests.records.test_records import rows
from tests.web import clinic
from tests.web.test_patient import page, words

ENTRY = "/q/200002/can-i-drive-home"
OURS = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}


def token(client: FlaskClient, path: str = ENTRY) -> str:
    field = page(client.get(path)).select_one("form.helpful input[name=token]")
    assert field is not None
    return str(field["value"])


def kept(database: Path, nonce_of: str) -> list[tuple[object, ...]]:
    """Return what is kept of the form with this token."""
    _, nonce = URLSafeTimedSerializer(clinic.SECRET_KEY, salt="feedback").loads(nonce_of)
    return [row[:4] for row in rows(database) if row[-1] == nonce]


def test_a_press_is_counted_once_however_often_it_is_sent(client: FlaskClient, database: Path) -> None:
    form = {"token": token(client), "helpful": "no", "reason": "Where do I park?"}
    for _ in range(2):
        response = client.post("/q/200002/feedback", data=form, headers=OURS)
        assert response.status_code == 200
        thanks = page(response)
        assert words(thanks.h1) == "Thank you"
        back = thanks.select_one(".back-to-entry a")
        assert back is not None and back["href"] == ENTRY
        # Who got no answer learns whom to ask.
        assert words(thanks.select_one(".call-us a")) == "Call us: 617-555-0100"
        assert response.headers["Cache-Control"] == "private, max-age=0"
        assert "Set-Cookie" not in response.headers
    assert kept(database, form["token"]) == [("200002", 0, "Where do I park?", "en")]


def test_yes_needs_no_reason_and_says_no_more_than_thanks(client: FlaskClient, database: Path) -> None:
    path = "/es/q/200002/can-i-drive-home"
    form = {"token": token(client, path), "helpful": "yes"}
    thanks = page(client.post("/es/q/200002/feedback", data=form, headers={"Origin": "http://localhost"}))
    assert words(thanks.h1) == "Gracias"
    assert thanks.select(".call-us") == []
    assert kept(database, form["token"]) == [("200002", 1, "", "es")]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_what_another_page_sends_is_refused(
    client: FlaskClient, database: Path, headers: dict[str, str]
) -> None:
    form = {"token": token(client), "helpful": "yes"}
    response = client.post("/q/200002/feedback", data=form, headers=headers)
    assert response.status_code == 403
    assert words(page(response).h1) == "We could not take that"
    assert kept(database, form["token"]) == []


def test_a_forged_token_is_refused(client: FlaskClient) -> None:
    foreign = URLSafeTimedSerializer(b"another key", salt="feedback").dumps(["200002", "x"])
    odd = URLSafeTimedSerializer(clinic.SECRET_KEY, salt="feedback").dumps("x")
    for forged in ("", "x", foreign, odd, token(client, "/q/200001/how-well-does-ketamine-work")):
        form = {"token": forged, "helpful": "yes"}
        assert client.post("/q/200002/feedback", data=form, headers=OURS).status_code == 403


def test_a_token_that_grew_old_is_replaced_and_asked_for_again(
    client: FlaskClient, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {"token": token(client), "helpful": "yes"}
    later = int(time.time()) + TOKEN_LIFE + 60
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: later)
    response = client.post("/q/200002/feedback", data=old, headers=OURS)
    assert response.status_code == 400
    again = page(response)
    assert words(again.h1) == "The page was open for a long while"
    field = again.select_one("input[name=token]")
    assert field is not None
    new = {"token": str(field["value"]), "helpful": "yes"}
    assert client.post("/q/200002/feedback", data=new, headers=OURS).status_code == 200
    assert kept(database, old["token"]) == []
    assert kept(database, new["token"]) == [("200002", 1, "", "en")]


def test_what_is_neither_yes_nor_no_is_refused(client: FlaskClient) -> None:
    for said in ({}, {"helpful": "maybe"}):
        form = {"token": token(client), **said}
        assert client.post("/q/200002/feedback", data=form, headers=OURS).status_code == 400


def test_feedback_on_what_is_not_served_meets_the_same_pages_as_a_link(client: FlaskClient) -> None:
    for entry_id, status in (("999999", 404), ("100010", 410)):
        response = client.post(f"/q/{entry_id}/feedback", data={"helpful": "yes"}, headers=OURS)
        assert response.status_code == status


def test_a_reason_that_tells_of_danger_brings_the_card_and_is_not_kept(
    client: FlaskClient, database: Path
) -> None:
    form = {"token": token(client), "helpful": "no", "reason": "I want to die tonight"}
    thanks = page(client.post("/q/200002/feedback", data=form, headers=OURS))
    main = thanks.main
    assert main is not None
    first = main.find(recursive=False)
    assert first is not None and words(main.select_one("section.card h2")) == "You can get help right now"
    assert kept(database, form["token"]) == [("200002", 0, "", "en")]


def test_the_page_of_an_answer_changes_its_tag_by_the_day_and_not_by_its_token(client: FlaskClient) -> None:
    first, second = client.get(ENTRY), client.get(ENTRY)
    assert first.text != second.text
    assert first.headers["ETag"] == second.headers["ETag"]
    assert client.get(ENTRY, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_share_links_are_plain_and_hold_the_answers_own_address(client: FlaskClient) -> None:
    links = page(client.get(ENTRY)).select(".sharing a")
    address = "http%3A%2F%2Flocalhost%2Fq%2F200002%2Fcan-i-drive-home"
    assert [link["href"] for link in links] == [
        "http://localhost/q/200002/can-i-drive-home",
        f"mailto:?subject=Can%20I%20drive%20home%3F&body={address}",
        f"sms:?&body={address}",
    ]
