"""The clinic's logo is a file of ours, or the start says that it is not."""

from pathlib import Path

import pytest

from kb.asking import KnowledgeBase
from kb.errors import KbError
from kb.settings import Settings
from kb.web import build_app


def named(logo: str) -> Settings:
    return Settings.model_validate({"clinic": {"name": "Hill Street", "logo": logo}})


def test_a_logo_that_is_no_file_is_named_at_the_start(tmp_path: Path) -> None:
    settings = named("nowhere.svg")
    with pytest.raises(KbError, match=r'"static/nowhere.svg" is no file'):
        build_app(settings, KnowledgeBase(settings, tmp_path))


def test_a_logo_is_shown_beside_the_name(tmp_path: Path) -> None:
    settings = named("icon.svg")
    page = (
        build_app(settings, KnowledgeBase(settings, tmp_path))
        .test_client()
        .get("/about")
        .get_data(as_text=True)
    )
    assert 'class="brand-logo" src="/static/icon.svg' in page
