"""Door one: patients search in their own words, and read the article's."""

import re
from dataclasses import dataclass
from html import unescape

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kb.asking import Article
from kb.content.entries import Entry
from kb.disclosures import disclosures_for_article
from kb.web import feedback, offline
from kb.web.addresses import article_slug, entry_path, question_slug
from kb.web.answers import ask
from kb.web.errors import show_gone
from kb.web.language import Pages
from kb.web.machines import article_data, changed_on, entry_data
from kb.web.public import public_disclosure, public_entry
from kb.web.site import current_site

pages = Pages("patient", __name__)
feedback.register(pages)
offline.register(pages)

# More would push the answers that fit best off a phone's screen; the rest opens on request.
FIRST_SHOWN = 3

# The front page invites, it does not list everything.
ARTICLES_ON_HOME = 12
QUESTIONS_ON_HOME = 3

RELATED = 4


@dataclass(frozen=True, slots=True)
class Topic:
    """What some entries are about, with those entries."""

    slug: str
    name: str
    entries: tuple[Entry, ...]


@pages.page("/")
def home() -> ResponseReturnValue:
    knowledge_base = current_site().knowledge_base
    articles = [
        (summary, _first_entries(summary.slug)) for summary in knowledge_base.articles()[:ARTICLES_ON_HOME]
    ]
    return render_template("home.html", articles=articles)


@pages.page("/search", "POST")
def search() -> ResponseReturnValue:
    return _results(request.form.get("q", ""))


@pages.page("/search")
def search_by_link() -> ResponseReturnValue:
    """Show results again to one who asked for a link to them; forms send the question in the body."""
    return _results(request.args.get("q", ""))


def _results(query: str) -> ResponseReturnValue:
    answers = ask(query)
    if answers is None:
        return redirect(url_for("patient.home"), 303)
    articles = current_site().knowledge_base.articles()[:ARTICLES_ON_HOME]
    return render_template(
        "results.html", query=query, answers=answers, first_shown=FIRST_SHOWN, articles=articles
    )


@pages.page("/q/<entry_id>", slug="")
@pages.page("/q/<entry_id>/<slug>")
def entry(entry_id: str, slug: str) -> ResponseReturnValue:
    site = current_site()
    found = site.knowledge_base.entry(entry_id)
    if found is None:
        gone = site.knowledge_base.gone(entry_id)
        if gone is None:
            abort(404)
        return show_gone(gone)
    if slug != question_slug(found.question):
        # A link stays valid when the question is reworded.
        return redirect(entry_path(found.id, found.question))
    article_of_entry = site.knowledge_base.article(article_slug(found))
    shown = public_entry(found, site.settings.disclosures)
    return render_template(
        "entry.html",
        shown=shown,
        data=entry_data(shown, changed_on(found)),
        answer_html=site.knowledge_base.answer_html(found),
        article=article_of_entry,
        token=feedback.page_token(found.id),
        related=_related(found, article_of_entry.entries if article_of_entry else ()),
    )


@pages.page("/articles/<slug>")
def article(slug: str) -> ResponseReturnValue:
    site = current_site()
    found = site.knowledge_base.article(slug)
    if found is None:
        abort(404)
    highlighted = request.args.get("entry", "")
    return render_template(
        "article.html",
        article=found,
        slug=slug,
        data=article_data(found, url_for("patient.article", slug=slug, _external=True)),
        disclosures=[
            public_disclosure(one)
            for one in disclosures_for_article(found.document, site.settings.disclosures)
        ],
        article_html=_without_title(
            site.knowledge_base.article_html(found, highlighted), found.document.metadata.title
        ),
        highlighted=next((one for one in found.entries if one.id == highlighted), None),
    )


def _without_title(html: str, title: str) -> str:
    """Return the article without its first heading, where that says its title, which is the page's own."""
    first = re.match(r"<(h[1-6])>(.*?)</\1>", html, re.DOTALL)
    if first is None or unescape(re.sub(r"<[^>]*>", "", first[2])).strip() != title.strip():
        return html
    rest = html[first.end() :]
    if f"<{first[1]}" in rest:
        return rest
    # The headings below it were counted from it: each rises by one, so that no level is missing.
    return re.sub(r"<(/?)h([3-6])\b", lambda tag: f"<{tag[1]}h{int(tag[2]) - 1}", rest)


@pages.page("/topics")
def topics() -> ResponseReturnValue:
    return render_template("topics.html", topics=_topics(), chosen=None)


@pages.page("/topics/<slug>")
def topic(slug: str) -> ResponseReturnValue:
    found = _topics()
    chosen = next((one for one in found if one.slug == slug), None)
    if chosen is None:
        abort(404)
    return render_template("topics.html", topics=found, chosen=chosen)


@pages.page("/about")
def about() -> ResponseReturnValue:
    documents = [article.document.metadata for article in _articles()]
    entries = [entry for article in _articles() for entry in article.entries]
    authors = sorted({one.author for one in documents if one.author})
    named = {one.reviewed_by for one in documents} | {one.reviewed_by for one in entries}
    reviewers = sorted(named - {""})
    return render_template("about.html", authors=authors, reviewers=reviewers)


def _articles() -> list[Article]:
    knowledge_base = current_site().knowledge_base
    found = (knowledge_base.article(summary.slug) for summary in knowledge_base.articles())
    return [article for article in found if article is not None]


def _topics() -> list[Topic]:
    """Return what the articles' entries are tagged with, by name; an article without tags is its own topic."""
    entries_of: dict[str, dict[str, Entry]] = {}
    for article in _articles():
        for entry in article.entries:
            for tag in entry.tags or (article.document.metadata.title,):
                entries_of.setdefault(tag, {})[entry.id] = entry
    found = [
        Topic(question_slug(name), name, tuple(entries.values())) for name, entries in entries_of.items()
    ]
    return sorted(found, key=lambda topic: topic.name.casefold())


def _first_entries(slug: str) -> tuple[Entry, ...]:
    found = current_site().knowledge_base.article(slug)
    return found.entries[:QUESTIONS_ON_HOME] if found else ()


def _related(entry: Entry, neighbours: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return other entries to read on with: those near in meaning, then the article's next, then the ones before."""
    near = current_site().knowledge_base.related(entry, limit=RELATED)
    after = tuple(other for other in neighbours if other.start > entry.start)
    before = tuple(other for other in neighbours if other.start < entry.start)
    by_id = {other.id: other for other in (*near, *after, *before)}
    return tuple(by_id.values())[:RELATED]
