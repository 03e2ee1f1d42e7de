"""Door one: a patient searches and reads."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.asking import KnowledgeBase
from kb.settings import Clinic
from kb.web import build_app
from tests.web import clinic


def page(response: TestResponse) -> BeautifulSoup:
    assert response.mimetype == "text/html"
    return BeautifulSoup(response.text, "html5lib")


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def search(client: FlaskClient, query: str) -> BeautifulSoup:
    return page(client.post("/search", data={"q": query}))


def test_front_page_has_one_labelled_box_and_the_first_questions(client: FlaskClient) -> None:
    home = page(client.get("/"))
    box = home.select("input")
    assert [one["name"] for one in box] == ["q"]
    assert words(home.select_one("label[for=q]")) == "Your question"
    assert [(words(link), link["href"]) for link in home.select(".topic-card a")] == [
        ("Ketamine infusions", "/articles/infusions"),
        ("How well does ketamine work?", "/q/200001/how-well-does-ketamine-work"),
        ("Can I drive home?", "/q/200002/can-i-drive-home"),
        ("What should I bring?", "/q/200003/what-should-i-bring"),
        ("All 5 questions", "/articles/infusions#questions"),
    ]


def test_a_result_shows_question_sentence_source_review_and_disclosure(client: FlaskClient) -> None:
    results = search(client, "does ketamine work")
    first = results.select(".hit")[0]
    link = first.select_one("h3 a")
    assert link is not None
    assert (words(link), link["href"]) == (
        "How well does ketamine work?",
        "/q/200001/how-well-does-ketamine-work",
    )
    sentence = first.select_one(".hit-sentence")
    assert sentence is not None
    assert sentence.decode_contents() == "<mark>Ketamine</mark> helps as many as 70% of people."
    assert (
        words(first.select_one(".disclosure")) == "Ketamine is not FDA-approved for depression. (FDA, 2023)"
    )
    assert words(first.select_one(".provenance")) == (
        "Source: Ketamine infusions Not yet reviewed by a clinician"
    )


def test_a_list_in_a_result_is_a_list_on_page_and_frame(client: FlaskClient) -> None:
    for path in ("/search", "/embed"):
        hit = page(client.post(path, data={"q": "medicines and socks"})).select_one(".hit-sentence")
        assert hit is not None
        assert [item.decode_contents() for item in hit.select("ul > li")] == [
            "A list of your <mark>medicines</mark>.",
            "Warm <mark>socks</mark> for the infusion.",
        ]


def test_a_review_names_who_and_when(client: FlaskClient) -> None:
    first = search(client, "drive home").select(".hit")[0]
    assert words(first.select_one(".review")) == "Reviewed by A. Clinician on February 3, 2026"
    assert first.select(".disclosure") == []


def test_the_question_stays_in_the_box_and_out_of_title_and_address(client: FlaskClient) -> None:
    query = 'may I <b>"drive"</b> & sing?'
    response = client.post("/search", data={"q": query})
    results = page(response)
    box = results.select_one("#q")
    assert box is not None and box["value"] == query
    assert words(results.title) == "Search results · Tiny Clinic"
    assert "Location" not in response.headers


def test_three_answers_show_first_and_the_rest_opens(client: FlaskClient) -> None:
    results = search(client, "drive home ketamine infusion")
    assert len(results.select("main > .hits > li")) == 3
    assert words(results.select_one("details.more > summary")) == "More answers (2)"
    assert len(results.select("details.more .hits > li")) == 2


def test_another_language_is_marked_on_the_words_alone(client: FlaskClient) -> None:
    hit = search(client, "comer").select(".hit")[0]
    assert hit["lang"] == "es"
    around = hit.select_one("div")
    assert around is not None and around["lang"] == "en"
    source = hit.select_one(".provenance a")
    assert source is not None
    assert (words(source), source["href"]) == ("example.org", "https://www.example.org/faq")


def test_no_answer_says_so_and_whom_to_call(client: FlaskClient) -> None:
    results = search(client, "zebra")
    empty = results.select_one(".empty")
    assert empty is not None
    assert words(empty.h2) == "No answer here"
    call = empty.select_one(".call-us a")
    assert call is not None
    assert (words(call), call["href"]) == ("Call us: 617-555-0100", "tel:6175550100")
    assert [words(link) for link in results.select(".topics a")] == ["Ketamine infusions"]


def test_no_answer_copes_with_a_clinic_that_told_us_nothing(index_folder: Path) -> None:
    settings = clinic.settings(clinic=Clinic())
    client = build_app(settings, KnowledgeBase(settings, index_folder)).test_client()
    results = search(client, "zebra")
    assert results.select_one(".empty") is not None
    assert results.select_one(".call-us") is None
    assert words(results.title) == "Search results"
    assert results.select_one("address") is None


def test_a_search_for_nothing_goes_back_to_the_box(client: FlaskClient) -> None:
    for response in (
        client.post("/search", data={"q": " \n "}),
        client.post("/search"),
        client.get("/search"),
        client.get("/search?q=+"),
    ):
        assert (response.status_code, response.headers["Location"]) == (303, "/")


def test_a_link_to_results_is_there_for_who_asks_and_not_for_someone_in_danger(client: FlaskClient) -> None:
    link = search(client, "drive & home").select_one(".link-to-results a")
    assert link is not None and link["href"] == "/search?q=drive+%26+home"
    response = client.get(str(link["href"]))
    assert [words(one) for one in page(response).select(".hit h3")] == ["Can I drive home?"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert search(client, clinic.CRISIS_QUERY).select(".link-to-results") == []


def test_a_misspelt_word_says_how_it_was_read(client: FlaskClient) -> None:
    line = search(client, "does ketamin work").select_one(".reading span")
    assert words(line) == "Also searched for: ketamine (you typed “ketamin”)"
    assert search(client, "does ketamine work").select(".reading") == []


def test_a_letter_pasted_into_the_box_is_searched(client: FlaskClient) -> None:
    letter = "I have been thinking about this for a long while. " * 210 + "Can I drive home?"
    assert len(letter) > 10_000
    response = client.post("/search", data={"q": letter})
    assert response.status_code == 200
    box = page(response).select_one("#q")
    assert box is not None and box["value"] == letter


def test_a_risk_query_shows_the_card_first_and_the_hits_below(client: FlaskClient) -> None:
    results = search(client, clinic.CRISIS_QUERY)
    main = results.main
    assert main is not None
    below = [tag.name for tag in main.find_all(recursive=False)]
    assert below[:4] == ["h1", "form", "section", "h2"]
    card = main.section
    assert card is not None and card["role"] == "region"
    assert words(main.select_one(f"#{card['aria-labelledby']}")) == "You can get help right now"
    assert [link["href"] for link in card.select("a")] == [
        "tel:988",
        "sms:988",
        "https://988lifeline.org",
        "tel:911",
        "tel:8337732445",
        "sms:8337732445",
    ]
    assert len(results.select(".hit")) == 5


def test_an_emergency_shows_its_own_card(client: FlaskClient) -> None:
    card = search(client, clinic.EMERGENCY_QUERY).select_one("main section.card")
    assert card is not None
    assert words(card.h2) == "Call 911 now"


@pytest.mark.parametrize("query", [clinic.MEANS_QUERY, "I want to die"])
def test_a_query_about_means_or_without_hits_gets_the_card_and_nothing_else(
    client: FlaskClient, query: str
) -> None:
    for path in ("/search", "/embed"):
        main = page(client.post(path, data={"q": query})).main
        assert main is not None
        assert [tag.name for tag in main.find_all(recursive=False)] == ["h1", "form", "section"]


def test_every_page_has_a_quiet_line_to_call(client: FlaskClient) -> None:
    for path in (
        "/",
        "/q/200001/how-well-does-ketamine-work",
        "/articles/infusions",
        "/q/9/x",
        "/desk",
        "/embed",
    ):
        links = page(client.get(path)).select("footer .need-help a")
        assert [link["href"] for link in links] == ["tel:988", "sms:988", "tel:911"], path


def test_entry_page_holds_the_whole_answer_and_where_it_stands(client: FlaskClient) -> None:
    entry = page(client.get("/q/200003/what-should-i-bring"))
    assert words(entry.h1) == "What should I bring?"
    assert words(entry.select_one(".prose")) == "A list of your medicines. Warm socks for the infusion."
    link = entry.select_one(".in-place a")
    assert link is not None
    assert link["href"] == "/articles/infusions?entry=200003#e-200003"
    assert [words(link) for link in entry.select(".related a")] == [
        # Near in meaning; then what the article says next, then what it said before.
        "May I bring music?",
        "How long does an infusion take?",
        "How well does ketamine work?",
        "Can I drive home?",
    ]
    canonical = entry.select_one("link[rel=canonical]")
    assert canonical is not None and canonical["href"] == "http://localhost/q/200003/what-should-i-bring"


def test_entry_page_says_a_number_with_its_disclosure_and_dates(client: FlaskClient) -> None:
    entry = page(client.get("/q/200001/how-well-does-ketamine-work"))
    assert words(entry.select_one(".prose")) == clinic.WORKS.answer
    disclosure = entry.select_one(".prose + div .disclosure")
    assert words(disclosure) == "Ketamine is not FDA-approved for depression. (FDA, 2023)"
    assert words(entry.select_one(".entry-foot")) == (
        "Source: Ketamine infusions Not yet reviewed by a clinician "
        "Last changed March 1, 2026 "
        "Read it in its place in “Ketamine infusions”"
    )


def test_an_imported_entry_has_a_page_and_no_article(client: FlaskClient) -> None:
    entry = page(client.get("/q/FAQ-7/puedo-comer-antes"))
    article = entry.select_one("article")
    assert article is not None and article["lang"] == "es"
    assert words(entry.select_one(".prose")) == "No coma cuatro horas antes."
    assert entry.select(".in-place, .related") == []


def test_a_reworded_question_keeps_its_links(client: FlaskClient) -> None:
    for path in ("/q/200002", "/q/200002/old-words"):
        response = client.get(path)
        assert (response.status_code, response.headers["Location"]) == (302, "/q/200002/can-i-drive-home")


def test_a_withdrawn_entry_says_what_replaced_it(client: FlaskClient) -> None:
    response = client.get("/q/100010/whatever")
    assert response.status_code == 410
    link = page(response).select_one(".replacement a")
    assert link is not None
    assert (words(link), link["href"]) == (
        "How long does an infusion take?",
        "/q/200004/how-long-does-an-infusion-take",
    )
    response = client.get("/q/100011/whatever")
    assert response.status_code == 410
    assert page(response).select(".replacement") == []


def test_an_unknown_page_offers_the_search_box(client: FlaskClient) -> None:
    for path in ("/q/999999/x", "/articles/none", "/nowhere"):
        response = client.get(path)
        assert response.status_code == 404
        form = page(response).select_one("form")
        assert form is not None and (form["method"], form["action"]) == ("post", "/search"), path


def test_article_page_marks_the_entry_in_its_place(client: FlaskClient) -> None:
    article = page(client.get("/articles/infusions?entry=200002"))
    assert words(article.h1) == clinic.TITLE
    prose = article.select_one(".prose")
    assert prose is not None
    # The title is the page's own heading; the rest of the article is there to the word.
    assert words(prose) == " ".join(text for _, text in clinic.BLOCKS[1:])
    assert " ".join(words(mark) for mark in prose.select("mark")) == clinic.DRIVE.answer
    for entry in (clinic.WORKS, clinic.DRIVE, clinic.BRING, clinic.LONG, clinic.MUSIC):
        assert len(article.select(f"#e-{entry.id}")) == 1
    assert [words(line) for line in article.select(".disclosure")] == [
        "Ketamine is not FDA-approved for depression. (FDA, 2023)"
    ]
    back = article.select_one(".back-to-entry a")
    assert back is not None and back["href"] == "/q/200002/can-i-drive-home"


def test_article_page_without_an_entry_marks_nothing(client: FlaskClient) -> None:
    for path in ("/articles/infusions", "/articles/infusions?entry=999999"):
        article = page(client.get(path))
        assert article.select("mark, .back-to-entry") == []
        assert len(article.select(".contents a")) == 5


def test_result_pages_are_not_for_search_engines_and_answers_are(client: FlaskClient) -> None:
    def robots(response: TestResponse) -> tuple[bool, bool]:
        meta = re.search(r'<meta name="robots" content="noindex">', response.text) is not None
        return meta, response.headers.get("X-Robots-Tag") == "noindex"

    assert robots(client.post("/search", data={"q": "drive"})) == (True, True)
    assert robots(client.get("/desk")) == (True, True)
    assert robots(client.get("/embed")) == (True, True)
    assert robots(client.get("/q/999999/x")) == (True, True)
    for path in ("/", "/q/200002/can-i-drive-home", "/articles/infusions"):
        assert robots(client.get(path)) == (False, False)
