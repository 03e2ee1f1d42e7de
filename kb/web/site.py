"""What every view needs: the clinic's settings, and the one door to an answer."""

from dataclasses import dataclass

from flask import Flask, current_app

from kb.asking import KnowledgeBase
from kb.records import Records
from kb.settings import Settings

_NAME = "clinic_site"


@dataclass(frozen=True, slots=True)
class Site:
    """One clinic's site."""

    settings: Settings
    knowledge_base: KnowledgeBase
    records: Records | None  # None where nothing that people do is kept
    secret_key: bytes  # signs the forms that write to the records


def install_site(app: Flask, site: Site) -> None:
    """Make `site` the one that `current_site` returns while `app` handles a request."""
    app.extensions[_NAME] = site


def current_site() -> Site:
    """Return the site of the application that handles this request."""
    site = current_app.extensions[_NAME]
    assert isinstance(site, Site)
    return site
