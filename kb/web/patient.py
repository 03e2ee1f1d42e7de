"""Door one: patients search in their own words, and read the article's."""

import re
from collections.abc import Sequence
from html import unescape

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from kb.catalogue import Topic
from kb.content.documents import Reason
from kb.content.entries import Entry
from kb.content.slugs import article_slug, slug_of
from kb.disclosures import disclosures_for_article
from kb.search.index.listing import changed_on
from kb.web import feedback, offline, topics
from kb.web.addresses import entry_path
from kb.web.answers import ask
from kb.web.errors import show_missing
from kb.web.language import Pages, current_language
from kb.web.machines import article_data, entry_data
from kb.web.public import public_disclosure, public_entry, public_review
from kb.web.site import current_site

pages = Pages("patient", __name__)
feedback.register(pages)
offline.register(pages)
topics.register(pages)

# More would push the answers that fit best off a phone's screen; the rest opens on request.
FIRST_SHOWN = 3

# The front page invites, it does not list everything.
ARTICLES_ON_HOME = 12
QUESTIONS_ON_HOME = 3
TOPICS_ON_HOME = 24

RELATED = 4


@pages.page("/")
def home() -> ResponseReturnValue:
    catalogue = current_site().knowledge_base.catalogue()
    shown = [
        (summary, catalogue.of_each.get(summary.name, ())[:QUESTIONS_ON_HOME])
        for summary in current_site().knowledge_base.articles()[:ARTICLES_ON_HOME]
    ]
    return render_template("home.html", articles=shown, topics=_topics_instead(shown))


@pages.page("/search", "POST")
def search() -> ResponseReturnValue:
    return _results(request.form.get("q", ""), exact="exact" in request.form)


@pages.page("/search")
def search_by_link() -> ResponseReturnValue:
    """Show results again to one who asked for a link to them; forms send the question in the body."""
    return _results(request.args.get("q", ""), exact="exact" in request.args)


def _results(query: str, *, exact: bool = False) -> ResponseReturnValue:
    answers = ask(query, exact=exact)
    if answers is None:
        return redirect(url_for("patient.home"), 303)
    articles = current_site().knowledge_base.articles()[:ARTICLES_ON_HOME]
    return render_template(
        "results.html",
        query=query,
        exact=exact,
        answers=answers,
        first_shown=FIRST_SHOWN,
        articles=articles,
        topics=_topics_instead(articles),
    )


def _topics_instead(articles: Sequence[object]) -> list[Topic]:
    """Return what to name where there is no article to name: rows that were imported have only topics."""
    return [] if articles else topics.largest_topics(TOPICS_ON_HOME)


@pages.page("/q/<entry_id>", slug="")
@pages.page("/q/<entry_id>/<slug>")
def entry(entry_id: str, slug: str) -> ResponseReturnValue:
    site = current_site()
    found = site.knowledge_base.entry(entry_id)
    if found is None:
        return show_missing(entry_id)
    if slug != slug_of(found.question):
        # A link stays valid when the question is reworded.
        return redirect(entry_path(found.id, found.question))
    article_of_entry = site.knowledge_base.article(article_slug(found.article))
    shown = public_entry(found, site.settings)
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
    review = public_review(found.document.metadata)
    return render_template(
        "article.html",
        article=found,
        review=review,
        slug=slug,
        data=article_data(found, review, url_for("patient.article", slug=slug, _external=True)),
        disclosures=[
            public_disclosure(one)
            for one in disclosures_for_article(
                found.document, site.settings.disclosures, site.settings.clinic.name
            )
        ],
        article_html=_without_title(
            site.knowledge_base.article_html(found, highlighted, _notices()), found.document.metadata.title
        ),
        highlighted=next((one for one in found.entries if one.id == highlighted), None),
    )


def _notices() -> dict[Reason, str]:
    """Return what stands in an article in place of words that are not shown."""
    said: dict[Reason, str] = {
        "withdrawn": gettext("Something that stood here was withdrawn."),
        "checked": gettext("What stands here is being checked."),
    }
    notice = Markup('<em class="withheld" lang="{}">{}</em>')
    return {reason: notice.format(current_language(), text) for reason, text in said.items()}


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


@pages.page("/about")
def about() -> ResponseReturnValue:
    knowledge_base = current_site().knowledge_base
    found = (knowledge_base.article(summary.slug) for summary in knowledge_base.articles())
    documents = [one.document.metadata for one in found if one is not None]
    authors = sorted({one.author for one in documents if one.author})
    named = {one.reviewed_by for one in documents}
    named |= {one.reviewed_by for one in knowledge_base.catalogue().entries}
    reviewers = sorted(named - {""})
    return render_template("about.html", authors=authors, reviewers=reviewers)


def _related(entry: Entry, neighbours: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return other entries to read on with: those near in meaning, then the article's next, then the ones before."""
    near = current_site().knowledge_base.related(entry, limit=RELATED)
    after = tuple(other for other in neighbours if other.start > entry.start)
    before = tuple(other for other in neighbours if other.start < entry.start)
    by_id = {other.id: other for other in (*near, *after, *before)}
    return tuple(by_id.values())[:RELATED]
