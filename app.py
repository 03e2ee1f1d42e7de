"""The Flask application: what gunicorn and `flask run` load."""

import os
from contextlib import suppress
from pathlib import Path

from apiflask import APIFlask

from kb.asking import KnowledgeBase
from kb.errors import IndexUnavailable, KbError
from kb.records import open_records, read_or_make_key
from kb.settings import STANDARD, read_settings
from kb.web import build_app


def create_app() -> APIFlask:
    """Return the application for the settings in KB_SETTINGS (kb.toml) and the index in KB_INDEX (var/index).

    KB_RECORDS is the database of what people said (sqlite:///var/records.db); empty: nothing is kept.
    KB_SECRET is the file of the key that forms are signed with (var/secret.key).
    """
    settings_file = Path(os.environ.get("KB_SETTINGS", STANDARD))
    records_url = os.environ.get("KB_RECORDS", "sqlite:///var/records.db")
    index_folder = Path(os.environ.get("KB_INDEX", "var/index"))
    try:
        settings = read_settings(settings_file)
        records = open_records(records_url) if records_url else None
        secret_key = read_or_make_key(Path(os.environ.get("KB_SECRET", "var/secret.key"))) if records else b""
        knowledge_base = KnowledgeBase(settings, index_folder)
        # Opening takes a second or two: the first visitor shall not type into a box that suggests nothing meanwhile.
        with suppress(IndexUnavailable):
            knowledge_base.suggest("warm up")
        return build_app(settings, knowledge_base, records, secret_key)
    except KbError as error:
        # A person mends this: one line says how, a traceback would hide it.
        raise SystemExit(str(error)) from error
