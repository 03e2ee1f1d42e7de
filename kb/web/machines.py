"""For machines: which pages there are, what changed, and who may read them."""

from collections.abc import Iterable, Sequence
from datetime import date
from heapq import nlargest
from typing import Any, NamedTuple

from flask import Blueprint, Response, abort, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kb.asking import Article
from kb.content.slugs import slug_of
from kb.search.index.listing import changed_on
from kb.web.addresses import entry_address
from kb.web.language import LANGUAGES, current_language
from kb.web.public import PublicEntry, PublicReview
from kb.web.rendering import static_address
from kb.web.site import current_site

pages = Blueprint("machines", __name__)

# A reader asks every hour or so; more than this has nobody changed between.
FEED_LENGTH = 50

# A sitemap may hold 50,000 addresses, and each place has one in every language. Fewer are made at once.
PLACES_IN_PART = 2_500


@pages.get("/robots.txt")
def robots() -> ResponseReturnValue:
    lines = ["User-agent: *", "Disallow: /desk", "Disallow: /search", "Disallow: /es/search"]
    lines.append(f"Sitemap: {url_for('machines.sitemap', _external=True)}")
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@pages.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    """List every page, with the day that it last changed where that is known; the parts of the list where it is long."""
    places = _places()
    if len(places) <= PLACES_IN_PART:
        return _sitemap(places)
    starts = range(0, len(places), PLACES_IN_PART)
    days = [_last(place.changed_on for place in places[start : start + PLACES_IN_PART]) for start in starts]
    return _xml("sitemap_index.xml", "application/xml", days=days)


@pages.get("/sitemap-<int:number>.xml")
def sitemap_part(number: int) -> ResponseReturnValue:
    """List the pages of one part, counted from 1."""
    end = number * PLACES_IN_PART
    places = _places()[max(end - PLACES_IN_PART, 0) : end]
    if not places:
        abort(404)
    return _sitemap(places)


@pages.get("/feed.xml")
def feed() -> ResponseReturnValue:
    """List the answers that changed last (Atom, RFC 4287). One whose day is not known is left out."""
    knowledge_base = current_site().knowledge_base
    dated = [one for one in knowledge_base.catalogue().entries if one.changed_on]
    last = nlargest(FEED_LENGTH, dated, key=lambda one: (one.changed_on, one.id))
    entries = (knowledge_base.entry(one.id) for one in last)
    shown = [
        (changed_on(entry), entry, entry_address(entry.id, entry.question))
        for entry in entries
        if entry is not None
    ]
    return _xml("feed.xml", "application/atom+xml", shown=shown)


@pages.get("/manifest.webmanifest")
def manifest() -> ResponseReturnValue:
    name = current_site().settings.clinic.name or gettext("Questions and answers")
    response = jsonify(
        name=name,
        short_name=name[:30],
        start_url=url_for("patient.home"),
        display="minimal-ui",
        background_color="#f6f3ec",
        theme_color="#14615c",
        icons=[{"src": static_address("icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    )
    response.content_type = "application/manifest+json"
    return response


def entry_data(shown: PublicEntry, changed: date | None) -> dict[str, Any]:
    """Return what the page of an answer tells search engines (schema.org). Only what is true is in it."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": shown.question,
        "url": shown.url,
        "inLanguage": shown.lang,
        "mainEntity": _question(shown.question, shown.answer),
        **_publisher(),
    }
    if changed is not None:
        data["dateModified"] = changed.isoformat()
    return data | _review(shown.review)


def article_data(article: Article, review: PublicReview, address: str) -> dict[str, Any]:
    """Return what the page of an article tells search engines: its questions with their answers."""
    about = article.document.metadata
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["MedicalWebPage", "FAQPage"],
        "name": about.title,
        "url": address,
        "inLanguage": about.lang,
        "mainEntity": [_question(entry.question, entry.answer) for entry in article.entries],
        **_publisher(),
    }
    if about.author:
        data["author"] = {"@type": "Person", "name": about.author}
    if about.updated_on is not None:
        data["dateModified"] = about.updated_on.isoformat()
    return data | _review(review)


def _review(review: PublicReview) -> dict[str, Any]:
    # There is no word for an overdue one: it is left out, lest it vouch for the page.
    if review.status != "reviewed":
        return {}
    day = {"lastReviewed": review.on.isoformat()} if review.on else {}
    return {"reviewedBy": {"@type": "Person", "name": review.by}, **day}


def _question(question: str, answer: str) -> dict[str, Any]:
    return {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": answer}}


def _publisher() -> dict[str, Any]:
    name = current_site().settings.clinic.name
    return {"publisher": {"@type": "MedicalOrganization", "name": name}} if name else {}


class Place(NamedTuple):
    """A page that search engines may list."""

    endpoint: str
    values: dict[str, str]
    changed_on: date | None = None


def _places() -> list[Place]:
    knowledge_base = current_site().knowledge_base
    catalogue = knowledge_base.catalogue()
    places = [Place(endpoint, {}) for endpoint in ("patient.home", "patient.topics", "patient.about")]
    articles = (knowledge_base.article(summary.slug) for summary in knowledge_base.articles())
    documents = [article.document for article in articles if article is not None]
    places += [Place("patient.article", {"slug": one.slug}, one.metadata.updated_on) for one in documents]
    places += [
        Place("patient.entry", {"entry_id": one.id, "slug": slug_of(one.question)}, one.changed_on)
        for one in catalogue.entries
    ]
    return places


def _sitemap(places: Sequence[Place]) -> Response:
    shown = [(_in_each(place.endpoint, **place.values), place.changed_on) for place in places]
    return _xml("sitemap.xml", "application/xml", places=shown)


def _last(days: Iterable[date | None]) -> date | None:
    return max(filter(None, days), default=None)


def _in_each(endpoint: str, **values: str) -> dict[str, str]:
    return {
        language: url_for(endpoint, language=language, _external=True, **values) for language in LANGUAGES
    }


def _xml(template: str, content_type: str, **values: Any) -> Response:
    text = render_template(template, feed_language=current_language(), **values)
    return Response(text, content_type=f"{content_type}; charset=utf-8")
