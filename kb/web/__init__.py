"""Three doors over one question asked: patients, the front desk, other pages. Thin: ask, then render."""

from pathlib import Path

from apiflask import APIFlask
from flask_babel import Babel

from kb.asking import KnowledgeBase
from kb.errors import KbError
from kb.records import Records
from kb.settings import Settings
from kb.web import (
    api,
    compression,
    desk,
    embed,
    errors,
    headers,
    health,
    machines,
    metrics,
    patient,
    rendering,
    static_files,
)
from kb.web.language import select_language
from kb.web.site import Site, install_site

HOUSE = Path(__file__).resolve().parents[2]

# A pasted letter fits many times over; a body past this is no question.
LARGEST_BODY = 1_000_000  # bytes

DESCRIPTION = """Answers from a clinic's articles, in the articles' own words.

Show `safety.card` and `safety.also` above the hits whenever they are there, and `disclosures` beside
the answer they came with.
"""


def build_app(
    settings: Settings,
    knowledge_base: KnowledgeBase,
    records: Records | None = None,
    secret_key: bytes = b"",
) -> APIFlask:
    """Return the web application that answers from `knowledge_base`.

    Without records, pages have no form that writes; `secret_key` signs those forms. Raises KbError when the
    settings name a logo that is no file in static/.
    """
    logo = settings.clinic.logo
    if logo and not (HOUSE / "static" / logo).is_file():
        raise KbError(
            "kb.toml [clinic.logo]", f'"static/{logo}" is no file', "put it there, or leave logo empty"
        )
    app = APIFlask(
        "kb.web",
        title=f"{settings.clinic.name} knowledge base".strip(),
        version="1",
        docs_path=None,  # its page loads scripts from elsewhere
        json_errors=False,  # only the API speaks JSON
        root_path=str(HOUSE),
        template_folder="templates",
        static_folder="static",
    )
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        BABEL_TRANSLATION_DIRECTORIES=str(HOUSE / "kb" / "translations"),
        DESCRIPTION=DESCRIPTION,
        AUTO_404_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
    )
    # The card stands before the hits in JSON too.
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    Babel(app, locale_selector=select_language)
    install_site(app, Site(settings, knowledge_base, records, secret_key))
    for blueprint in (patient.pages, desk.pages, embed.pages, api.api, machines.pages, health.pages):
        app.register_blueprint(blueprint)
    rendering.register(app)
    errors.register(app)
    # What is registered last is done first: headers take their tag from the plain text.
    compression.register(app)
    headers.register(app)
    static_files.register(app)
    metrics.register(app)
    return app
