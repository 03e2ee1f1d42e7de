"""The Flask application: what gunicorn and `flask run` load."""

import os
from pathlib import Path

from apiflask import APIFlask

from kb.asking import KnowledgeBase
from kb.errors import KbError
from kb.settings import read_settings
from kb.web import build_app


def create_app() -> APIFlask:
    """Return the application for the settings in KB_SETTINGS (kb.toml) and the index in KB_INDEX (var/index)."""
    settings_file = Path(os.environ.get("KB_SETTINGS", "kb.toml"))
    index_folder = Path(os.environ.get("KB_INDEX", "var/index"))
    try:
        settings = read_settings(settings_file)
    except KbError as error:
        # A person mends this: one line says how, a traceback would hide it.
        raise SystemExit(str(error)) from error
    return build_app(settings, KnowledgeBase(settings, index_folder))
