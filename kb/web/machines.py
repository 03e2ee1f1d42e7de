"""For machines: which pages there are, what changed, and who may read them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kb.asking import Article
from kb.content.entries import Entry
from kb.web.addresses import entry_address
from kb.web.language import LANGUAGES, current_language
from kb.web.public import PublicEntry
from kb.web.rendering import static_address
from kb.web.site import current_site

pages = Blueprint("machines", __name__)

# A reader asks every hour or so; more than this has nobody changed between.
FEED_LENGTH = 50


@pages.get("/robots.txt")
def robots() -> ResponseReturnValue:
    lines = ["User-agent: *", "Disallow: /desk", "Disallow: /search", "Disallow: /es/search"]
    lines.append(f"Sitemap: {url_for('machines.sitemap', _external=True)}")
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@pages.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    """List every article and its answers, each with the day that it last changed, where that is known."""
    places: list[tuple[dict[str, str], date | None]] = [
        (_in_each(endpoint), None) for endpoint in ("patient.home", "patient.topics", "patient.about")
    ]
    for article in _articles():
        slug = article.document.slug
        places.append((_in_each("patient.article", slug=slug), article.document.metadata.updated_on))
        places += [(_entry_in_each(entry), changed_on(entry)) for entry in article.entries]
    return _xml("sitemap.xml", "application/xml", places=places)


@pages.get("/feed.xml")
def feed() -> ResponseReturnValue:
    """List the answers that changed last (Atom, RFC 4287). One whose day is not known is left out."""
    dated = [
        (day, entry)
        for article in _articles()
        for entry in article.entries
        if (day := changed_on(entry)) is not None
    ]
    dated.sort(key=lambda pair: (pair[0], pair[1].id), reverse=True)
    shown = [(day, entry, entry_address(entry.id, entry.question)) for day, entry in dated[:FEED_LENGTH]]
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


def changed_on(entry: Entry) -> date | None:
    """Return the day that what is shown of `entry` last changed, None where no one noted it."""
    return max(filter(None, (entry.updated_on, entry.published_on, entry.reviewed_on)), default=None)


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
    if shown.review.by:
        data["reviewedBy"] = {"@type": "Person", "name": shown.review.by}
        if shown.review.on is not None:
            data["lastReviewed"] = shown.review.on.isoformat()
    return data


def article_data(article: Article, address: str) -> dict[str, Any]:
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
    if about.reviewed_by:
        data["reviewedBy"] = {"@type": "Person", "name": about.reviewed_by}
        if about.reviewed_on is not None:
            data["lastReviewed"] = about.reviewed_on.isoformat()
    return data


def _question(question: str, answer: str) -> dict[str, Any]:
    return {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": answer}}


def _publisher() -> dict[str, Any]:
    name = current_site().settings.clinic.name
    return {"publisher": {"@type": "MedicalOrganization", "name": name}} if name else {}


def _articles() -> Iterator[Article]:
    knowledge_base = current_site().knowledge_base
    for summary in knowledge_base.articles():
        found = knowledge_base.article(summary.slug)
        if found is not None:
            yield found


def _in_each(endpoint: str, **values: str) -> dict[str, str]:
    return {
        language: url_for(endpoint, language=language, _external=True, **values) for language in LANGUAGES
    }


def _entry_in_each(entry: Entry) -> dict[str, str]:
    return {language: entry_address(entry.id, entry.question, language) for language in LANGUAGES}


def _xml(template: str, content_type: str, **values: Any) -> Response:
    text = render_template(template, feed_language=current_language(), **values)
    return Response(text, content_type=f"{content_type}; charset=utf-8")
