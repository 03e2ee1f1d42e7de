"""The application over the tiny clinic, and over an index that is not there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from kb.asking import KnowledgeBase
from kb.records import open_records
from kb.web import build_app
from tests.web import clinic


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    clinic.build_index(folder)
    return folder


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records") / "records.db"


@pytest.fixture(scope="session")
def app(index_folder: Path, database: Path) -> Iterator[APIFlask]:
    settings = clinic.settings()
    records = open_records(f"sqlite:///{database}")
    yield build_app(settings, KnowledgeBase(settings, index_folder), records, clinic.SECRET_KEY)
    records.close()


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def rebuilding(tmp_path: Path) -> FlaskClient:
    """A client of an application whose index cannot be read."""
    settings = clinic.settings()
    return build_app(settings, KnowledgeBase(settings, tmp_path)).test_client()
