"""Choose the language of an answer's surroundings. An entry's own words are never translated."""

from flask import has_request_context, request

# Each has a complete catalogue in kb/translations; English needs none.
LANGUAGES = ("en",)


def select_language() -> str:
    """Return the language that the request names in `lang`, else the site's first."""
    if not has_request_context():
        return LANGUAGES[0]
    # "es-MX" asks for "es". Only the address is looked at: a body may be too large to read.
    asked = request.args.get("lang", "").split("-")[0].lower()
    return asked if asked in LANGUAGES else LANGUAGES[0]
