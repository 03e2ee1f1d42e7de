"""An overdue review changes what is served; a missing one does not."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.asking import KnowledgeBase
from kb.content.documents import Metadata
from kb.overdue import is_overdue, is_withheld
from kb.search.building import build
from kb.search.generation import Contents
from kb.settings import Reviews
from kb.web import build_app
from tests.web import clinic
from tests.web.test_patient import page, search, words

DUE = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("reviewed_by", "due", "today", "overdue"),
    [
        ("A. Clinician", DUE, date(2026, 3, 1), False),
        ("A. Clinician", DUE, date(2026, 3, 2), True),
        ("A. Clinician", None, date(2030, 1, 1), False),
        ("", DUE, date(2030, 1, 1), False),
    ],
)
def test_a_review_is_overdue_from_the_day_after_it_was_due(
    reviewed_by: str, due: date | None, today: date, overdue: bool
) -> None:
    assert is_overdue(reviewed_by, due, today) is overdue


@pytest.mark.parametrize(
    ("today", "grace_days", "withheld"),
    [
        (date(2026, 3, 31), 30, False),
        (date(2026, 4, 1), 30, True),
        (date(2030, 1, 1), 0, False),
    ],
)
def test_an_overdue_answer_is_withheld_when_its_days_of_grace_are_over(
    today: date, grace_days: int, withheld: bool
) -> None:
    assert is_withheld(replace(clinic.DRIVE, review_due=DUE), today, grace_days) is withheld
    assert is_withheld(replace(clinic.DRIVE, review_due=None), today, grace_days) is False


def client_with(folder: Path, withhold_after: int) -> FlaskClient:
    """A site on which the review of "Can I drive home?" was due long ago."""
    late = replace(clinic.DRIVE, review_due=date(2020, 1, 1), focus="driving home")
    entries = (clinic.WORKS, late, clinic.LONG)
    build(folder, Contents(entries, lambda: [clinic.DOCUMENT], dict, dict))
    settings = clinic.settings(reviews=Reviews(withhold_after=withhold_after))
    return build_app(settings, KnowledgeBase(settings, folder)).test_client()


def test_an_overdue_answer_stands_behind_others_and_says_so_everywhere(tmp_path: Path) -> None:
    client = client_with(tmp_path, 0)
    hits = search(client, "drive home ketamine infusion").select(".hit")
    assert words(hits[-1].h3) == "Can I drive home?"
    text = "Reviewed by A. Clinician on February 3, 2026. Review overdue since January 1, 2020"
    assert words(hits[-1].select_one(".review-overdue")) == text
    entry = page(client.get("/q/200002/can-i-drive-home"))
    assert words(entry.select_one(".overdue p")) == (
        "This should have been reviewed again by now. Ask us before you rely on it."
    )
    review = client.get("/api/v1/entries/200002").json["review"]  # type: ignore[index]
    assert review == {"status": "overdue", "by": "A. Clinician", "on": "2026-02-03", "text": text}
    # Never reviewed is not overdue.
    assert page(client.get("/q/200001/how-well-does-ketamine-work")).select(".overdue") == []


def test_after_its_grace_an_overdue_answer_is_gone_from_everywhere(tmp_path: Path) -> None:
    client = client_with(tmp_path, 30)
    answer = client.get("/q/200002/can-i-drive-home")
    assert (answer.status_code, words(page(answer).h1)) == (404, "This answer is being checked")
    assert client.get("/api/v1/entries/200002").status_code == 404
    shown = client.get("/articles/infusions")
    assert "until the next day" not in shown.text
    assert words(page(shown).select_one(".withheld")) == "What stands here is being checked."
    for path in ("/", "/articles/infusions", "/q/200001/how-well-does-ketamine-work"):
        assert "Can I drive home?" not in [words(link) for link in page(client.get(path)).select("a")], path
    reply = client.post("/api/v1/search", data={"q": "drive home ketamine infusion"}).json
    assert reply is not None and "200002" not in [hit["id"] for hit in reply["hits"]]
    for typed in ("can i", "drivin"):
        suggested = client.post("/api/v1/suggest", data={"q": typed}).json
        assert suggested is not None and suggested["suggestions"] == [], typed


OVERDUE = Metadata("Infusions", reviewed_by="A. Clinician", reviewed_on=DUE, review_due=date(2026, 4, 1))


@pytest.mark.parametrize("withhold_after", [0, 30])
def test_the_page_of_an_article_says_when_a_review_of_its_words_is_overdue(
    tmp_path: Path, withhold_after: int
) -> None:
    shown = page(client_with(tmp_path, withhold_after).get("/articles/infusions"))
    assert words(shown.select_one(".overdue p")) == (
        "This should have been reviewed again by now. Ask us before you rely on it."
    )
    assert words(shown.select_one(".review")) == "Not yet reviewed by a clinician"


def test_an_article_whose_own_review_is_overdue_does_not_pass_as_reviewed(tmp_path: Path) -> None:
    document = replace(clinic.DOCUMENT, metadata=OVERDUE)
    build(tmp_path, Contents((clinic.LONG,), lambda: [document], dict, dict))
    client = build_app(clinic.settings(), KnowledgeBase(clinic.settings(), tmp_path)).test_client()
    response = client.get("/articles/infusions")
    shown = page(response)
    assert words(shown.select_one(".review-overdue")) == (
        "Reviewed by A. Clinician on March 1, 2026. Review overdue since April 1, 2026"
    )
    assert len(shown.select(".overdue")) == 1
    assert '"reviewedBy"' not in response.text


def test_an_article_without_a_review_is_not_overdue(tmp_path: Path) -> None:
    clinic.build_index(tmp_path)
    client = build_app(clinic.settings(), KnowledgeBase(clinic.settings(), tmp_path)).test_client()
    assert page(client.get("/articles/infusions")).select(".overdue") == []
