"""Addresses of pages and of telephones."""

import re
from urllib.parse import SplitResult, quote, urlsplit

from flask import url_for

from kb.content.slugs import slug_of


def entry_path(entry_id: str, question: str) -> str:
    """Return the address of an entry's page on this site, without the host."""
    return url_for("patient.entry", entry_id=entry_id, slug=slug_of(question))


def entry_address(entry_id: str, question: str, language: str = "") -> str:
    """Return the whole address of an entry's page, for other sites; in the current language when none is named."""
    values = {"language": language} if language else {}
    return url_for("patient.entry", entry_id=entry_id, slug=slug_of(question), _external=True, **values)


def split_address(address: str) -> SplitResult:
    """Return the parts of a web address; empty parts for what is none, whatever was sent to us."""
    try:
        parts = urlsplit(address)
        # Read here, as a port that is no number raises only when it is asked for.
        known = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or True)
    except ValueError:
        known = False
    return parts if known else SplitResult("", "", "", "", "")


def telephone(number: str) -> str:
    """Return what a link dials for a number as people write it; empty when there is nothing to dial."""
    # Letters after the digits are an extension, which no link can dial.
    digits = re.sub(r"[^0-9+]", "", re.split(r"[a-zA-Z]", number, maxsplit=1)[0])
    return f"tel:{digits}" if digits else ""


def text_message(number: str) -> str:
    """Return the link that writes a text message to `number`; empty when there is no number."""
    return telephone(number).replace("tel:", "sms:")


def quoted(text: str) -> str:
    """Return `text` as it stands in the value of a link."""
    return quote(text, safe="")


def mail(address: str) -> str:
    """Return the link that writes to an e-mail address; empty when there is none."""
    return f"mailto:{quote(address, safe='@.+-_')}" if address else ""
