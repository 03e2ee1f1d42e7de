"""Was this answer helpful? Said without a session, a cookie or a name, and counted once."""

import secrets
from datetime import date
from typing import Literal

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from kb.records import Feedback, scrubbed
from kb.safety import assess
from kb.web.cards import cards_for
from kb.web.errors import show_missing
from kb.web.headers import comes_from_us
from kb.web.language import Pages, current_language
from kb.web.public import public_entry
from kb.web.site import current_site

# The tag of an entry's page changes with the day, so that no browser shows a form older than this.
TOKEN_LIFE = 2 * 24 * 3600  # seconds

TokenState = Literal["good", "expired", "forged"]


def register(pages: Pages) -> None:
    """Add the route that takes what people say to the patient's `pages`."""
    pages.page("/q/<entry_id>/feedback", "POST")(feedback)


def page_token(entry_id: str) -> str:
    """Return a new token for the form under an entry; "" where no records are kept, so that none is shown."""
    site = current_site()
    if site.records is None:
        return ""
    # Kept for the headers: it is no part of what the page says.
    g.page_token = _signer().dumps([entry_id, secrets.token_urlsafe(16)])
    return str(g.page_token)


def read_token(token: str, entry_id: str) -> tuple[TokenState, str]:
    """Return whether `token` was made by us for this entry, and the random part that makes it count once."""
    try:
        made_for, nonce = _signer().loads(token, max_age=TOKEN_LIFE)
    except SignatureExpired:
        return "expired", ""
    except (BadSignature, ValueError, TypeError):
        return "forged", ""
    return ("good", nonce) if made_for == entry_id else ("forged", "")


def feedback(entry_id: str) -> ResponseReturnValue:
    site = current_site()
    if site.records is None:
        abort(404)
    entry = site.knowledge_base.entry(entry_id)
    if entry is None:
        return show_missing(entry_id)
    state, nonce = read_token(request.form.get("token", ""), entry_id)
    if state == "forged" or not comes_from_us(request):
        abort(403)
    said = request.form.get("helpful", "")
    if said not in {"yes", "no"}:
        abort(400)
    shown = public_entry(entry, site.settings)
    if state == "expired":
        again = page_token(entry_id)
        return render_template("feedback.html", shown=shown, token=again, cards=(), said=""), 400
    reason = request.form.get("reason", "")
    danger = assess(reason)
    site.records.add_feedback(
        Feedback(
            entry_id=entry_id,
            helpful=said == "yes",
            # What someone in danger wrote is not kept, as no such question is.
            reason=scrubbed(reason) if danger.calm else "",
            lang=current_language(),
            day=date.today(),
            token=nonce,
        )
    )
    cards = cards_for(reason, danger)
    return render_template("feedback.html", shown=shown, token="", cards=cards, said=said)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_site().secret_key, salt="feedback")
