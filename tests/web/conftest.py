"""The application over the tiny clinic, and over an index that is not there."""

from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from kb.asking import KnowledgeBase
from kb.web import build_app
from tests.web import clinic


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    clinic.build_index(folder)
    return folder


@pytest.fixture(scope="session")
def app(index_folder: Path) -> APIFlask:
    settings = clinic.settings()
    return build_app(settings, KnowledgeBase(settings, index_folder))


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def rebuilding(tmp_path: Path) -> FlaskClient:
    """A client of an application whose index cannot be read."""
    settings = clinic.settings()
    return build_app(settings, KnowledgeBase(settings, tmp_path)).test_client()
