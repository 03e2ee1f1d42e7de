"""What a visitor sees when there is no answer: a page, and a program a problem document (RFC 9457)."""

from typing import Any

from apiflask import APIFlask, HTTPError
from flask import Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from kb.errors import IndexUnavailable
from kb.safety import assess, card_for, staff_card_for
from kb.web.cards import cards_for
from kb.web.public import public_safety
from kb.web.site import current_site

# A build of a large knowledge base takes about this long.
RETRY_AFTER = 30  # seconds

Message = tuple[Any, Any]  # two texts, in the language of the page once they are shown

# What happened, and what to do about it. Other statuses say the last of these.
MESSAGES = {
    400: (lazy_gettext("We could not read that"), lazy_gettext("Please go back and try again.")),
    403: (
        lazy_gettext("We could not take that"),
        lazy_gettext("Please open the answer again, and press there."),
    ),
    404: (
        lazy_gettext("This page is not here"),
        lazy_gettext("The link may be old or mistyped. Your question may still have an answer:"),
    ),
    410: (
        lazy_gettext("This answer was withdrawn"),
        lazy_gettext("It is no longer right, or no longer complete."),
    ),
    413: (
        lazy_gettext("That is too long to search for"),
        lazy_gettext("Please ask your question in a few words."),
    ),
    503: (
        lazy_gettext("The answers are being rebuilt"),
        lazy_gettext("Please try again in a minute."),
    ),
    500: (lazy_gettext("Something went wrong here"), lazy_gettext("It is our fault, not yours.")),
}
# Of an answer that is withheld for a while. Not 410, which search engines take to be for good.
BEING_CHECKED = (
    lazy_gettext("This answer is being checked"),
    lazy_gettext("It comes back when we have made sure that it is right."),
)

# For who writes the program that asked. Not in other languages: it is no word for visitors.
DETAILS = {
    400: "The request cannot be read, or asks for what cannot be.",
    403: "Pages of this site may not search here: list its origin under embedding_sites in kb.toml.",
    404: "Nothing has this address, or no entry has this id.",
    405: "This address takes other methods: see Allow.",
    413: "The request is larger than any question: send less.",
    415: "Send a form or JSON: see Content-Type.",
    500: "Something went wrong here; the fault is ours.",
    501: "Only format=json is spoken here.",
}
PROGRAMS = ("/api/", "/oembed")


def register(app: APIFlask) -> None:
    """Have `app` answer errors so."""
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(HTTPError, show_invalid_input)
    app.register_error_handler(IndexUnavailable, show_unavailable)


def problem(status: int, detail: str = "", **members: Any) -> Response:
    """Return a problem document; empty members are left out."""
    document: dict[str, Any] = {"type": "about:blank", "title": HTTP_STATUS_CODES[status], "status": status}
    document |= {name: value for name, value in {"detail": detail, **members}.items() if value}
    response = jsonify(document)
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    """Return the page or the problem document for an HTTP error; a redirect passes."""
    status = error.code or 500
    if status < 400:
        return error
    response = (
        problem(status, DETAILS.get(status, "")) if _is_api() else Response(_page(status), status=status)
    )
    for name, value in error.get_headers():
        # Such as Allow, which says what a 405 should have been.
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def show_invalid_input(error: HTTPError) -> ResponseReturnValue:
    """Return the problem document for input that the shapes of the API refuse."""
    # {"query": {"q": ["…"]}}: whether the address or the body held it, the asker knows.
    places = error.detail.values() if isinstance(error.detail, dict) else ()
    errors = {field: messages for place in places for field, messages in place.items()}
    return problem(error.status_code, error.message or "", errors=errors)


def show_missing(entry_id: str) -> ResponseReturnValue:
    """Return the page of an entry that is not served: withdrawn (410), being checked or unknown (404)."""
    knowledge_base = current_site().knowledge_base
    gone = knowledge_base.gone(entry_id)
    if gone is not None:
        replacement = knowledge_base.entry(gone.replaced_by) if gone.replaced_by else None
        return Response(_page(410, replacement=replacement), status=410)
    if knowledge_base.is_being_checked(entry_id):
        return Response(_page(404, BEING_CHECKED, call=True), status=404)
    return Response(_page(404), status=404)


def show_unavailable(error: IndexUnavailable) -> ResponseReturnValue:
    """Return 503 with whom to call. Someone in danger still gets the card: it needs no index."""
    query = _query()
    assessment = assess(query)
    make_card = staff_card_for if _is_desk() else card_for
    cards = cards_for(query, assessment, make_card)
    if _is_api():
        safety = public_safety(assessment, cards).model_dump(mode="json") if cards else None
        response = problem(503, str(MESSAGES[503][0]), safety=safety)
    else:
        response = Response(_page(503, query=query, cards=cards), status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _page(status: int, said: Message | None = None, **shown: Any) -> str:
    heading, advice = said or MESSAGES.get(status, MESSAGES[400] if status < 500 else MESSAGES[500])
    layout = "desk_layout.html" if _is_desk() else "layout.html"
    if request.path.startswith("/embed"):
        layout = "embed_layout.html"
    return render_template(
        "error.html", layout=layout, status=status, heading=heading, advice=advice, **shown
    )


def _query() -> str:
    """Return what was asked by the request that failed, "" where it asked nothing."""
    body = request.get_json(silent=True) if request.is_json else None
    asked = body.get("q") if isinstance(body, dict) else request.values.get("q", "")
    return asked if isinstance(asked, str) else ""


def _is_api() -> bool:
    return request.path.startswith(PROGRAMS)


def _is_desk() -> bool:
    return request.path.startswith("/desk")
