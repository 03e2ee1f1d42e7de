"""What templates use besides their values: filters, versioned files, the clinic's colour."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from markupsafe import Markup, escape

from kb.content.layout import Layout
from kb.safety import Line
from kb.search.words.analysis import fold
from kb.web.addresses import entry_path, mail, quoted, telephone, text_message
from kb.web.language import LANGUAGES, current_language, language_name, own_name
from kb.web.public import PublicPiece
from kb.web.site import current_site
from kb.web.theme import stylesheet

pages = Blueprint("rendering", __name__)


def register(app: Flask) -> None:
    """Give the templates of `app` what they use."""
    app.register_blueprint(pages)
    app.context_processor(_values)
    app.add_template_global(static_address)
    app.add_template_global(entry_path)
    app.add_template_filter(marked)
    app.add_template_filter(groupby_neighbours)
    app.add_template_filter(numbers_whole)
    app.add_template_filter(telephone)
    app.add_template_filter(text_message)
    app.add_template_filter(mail)
    app.add_template_filter(quoted)
    app.add_template_filter(read_as)
    app.add_template_filter(language_name)
    app.add_template_filter(own_name)
    app.add_template_filter(long_date)
    app.add_template_test(is_row_of_links, "row_of_links")


@pages.get("/theme.css")
def theme() -> ResponseReturnValue:
    return Response(stylesheet(current_site().settings.accent), content_type="text/css; charset=utf-8")


def long_date(day: date) -> str:
    """Return the day as people write it in the language of the page."""
    text = format_date(day, "long")
    assert isinstance(text, str)
    return text


def marked(text: str, ranges: Iterable[tuple[int, int]], first: int = 0, last: int | None = None) -> Markup:
    """Return `text[first:last]` as HTML with the [start, end) `ranges` of `text` in <mark>; not a character is lost."""
    pieces = [Markup("")]
    at = first
    last = len(text) if last is None else last
    for range_start, range_end in sorted(ranges):
        # A range that overlaps what is marked already marks only what is left of it.
        start, end = max(range_start, at), min(range_end, last)
        if start < end:
            pieces += [escape(text[at:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
            at = end
    return Markup("").join([*pieces, escape(text[at:last])])


def groupby_neighbours(pieces: Iterable[PublicPiece]) -> list[tuple[Layout, list[PublicPiece]]]:
    """Return the pieces in order, those that follow one another in the same layout together."""
    return [(layout, list(group)) for layout, group in groupby(pieces, key=lambda piece: piece.layout)]


def numbers_whole(text: str) -> Markup:
    """Return `text` as HTML in which no telephone number is broken at the end of a line."""
    # The parts with an odd place are the numbers.
    parts = re.split(r"(\d[\d-]{4,}\d)", text)
    whole = Markup('<span class="unbroken">{}</span>')
    return Markup("").join(whole.format(part) if at % 2 else escape(part) for at, part in enumerate(parts))


def read_as(query: str, typed: str, name: str) -> str:
    """Return the query with `name` in place of the word `typed`, which is folded: in lower case, without accents."""
    return re.sub(r"\w+", lambda word: name if fold(word[0]) == typed else word[0], query)


def is_row_of_links(line: Line) -> bool:
    """Return whether a card's line is nothing but links, which are then shown as buttons."""
    words = [part.strip(" ·") for part in line.parts() if isinstance(part, str)]
    return bool(line.links) and not any(words)


def static_address(name: str) -> str:
    """Return the address of a file in static/, which changes with what the file holds."""
    folder = Path(current_app.static_folder or "")
    return url_for("static", filename=name, v=_fingerprint(folder / name, (folder / name).stat().st_mtime_ns))


@cache
def _fingerprint(path: Path, changed: int) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12]


def _alternates() -> dict[str, str]:
    """Return the addresses of this page, or else of the front page, by language."""
    known = request.method == "GET" and request.blueprint == "patient"
    endpoint = (request.endpoint if known else None) or "patient.home"
    values = (request.view_args or {}) if known else {}
    return {
        language: url_for(endpoint, **values, language=language, _external=True) for language in LANGUAGES
    }


def _values() -> dict[str, object]:
    settings = current_site().settings
    return {
        "clinic": settings.clinic,
        "crisis_lines": settings.lines,
        "sign_off": settings.safety,
        "themed": bool(settings.accent),
        "language": current_language(),
        "alternates": _alternates(),
        "keeps_feedback": current_site().records is not None,
    }
