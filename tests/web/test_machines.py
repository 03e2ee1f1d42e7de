"""For machines: which pages there are, what changed, what stands on them, and what is kept offline."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from kb.asking import KnowledgeBase
from kb.web import build_app, machines
from kb.web.language import LANGUAGES
from tests.web import clinic
from tests.web.test_patient import page, words

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def data(client: FlaskClient, path: str) -> Any:
    (block,) = page(client.get(path)).select("script[type='application/ld+json']")
    return json.loads(str(block.string))


def test_the_sitemap_lists_each_page_in_each_language_with_the_day_it_changed(client: FlaskClient) -> None:
    response = client.get("/sitemap.xml")
    assert response.mimetype == "application/xml"
    places = {
        place.findtext(f"{SITEMAP}loc"): place.findtext(f"{SITEMAP}lastmod")
        for place in ElementTree.fromstring(response.text)
    }
    english = {
        "http://localhost/": None,
        "http://localhost/topics": None,
        "http://localhost/about": None,
        "http://localhost/articles/infusions": "2026-03-01",
        "http://localhost/q/200001/how-well-does-ketamine-work": "2026-03-01",
        "http://localhost/q/200002/can-i-drive-home": "2026-02-03",
        "http://localhost/q/200003/what-should-i-bring": None,
        "http://localhost/q/200004/how-long-does-an-infusion-take": None,
        "http://localhost/q/200005/may-i-bring-music": None,
        "http://localhost/q/FAQ-7/puedo-comer-antes": None,
    }
    spanish = {place.replace("localhost/", "localhost/es/"): day for place, day in english.items()}
    assert places == english | spanish
    for address in places:
        assert address is not None and client.get(address).status_code == 200


def test_a_long_sitemap_is_cut_into_parts(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def addresses(path: str) -> list[str]:
        return [
            str(place.findtext(f"{SITEMAP}loc")) for place in ElementTree.fromstring(client.get(path).text)
        ]

    whole = addresses("/sitemap.xml")
    monkeypatch.setattr(machines, "PLACES_IN_PART", 4)
    index = ElementTree.fromstring(client.get("/sitemap.xml").text)
    assert index.tag == f"{SITEMAP}sitemapindex"
    assert [(part.findtext(f"{SITEMAP}loc"), part.findtext(f"{SITEMAP}lastmod")) for part in index] == [
        ("http://localhost/sitemap-1.xml", "2026-03-01"),
        ("http://localhost/sitemap-2.xml", "2026-03-01"),
        ("http://localhost/sitemap-3.xml", None),
    ]
    assert [place for number in (1, 2, 3) for place in addresses(f"/sitemap-{number}.xml")] == whole
    for number in (0, 4):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_no_part_of_a_sitemap_holds_more_than_it_may() -> None:
    assert machines.PLACES_IN_PART * len(LANGUAGES) <= 50_000


def test_the_feed_lists_what_changed_last_first(client: FlaskClient) -> None:
    response = client.get("/feed.xml")
    assert response.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(response.text)
    assert feed.findtext(f"{ATOM}updated") == "2026-03-01T00:00:00Z"
    entries = [
        (one.findtext(f"{ATOM}title"), one.findtext(f"{ATOM}updated"), one.findtext(f"{ATOM}id"))
        for one in feed.findall(f"{ATOM}entry")
    ]
    assert entries == [
        ("How well does ketamine work?", "2026-03-01T00:00:00Z", "http://localhost/feed.xml#200001"),
        ("Can I drive home?", "2026-02-03T00:00:00Z", "http://localhost/feed.xml#200002"),
    ]


def test_an_answer_names_its_reviewer_to_search_engines_only_where_there_is_one(client: FlaskClient) -> None:
    reviewed = data(client, "/q/200002/can-i-drive-home")
    assert reviewed == {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": "Can I drive home?",
        "url": "http://localhost/q/200002/can-i-drive-home",
        "inLanguage": "en",
        "mainEntity": {
            "@type": "Question",
            "name": "Can I drive home?",
            "acceptedAnswer": {"@type": "Answer", "text": clinic.DRIVE.answer},
        },
        "publisher": {"@type": "MedicalOrganization", "name": "Tiny Clinic"},
        "dateModified": "2026-02-03",
        "reviewedBy": {"@type": "Person", "name": "A. Clinician"},
        "lastReviewed": "2026-02-03",
    }
    unreviewed = data(client, "/q/200001/how-well-does-ketamine-work")
    assert {"reviewedBy", "lastReviewed"} & set(unreviewed) == set()


def test_an_article_is_a_page_of_questions_to_search_engines(client: FlaskClient) -> None:
    article = data(client, "/articles/infusions")
    assert article["@type"] == ["MedicalWebPage", "FAQPage"]
    assert [(one["name"], one["acceptedAnswer"]["text"]) for one in article["mainEntity"]] == [
        (entry.question, entry.answer)
        for entry in (clinic.WORKS, clinic.DRIVE, clinic.BRING, clinic.LONG, clinic.MUSIC)
    ]
    assert {"reviewedBy", "lastReviewed", "author"} & set(article) == set()


def test_words_of_an_article_cannot_end_the_block_of_data(client: FlaskClient) -> None:
    text = client.get("/q/200001/how-well-does-ketamine-work").text
    block = text[text.index("ld+json") : text.index("</script>", text.index("ld+json"))]
    assert "\\u003cdrops\\u003e" in block


def test_robots_are_told_where_the_sitemap_is_and_what_is_not_theirs(client: FlaskClient) -> None:
    assert client.get("/robots.txt").text == (
        "User-agent: *\nDisallow: /desk\nDisallow: /search\nDisallow: /es/search\n"
        "Sitemap: http://localhost/sitemap.xml\n"
    )


def test_the_manifest_names_the_clinic(client: FlaskClient) -> None:
    response = client.get("/manifest.webmanifest")
    assert response.mimetype == "application/manifest+json"
    manifest = json.loads(response.text)
    assert (manifest["name"], manifest["start_url"]) == ("Tiny Clinic", "/")
    with client.get(manifest["icons"][0]["src"]) as icon:
        assert icon.status_code == 200


def test_about_says_who_reviewed_and_what_is_kept(client: FlaskClient, index_folder: Path) -> None:
    about = words(page(client.get("/about")).select_one(".about"))
    assert "Clinicians who reviewed articles or answers: A. Clinician." in about
    assert "What is kept of a search Nothing." in about
    assert "If you press Yes or No under an answer" in about
    settings = clinic.settings()
    without = build_app(settings, KnowledgeBase(settings, index_folder)).test_client()
    assert "If you press Yes or No" not in without.get("/about").text


def test_the_offline_page_needs_no_index_and_holds_card_and_phone(rebuilding: FlaskClient) -> None:
    for path, heading in (
        ("/offline", "You can get help right now"),
        ("/es/offline", "Puede recibir ayuda ahora mismo"),
    ):
        shown = page(rebuilding.get(path))
        assert words(shown.select_one(".card h2")) == heading
        call = shown.select_one(".call-us a")
        assert call is not None and call["href"] == "tel:6175550100"


def test_the_worker_keeps_the_offline_pages_and_their_looks_alone(client: FlaskClient) -> None:
    script = client.get("/sw.js").text
    kept = json.loads(script.split("const PAGES = ", 1)[1].split(";", 1)[0])
    files = json.loads(script.split("const FILES = ", 1)[1].split(";", 1)[0])
    assert kept == {"en": "/offline", "es": "/es/offline"}
    assert [name.split("?")[0] for name in files] == ["/static/site.css", "/static/icon.svg"]
    for path in (*kept.values(), *files):
        with client.get(path) as response:
            assert response.status_code == 200
