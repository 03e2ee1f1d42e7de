"""How the application is loaded and served."""

import re
import runpy
from pathlib import Path
from shutil import rmtree

import pytest

from app import create_app
from kb.asking import KnowledgeBase
from kb.web import build_app
from tests.conftest import ROOT
from tests.web import clinic

SETTINGS = runpy.run_path(str(ROOT / "gunicorn.conf.py"))


def test_the_access_log_holds_time_method_path_status_size_and_duration_only() -> None:
    # %(r)s holds the query string, %(f)s the referrer, %(a)s the agent, %(h)s the address.
    assert re.findall(r"%\((.+?)\)s", SETTINGS["access_log_format"]) == ["t", "m", "U", "s", "B", "M"]


def test_it_listens_on_this_machine_alone_in_one_process_with_threads() -> None:
    assert (SETTINGS["bind"], SETTINGS["workers"], SETTINGS["worker_class"]) == (
        "127.0.0.1:8000",
        1,
        "gthread",
    )
    assert SETTINGS["control_socket_disable"] is True


def test_paths_come_from_the_environment(
    tmp_path: Path, index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "other.toml"
    settings.write_text('[clinic]\nname = "Another Clinic"\n', encoding="utf-8")
    monkeypatch.setenv("KB_SETTINGS", str(settings))
    monkeypatch.setenv("KB_INDEX", str(index_folder))
    monkeypatch.setenv("KB_RECORDS", f"sqlite:///{tmp_path / 'kept' / 'records.db'}")
    monkeypatch.setenv("KB_SECRET", str(tmp_path / "kept" / "secret.key"))
    home = create_app().test_client().get("/")
    assert home.status_code == 200
    assert "Another Clinic" in home.text
    assert clinic.WORKS.question in home.text
    kept = sorted(path.name for path in (tmp_path / "kept").iterdir() if path.suffix in {".db", ".key"})
    assert kept == ["records.db", "secret.key"]


def test_the_index_is_open_before_the_first_visitor_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    clinic.build_index(index)
    monkeypatch.setenv("KB_INDEX", str(index))
    monkeypatch.setenv("KB_RECORDS", "")
    client = create_app().test_client()
    rmtree(index)
    assert clinic.WORKS.question in client.get("/").text


def test_it_says_that_it_is_ready_but_serves_an_older_generation(tmp_path: Path) -> None:
    clinic.build_index(tmp_path)
    settings = clinic.settings()
    client = build_app(settings, KnowledgeBase(settings, tmp_path)).test_client()
    first = (tmp_path / "current").read_text()
    assert client.get("/readyz").text == f"{first}\n"
    clinic.build_index(tmp_path)
    (tmp_path / (tmp_path / "current").read_text() / "gone.json").unlink()
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.text == f"{first}\nan older generation serves: the new one is not as it was built\n"


def test_without_a_database_nothing_is_kept_and_no_form_is_shown(
    tmp_path: Path, index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KB_INDEX", str(index_folder))
    monkeypatch.setenv("KB_RECORDS", "")
    client = create_app().test_client()
    path = "/q/200002/can-i-drive-home"
    assert "helpful" not in client.get(path).text
    assert client.post("/q/200002/feedback").status_code == 404
    assert list(tmp_path.iterdir()) == []


def test_wrong_settings_end_the_start_with_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "kb.toml"
    settings.write_text("[clinic]\nnmae = 'x'\n", encoding="utf-8")
    monkeypatch.setenv("KB_SETTINGS", str(settings))
    with pytest.raises(SystemExit) as ended:
        create_app()
    assert str(ended.value) == f"{settings} [clinic.nmae]: is not a known key: mend or remove that key"
