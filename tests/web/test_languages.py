"""English under "/", Spanish under "/es/": every word of ours in both, every word of an article as it stands."""

import tomllib
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kb.safety.knowledge import DATA, knowledge
from kb.settings import read_settings
from kb.web.language import LANGUAGES, TELLTALE_WORDS, language_of_query, spoken
from tests.conftest import ROOT
from tests.web import clinic
from tests.web.test_patient import page, search, words

SPANISH_CRISIS = "quiero morir esta noche"
FRONT = {"en": "/", "es": "/es/"}


def catalogue(language: str) -> Catalog:
    path = ROOT / "kb" / "translations" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def extracted() -> set[str | tuple[str, ...]]:
    """Every text that pages and cards hand to gettext, as `make messages` finds them."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    keywords = {**DEFAULT_KEYWORDS, "lazy_gettext": None}
    found: set[str | tuple[str, ...]] = set()
    for folder in ("kb", "templates"):
        here = [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods]
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, here, options, keywords):
            found.add(tuple(message) if isinstance(message, (list, tuple)) else message)
    return found


def forms(string: object) -> tuple[object, ...]:
    return tuple(string) if isinstance(string, (list, tuple)) else (string,)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_text_of_pages_and_cards_is_in_the_catalogue_and_nothing_else(language: str) -> None:
    assert {message.id for message in catalogue(language) if message.id} == extracted()


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_translation_is_missing_doubtful_or_loses_a_value(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        assert all(forms(message.string)), message.id
        assert not message.fuzzy, message.id
        assert message.check(catalogue(language)) == [], message.id


def test_every_disclosure_of_the_clinic_is_there_in_every_language() -> None:
    for disclosure in read_settings(ROOT / "kb.toml").disclosures:
        assert {disclosure.lang, *disclosure.text_in} == set(LANGUAGES)


@pytest.mark.parametrize("path", ["/", "/q/200001/how-well-does-ketamine-work", "/articles/infusions"])
def test_a_page_names_its_addresses_in_both_languages(client: FlaskClient, path: str) -> None:
    for language, address in {"en": path, "es": f"/es{path}"}.items():
        shown = page(client.get(address))
        assert shown.html is not None and shown.html["lang"] == language
        links = shown.select("link[rel=canonical], link[rel=alternate][hreflang]")
        assert [(link.get("hreflang"), link["href"]) for link in links] == [
            (None, f"http://localhost{address}"),
            ("en", f"http://localhost{path}"),
            ("es", f"http://localhost/es{path}"),
            ("x-default", f"http://localhost{path}"),
        ]
        other = next(one for one in LANGUAGES if one != language)
        switch = shown.select_one(".masthead [hreflang]")
        assert switch is not None
        name = {"en": "English", "es": "Español"}[other]
        assert (switch["hreflang"], switch["lang"], words(switch)) == (other, other, name)


def test_links_and_forms_of_a_spanish_page_stay_in_spanish(client: FlaskClient) -> None:
    for path in ("/es/", "/es/q/200002/can-i-drive-home", "/es/articles/infusions", "/es/q/9/x"):
        shown = page(client.get(path))
        inside = [str(link["href"]) for link in shown.select("a[href^='/']") if not link.has_attr("hreflang")]
        assert [href for href in inside if not href.startswith("/es/")] == [], path
        assert [form["action"] for form in shown.select("form[role=search]")] in (["/es/search"], []), path


def test_a_spanish_page_says_which_answers_are_in_english(client: FlaskClient) -> None:
    results = page(client.post("/es/search", data={"q": "ketamine"}))
    assert words(results.h1) == "Resultados de la búsqueda"
    hit = results.select_one(".hit")
    assert hit is not None and hit["lang"] == "en"
    label = hit.select_one(".tongue")
    assert label is not None
    assert (label["lang"], words(label)) == ("es", "Esta respuesta está en inglés")
    around = hit.select_one("div")
    assert around is not None and around["lang"] == "es"
    entry = page(client.get("/es/q/200001/how-well-does-ketamine-work"))
    assert words(entry.select_one(".tongue")) == "Esta respuesta está en inglés"
    assert words(entry.select_one(".review")) == "Aún no revisado por un profesional clínico"
    spanish = page(client.get("/es/q/FAQ-7/puedo-comer-antes"))
    assert spanish.select(".tongue") == []
    assert words(page(client.get("/q/FAQ-7/puedo-comer-antes")).select_one(".tongue")) == (
        "This answer is in Spanish"
    )


def test_the_question_goes_along_to_the_other_language_in_the_body(client: FlaskClient) -> None:
    form = search(client, "drive").select_one(".masthead form")
    assert form is not None
    assert (form["method"], form["action"]) == ("post", "/es/search")
    assert [(one["name"], one["value"]) for one in form.select("input")] == [("q", "drive")]


def test_a_spanish_question_in_danger_gets_its_own_card_first_on_an_english_page(client: FlaskClient) -> None:
    results = search(client, SPANISH_CRISIS)
    cards = results.select("main > section.card")
    assert [(card.get("lang"), words(card.h2)) for card in cards] == [
        ("es", "Puede recibir ayuda ahora mismo"),
        (None, "You can get help right now"),
    ]
    spanish = page(client.post("/es/search", data={"q": SPANISH_CRISIS})).select("main > section.card")
    assert [(card.get("lang"), words(card.h2)) for card in spanish] == [
        (None, "Puede recibir ayuda ahora mismo")
    ]
    safety = client.post("/api/v1/search", data={"q": SPANISH_CRISIS}).json["safety"]  # type: ignore[index]
    assert [card["lang"] for card in (safety["card"], *safety["also"])] == ["es", "en"]


def test_while_the_index_is_rebuilt_the_card_is_in_the_language_of_the_question(
    rebuilding: FlaskClient,
) -> None:
    response = rebuilding.post("/es/search", data={"q": "kill myself with an infusion tonight"})
    assert words(page(response).select_one(".card h2")) == "Puede recibir ayuda ahora mismo"


def test_a_disclosure_is_in_the_language_of_the_page_where_the_clinic_gave_it(index_folder: Path) -> None:
    from kb.asking import KnowledgeBase
    from kb.web import build_app

    settings = clinic.settings(disclosures=read_settings(ROOT / "kb.toml").disclosures[:1])
    client = build_app(settings, KnowledgeBase(settings, index_folder)).test_client()
    line = page(client.get("/es/q/200001/how-well-does-ketamine-work")).select_one(".disclosure")
    assert line is not None and "lang" not in line.attrs
    assert words(line).startswith("La ketamina no está aprobada por la FDA para la depresión.")


def test_a_disclosure_in_another_language_than_the_page_says_so(client: FlaskClient) -> None:
    line = page(client.get("/es/q/200001/how-well-does-ketamine-work")).select_one(".disclosure")
    assert line is not None and line["lang"] == "en"


def test_a_language_that_we_do_not_have_is_a_page_with_a_way_on(client: FlaskClient) -> None:
    response = client.get("/fr/")
    assert response.status_code == 404
    shown = page(response)
    assert shown.html is not None and shown.html["lang"] == "en"
    assert shown.select_one("form[action='/search']") is not None
    switch = shown.select_one(".masthead [hreflang]")
    assert switch is not None and switch["href"] == "http://localhost/es/"
    assert client.get("/es").headers["Location"].endswith("/es/")


@pytest.mark.parametrize(
    ("tag", "language"),
    [("es", "es"), ("es-MX", "es"), ("ES", "es"), ("en", "en"), ("fr", "en"), ("", "en"), ("*", "en")],
)
def test_the_nearest_language_is_spoken(tag: str, language: str) -> None:
    assert spoken(tag) == language


def test_every_group_of_spanish_words_tells_its_case_and_no_english_one() -> None:
    with TELLTALE_WORDS.open("rb") as file:
        groups = tomllib.load(file)["group"]
    for group in groups:
        assert set(group["case"].split()) & set(group["words"])
        assert language_of_query(group["case"]) == "es"
    for english in (clinic.CRISIS_QUERY, clinic.EMERGENCY_QUERY, clinic.MEANS_QUERY, "help me", ""):
        assert language_of_query(english) == ""


def test_every_cry_for_help_that_the_rules_know_in_spanish_is_told_to_be_spanish() -> None:
    known = knowledge()
    rules = tomllib.loads((DATA / "concepts" / "spanish.toml").read_text(encoding="utf-8"))
    said = [case.sentence for case in known.concept_cases if case.rule in rules]
    assert len(said) > 100
    assert [sentence for sentence in said if language_of_query(sentence) != "es"] == []


@pytest.mark.parametrize("query", ["me voy a matar", "me corto", "ya no aguanto mas", "tengo una pistola"])
def test_danger_told_in_spanish_gets_the_spanish_card_first(client: FlaskClient, query: str) -> None:
    safety = client.post("/api/v1/search", data={"q": query}).json["safety"]  # type: ignore[index]
    assert [card["lang"] for card in (safety["card"], *safety["also"])] == ["es", "en"]


@pytest.mark.parametrize("query", ["pt endorses SI with plan", "a sin to die", "end it"])
def test_english_words_that_look_spanish_tell_no_spanish(query: str) -> None:
    assert language_of_query(query) == ""


@given(st.text())
def test_any_question_has_a_language_or_none(query: str) -> None:
    assert language_of_query(query) in {"", "es"}
