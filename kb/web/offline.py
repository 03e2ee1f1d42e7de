"""Whom to call when there is no line: a page that the browser keeps, and the worker that shows it."""

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kb.safety import Assessment, card_for
from kb.web.cards import SpokenCard
from kb.web.language import LANGUAGES, Pages, current_language
from kb.web.rendering import static_address
from kb.web.site import current_site


def register(pages: Pages) -> None:
    """Add the page and its worker to the patient's `pages`."""
    pages.page("/offline")(offline)
    pages.add_url_rule("/sw.js", "worker", worker)


def offline() -> ResponseReturnValue:
    lines = current_site().settings.lines
    card = card_for(Assessment("crisis"), lines, gettext)
    cards = (SpokenCard(card, current_language()),) if card else ()
    return render_template("offline.html", cards=cards)


def worker() -> ResponseReturnValue:
    """Return the service worker. It keeps these few files and nothing that anyone asked or read."""
    kept = {language: url_for("patient.offline", language=language) for language in LANGUAGES}
    files = [static_address("site.css"), static_address("icon.svg")]
    if current_site().settings.accent:
        files.append(url_for("rendering.theme"))
    script = render_template("sw.js", pages=kept, files=files)
    return Response(script, content_type="text/javascript; charset=utf-8")
