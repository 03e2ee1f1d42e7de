"""What is shown when there is no answer to give."""

from pathlib import Path

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from kb.asking import KnowledgeBase
from kb.web import LARGEST_BODY, build_app
from tests.web import clinic
from tests.web.test_patient import page, words

REBUILT = "The answers are being rebuilt Please try again in a minute. Call us: 617-555-0100 Monday to Friday, 9 to 5"


def results(client: FlaskClient, path: str, query: str) -> BeautifulSoup:
    response = client.post(path, data={"q": query})
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert response.headers["Cache-Control"] == "no-store"
    return page(response)


def test_while_the_index_is_rebuilt_every_page_says_whom_to_call(rebuilding: FlaskClient) -> None:
    for path in ("/", "/q/200001/x", "/articles/infusions", "/embed?entry=200001"):
        response = rebuilding.get(path)
        assert response.status_code == 503, path
        shown = page(response)
        assert words(shown.select_one(".empty")) == REBUILT
        assert [link["href"] for link in shown.select(".need-help a")] == ["tel:988", "sms:988", "tel:911"]


def test_while_the_index_is_rebuilt_a_risk_query_still_gets_its_card(rebuilding: FlaskClient) -> None:
    for path, heading in (
        ("/search", "You can get help right now"),
        ("/embed", "You can get help right now"),
        ("/desk", "The caller may be in crisis"),
    ):
        shown = results(rebuilding, path, clinic.CRISIS_QUERY)
        found = shown.select_one("#results")
        assert found is not None
        assert [tag.name for tag in found.find_all(recursive=False)] == ["section", "div"]
        assert words(shown.select_one("#card-heading-en")) == heading
        assert results(rebuilding, path, "drive").select(".card") == []


def test_while_the_index_is_rebuilt_a_query_about_means_gets_its_card(rebuilding: FlaskClient) -> None:
    # It needs no index, so it is a page like any other.
    response = rebuilding.post("/search", data={"q": clinic.MEANS_QUERY})
    assert words(page(response).select_one("#card-heading-en")) == "You can get help right now"


def test_while_the_index_is_rebuilt_the_api_says_so_and_carries_the_card(rebuilding: FlaskClient) -> None:
    for values in ({"json": {"q": clinic.CRISIS_QUERY}}, {"data": {"q": clinic.CRISIS_QUERY}}):
        response = rebuilding.post("/api/v1/search", **values)
        assert (response.status_code, response.mimetype) == (503, "application/problem+json")
        problem = response.json
        assert problem is not None
        safety = problem.pop("safety")
        assert problem == {
            "type": "about:blank",
            "title": "Service Unavailable",
            "status": 503,
            "detail": "The answers are being rebuilt",
        }
        assert (safety["level"], safety["card"]["heading"]) == ("crisis", "You can get help right now")
    calm = rebuilding.get("/api/v1/search?q=drive").json
    assert calm is not None and "safety" not in calm


def test_health_does_not_hang_on_the_index_and_readiness_does(
    client: FlaskClient, rebuilding: FlaskClient
) -> None:
    assert [client.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]
    assert [rebuilding.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 503]
    assert rebuilding.get("/healthz").text == "ok\n"


def test_pages_come_back_once_there_is_an_index(tmp_path: Path) -> None:
    settings = clinic.settings()
    client = build_app(settings, KnowledgeBase(settings, tmp_path)).test_client()
    assert client.get("/").status_code == 503
    clinic.build_index(tmp_path)
    assert client.get("/").status_code == 200


def test_a_body_past_all_measure_is_refused_with_a_page(client: FlaskClient) -> None:
    response = client.post("/search", data={"q": "x" * LARGEST_BODY})
    assert response.status_code == 413
    assert words(page(response).h1) == "That is too long to search for"
    for body in ({"data": {"q": "x" * LARGEST_BODY}}, {"json": {"q": "x" * LARGEST_BODY}}):
        refused = client.post("/api/v1/search", **body)
        assert (refused.status_code, refused.mimetype) == (413, "application/problem+json")


def test_a_wrong_method_says_which_are_right(client: FlaskClient) -> None:
    response = client.delete("/search")
    assert response.status_code == 405
    assert sorted(response.headers["Allow"].split(", ")) == ["GET", "HEAD", "OPTIONS", "POST"]
    assert response.mimetype == "text/html"


def test_a_fault_of_ours_is_a_plain_page(index_folder: Path) -> None:
    class Faulty(KnowledgeBase):
        def articles(self) -> tuple[()]:
            raise RuntimeError("secret detail")

    settings = clinic.settings()
    response = build_app(settings, Faulty(settings, index_folder)).test_client().get("/")
    assert response.status_code == 500
    assert words(page(response).h1) == "Something went wrong here"
    assert "secret" not in response.text
