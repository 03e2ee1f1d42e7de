"""Browsing: few topics are one list, many stand under their letters."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.asking import KnowledgeBase
from kb.content.entries import Entry
from kb.search.building import build
from kb.search.generation import Contents
from kb.web import build_app
from tests.entries import entry
from tests.web import clinic
from tests.web.test_patient import page, words

# 70 rows of as many topics, most of them under one letter.
NAMES = ["Asthma", "Back pain", "4-H", *(f"C{chr(97 + n % 26)} {n}" for n in range(67))]


def rows() -> list[Entry]:
    made = [entry(id=f"R{at}", article="rows.csv", focus=name) for at, name in enumerate(NAMES)]
    return [*made, entry(id="R-2", article="rows.csv", focus="Asthma", question="What helps?")]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a site of imported rows alone."""
    folder: Path = tmp_path_factory.mktemp("rows")
    build(folder, Contents(rows(), list, dict, dict))
    settings = clinic.settings()
    return build_app(settings, KnowledgeBase(settings, folder)).test_client()


def links(client: FlaskClient, path: str, place: str) -> list[tuple[str, str]]:
    return [(words(link), str(link["href"])) for link in page(client.get(path)).select(f"{place} a")]


def test_topics_lead_to_their_questions(client: FlaskClient) -> None:
    assert links(client, "/topics", ".topic-list") == [
        ("Ketamine infusions 5 questions", "/topics/ketamine-infusions")
    ]
    topic = page(client.get("/topics/ketamine-infusions"))
    assert words(topic.h1) == "Ketamine infusions"
    assert [words(link) for link in topic.select(".questions a")] == [
        one.question for one in (clinic.WORKS, clinic.DRIVE, clinic.BRING, clinic.LONG, clinic.MUSIC)
    ]
    assert client.get("/topics/none").status_code == 404


def test_many_topics_stand_under_their_letters(imported: FlaskClient) -> None:
    assert links(imported, "/topics", ".letters") == [
        ("0-9", "/topics/letter/0-9"),
        ("A", "/topics/letter/a"),
        ("B", "/topics/letter/b"),
        ("C", "/topics/letter/c"),
    ]
    assert ("Asthma 2 questions", "/topics/asthma") in links(imported, "/topics", ".topic-list")
    assert links(imported, "/topics/letter/0-9", ".topic-list") == [("4-H 1 question", "/topics/4-h")]
    assert links(imported, "/es/topics/letter/a", ".topic-list") == [
        ("Asthma 2 preguntas", "/es/topics/asthma")
    ]
    for none in ("z", "A", "aa"):
        assert imported.get(f"/topics/letter/{none}").status_code == 404


def test_a_letter_with_many_topics_has_headings(imported: FlaskClient) -> None:
    shown = page(imported.get("/topics/letter/c"))
    assert [words(heading) for heading in shown.select(".group-heading")][:3] == ["Ca", "Cb", "Cc"]
    assert len(shown.select(".topic-list a")) == 67


def test_without_an_article_the_front_page_and_an_empty_result_name_topics(imported: FlaskClient) -> None:
    assert ("Asthma 2 questions", "/topics/asthma") in links(imported, "/", ".topic-list")
    nothing = page(imported.post("/search", data={"q": "lasagna zebra"}))
    assert "Asthma 2 questions" in [words(link) for link in nothing.select(".topic-list a")]


def test_the_sitemap_lists_rows_that_were_imported(imported: FlaskClient) -> None:
    assert "<loc>http://localhost/q/R-2/what-helps</loc>" in imported.get("/sitemap.xml").text
