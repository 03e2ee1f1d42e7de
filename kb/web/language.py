"""Choose the language of an answer's surroundings. An entry's own words are never translated."""

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from flask import Blueprint, has_request_context, request
from flask_babel import get_locale

# Each has a complete catalogue in kb/translations; English needs none. The first has no part in an address.
LANGUAGES = ("en", "es")

TELLTALE_WORDS = Path(__file__).parent / "spanish_words.toml"

_WORD = re.compile(r"[^\W\d_]+")


def select_language() -> str:
    """Return the language that the address names, "/es/…" or `lang`, else the site's first."""
    if not has_request_context():
        return LANGUAGES[0]
    first_step = request.path.split("/", 2)[1]
    if first_step in LANGUAGES[1:]:
        return first_step
    # A patient's page has one address in each language. Only the address is looked at: a body may be large.
    asked = "" if request.blueprint == "patient" else request.args.get("lang", "")
    return spoken(asked)


def spoken(tag: str) -> str:
    """Return the language to answer in to one who asks for `tag` (BCP 47; "es-MX" asks for "es")."""
    language = tag.split("-", maxsplit=1)[0].lower()
    return language if language in LANGUAGES else LANGUAGES[0]


def current_language() -> str:
    """Return the language that texts are translated to now."""
    return str(get_locale() or LANGUAGES[0])


def language_name(tag: str) -> str:
    """Return the name of a language in the current one: "English", "inglés"; the tag where it has none."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(current_language())
    except (ValueError, UnknownLocaleError):
        name = None
    return name or tag


def own_name(tag: str) -> str:
    """Return the name of one of our languages in itself, as a switch shows it: "Español"."""
    name = Locale.parse(tag).get_display_name(tag) or tag
    return name[0].upper() + name[1:]


def language_of_query(query: str) -> str:
    """Return "es" for a question that holds a Spanish word or sign, else "".

    One is enough: for someone in danger, a card too many does no harm.
    """
    folded = query.casefold()
    if re.search("[ñ¿¡]", folded) or set(_WORD.findall(folded)) & _telltale_words():
        return "es"
    return ""


@cache
def _telltale_words() -> frozenset[str]:
    with TELLTALE_WORDS.open("rb") as file:
        groups = tomllib.load(file)["group"]
    return frozenset(word for group in groups for word in group["words"])


class Pages(Blueprint):
    """A blueprint whose pages have an address in every language; the views do not see which."""

    def __init__(self, name: str, import_name: str) -> None:
        super().__init__(name, import_name)
        self.url_value_preprocessor(_forget_language)
        self.app_url_defaults(_add_language)

    def page(
        self, path: str, method: str = "GET", **defaults: str
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Route `path` and "/es" + `path` to the decorated view."""

        def add(view: Callable[..., Any]) -> Callable[..., Any]:
            first = {"language": LANGUAGES[0], **defaults}
            others = f"/<any({', '.join(LANGUAGES[1:])}):language>{path}"
            self.add_url_rule(path, view.__name__, view, methods=[method], defaults=first)
            self.add_url_rule(others, view.__name__, view, methods=[method], defaults=defaults)
            return view

        return add


def _forget_language(_: str | None, values: dict[str, Any] | None) -> None:
    if values:
        values.pop("language", None)


def _add_language(endpoint: str, values: dict[str, Any]) -> None:
    # Links stay in the language of the page that they stand on.
    if endpoint.startswith("patient."):
        values.setdefault("language", current_language())
