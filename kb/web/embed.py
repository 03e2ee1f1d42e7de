"""Door three: answers inside other websites, in a frame or as the element <kb-search>."""

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from markupsafe import escape

from kb.content.entries import Entry
from kb.web.addresses import split_address, telephone, text_message
from kb.web.answers import ask
from kb.web.errors import show_missing
from kb.web.language import LANGUAGES
from kb.web.public import public_entry
from kb.web.site import current_site

pages = Blueprint("embed", __name__)

# The size that oEmbed offers where the host names none, in CSS pixels.
WIDTH, HEIGHT = 600, 480


@pages.get("/embed")
def frame() -> ResponseReturnValue:
    entry_id = request.args.get("entry", "")
    if not entry_id:
        return render_template("embed.html", query="", answers=None)
    site = current_site()
    found = site.knowledge_base.entry(entry_id)
    if found is None:
        return show_missing(entry_id)
    return render_template(
        "embed.html",
        query="",
        answers=None,
        shown=public_entry(found, site.settings),
        answer_html=site.knowledge_base.answer_html(found),
    )


@pages.post("/embed")
def frame_results() -> ResponseReturnValue:
    query = request.form.get("q", "")
    return render_template("embed.html", query=query, answers=ask(query, exact="exact" in request.form))


@pages.get("/embed.js")
def element() -> ResponseReturnValue:
    clinic, lines = current_site().settings.clinic, current_site().settings.lines
    script = render_template(
        "embed.js",
        words={language: _words(language) for language in LANGUAGES},
        # In the script itself, so that they are there when the search is not.
        phone={"text": clinic.phone, "href": telephone(clinic.phone)},
        lifeline={
            "text": lines.lifeline,
            "call": telephone(lines.lifeline),
            "message": text_message(lines.lifeline),
        },
    )
    return Response(script, content_type="text/javascript; charset=utf-8")


@pages.get("/oembed")
def oembed() -> ResponseReturnValue:
    """Describe how to embed the entry whose page is at `url` (oEmbed 1.0, JSON)."""
    if request.args.get("format", "json") != "json":
        abort(501)
    entry = _entry_at(request.args.get("url", ""))
    if entry is None:
        abort(404)
    width = min(request.args.get("maxwidth", WIDTH, type=int), WIDTH)
    height = min(request.args.get("maxheight", HEIGHT, type=int), HEIGHT)
    if width <= 0 or height <= 0:
        abort(400)
    source = url_for("embed.frame", entry=entry.id, _external=True)
    return jsonify(
        version="1.0",
        type="rich",
        title=entry.question,
        provider_name=current_site().settings.clinic.name,
        provider_url=url_for("patient.home", _external=True),
        width=width,
        height=height,
        html=f'<iframe src="{escape(source)}" title="{escape(entry.question)}"'
        f' width="{width}" height="{height}" loading="lazy"></iframe>',
    )


def _entry_at(address: str) -> Entry | None:
    """Return the served entry whose page has this address on this site."""
    parts = split_address(address)
    steps = parts.path.split("/")
    if parts.netloc != request.host or steps[:2] != ["", "q"]:
        return None
    return current_site().knowledge_base.entry(steps[2]) if len(steps) > 2 else None


def _words(language: str) -> dict[str, str]:
    """Return the element's own words. %(…)s is filled in by the element."""
    with force_locale(language):
        return {
            "label": gettext("Your question"),
            "button": gettext("Search"),
            "searching": gettext("Searching …"),
            "one": gettext("1 answer"),
            "many": gettext("%(count)s answers", count="%(count)s"),
            "none": gettext("We have no answer to that here."),
            "not_covered": gettext("We don't have that yet."),
            "closest": gettext("This is the closest we have:"),
            "call_us": gettext("Call us: %(phone)s", phone="%(phone)s"),
            "unreachable": gettext("The search does not answer right now."),
            "also_searched": gettext("Also searched for:"),
            "typed": gettext("(you typed “%(typed)s”)", typed="%(typed)s"),
            "which": gettext("“%(typed)s” may be one of these. Which do you mean?", typed="%(typed)s"),
            "search_instead": gettext("Search instead for “%(query)s”", query="%(query)s"),
            "source": gettext("Source: %(source)s", source="%(source)s"),
            "more": gettext("More answers"),
            "suggestions": gettext("Suggestions"),
            "one_suggestion": gettext("1 suggestion"),
            "many_suggestions": gettext("%(count)s suggestions", count="%(count)s"),
            "no_suggestion": gettext("No suggestion"),
            "search_term": gettext("Search for this"),
            "need_help": gettext("Need help now?"),
            "call": gettext("Call %(number)s", number="%(number)s"),
            "text": gettext("Text %(number)s", number="%(number)s"),
        }
