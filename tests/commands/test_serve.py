"""`serve` shows an edit as it is saved, or names what is wrong with it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from kb.commands.serve import take_in
from kb.errors import KbError
from tests.conftest import ROOT

ENTRY = """\
[[entry]]
id = "204816"
status = "published"
question = "How long is a first visit?"
answer = "A first visit takes one hour."
"""
ROWS = "id,question,answer\nf1,Where can I park?,Behind the house.\n"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "faq.csv").write_text(ROWS)
    (folder / "visits.md").write_text("# Visits\n\nA first visit takes one hour.\n")
    (folder / "visits.qa.toml").write_text(ENTRY)
    return folder


@pytest.fixture
def address() -> Iterator[str]:
    """A port of this machine; nobody else gets it, and a server may listen on it, while this socket does not."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{held.getsockname()[1]}"


@pytest.fixture
def server(articles: Path, address: str, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    settings = tmp_path / "clinic.toml"
    settings.write_text('[clinic]\nname = "Another Clinic"\n')
    arguments = [
        "serve",
        "--settings",
        str(settings),
        "--articles",
        str(articles),
        "--index",
        str(tmp_path / "index"),
        "--address",
        address,
    ]
    started = subprocess.Popen(
        [sys.executable, "indexer.py", *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    with started:
        yield started
        started.send_signal(signal.SIGTERM)


def wait_for(server: subprocess.Popen[str], text: str) -> str:
    """Return the next line of the server's that holds `text`; a server that ends without it fails the test."""
    assert server.stderr is not None
    for line in server.stderr:
        if text in line:
            return line
    raise AssertionError(f"the server ended without saying {text!r}")


def page(address: str, path: str) -> str:
    # On a busy machine a worker takes its time to load before it answers.
    with urlopen(f"http://{address}{path}", timeout=120) as response:
        text: str = response.read().decode()
        return text


def served(address: str, entry_id: str) -> str:
    return page(address, f"/api/v1/entries/{entry_id}")


def test_an_edit_is_served_and_a_mistake_is_named(
    server: subprocess.Popen[str], articles: Path, address: str, tmp_path: Path
) -> None:
    wait_for(server, "Booting worker")
    # Of the settings that were named.
    assert "Another Clinic" in page(address, "/")
    assert "Behind the house." in served(address, "f1")
    (articles / "faq.csv").write_text(ROWS.replace("Behind", "In front of"))
    wait_for(server, "Built 2 entries")
    assert "In front of the house." in served(address, "f1")
    (articles / "faq.qa.toml").write_text('[[entry]]\nid = "f1"\nquestion = "Where is the garage?"\n')
    wait_for(server, "faq.csv: 1 entries updated")
    assert "Where is the garage?" in served(address, "f1")
    (articles / "visits.qa.toml").write_text(ENTRY.replace("How long is", "How long takes"))
    wait_for(server, "visits.md: 1 entries updated")
    assert "How long takes a first visit?" in served(address, "204816")
    (articles / "broken.qa.toml").write_text("[[entry")
    (articles / "broken.md").write_text("# Broken\n\nWords.\n")
    assert "broken.qa.toml" in wait_for(server, "no valid TOML")
    assert "In front of the house." in served(address, "f1")
    (articles / "visits.qa.toml").write_text(ENTRY + "[[entry")
    assert "visits.qa.toml" in wait_for(server, "no valid TOML")
    wait_for(server, "visits.md: 0 entries updated")
    assert "How long takes a first visit?" in served(address, "204816")
    # What could not be served is served with the next edit.
    settings = tmp_path / "clinic.toml"
    sound = settings.read_text()
    settings.write_text("[clinic")
    (articles / "visits.qa.toml").write_text(ENTRY.replace("How long is", "How long lasts"))
    assert "clinic.toml" in wait_for(server, "no valid TOML")
    settings.write_text(sound)
    (articles / "broken.md").write_text("# Broken\n\nOther words.\n")
    wait_for(server, "visits.md: 1 entries updated")
    assert "How long lasts a first visit?" in served(address, "204816")


def test_an_edit_that_fails_holds_up_no_other(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    taken = []

    def update_article(path: Path, *_: object) -> int:
        if path.name == "b.md":
            raise KbError(path, "cannot be written", "free space")
        taken.append(path.name)
        return 1

    monkeypatch.setattr("kb.commands.serve.update_article", update_article)
    edited = {tmp_path / name for name in ("a.md", "b.md", "c.md")}
    assert take_in(edited, tmp_path, tmp_path / "index", ROOT / "kb.toml") == {tmp_path / "b.md"}
    assert taken == ["a.md", "c.md"]


def test_a_table_over_rows_that_fails_is_tried_again_without_a_build(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def update_article(path: Path, *_: object) -> int:
        raise KbError(path, "cannot be written", "free space")

    monkeypatch.setattr("kb.commands.serve.update_article", update_article)
    (tmp_path / "faq.csv").write_text(ROWS)
    edited = {tmp_path / "faq.qa.toml"}
    for _ in range(2):
        edited = take_in(edited, tmp_path, tmp_path / "index", ROOT / "kb.toml")
        assert edited == {tmp_path / "faq.qa.toml"}
    assert not (tmp_path / "index").exists()


def test_edits_that_no_build_could_serve_are_kept(tmp_path: Path) -> None:
    edited = {tmp_path / "faq.csv", tmp_path / "a.md"}
    assert take_in(edited, tmp_path / "nowhere", tmp_path / "index", ROOT / "kb.toml") == edited
    (tmp_path / "faq.csv").write_text(ROWS)
    assert take_in(edited, tmp_path, tmp_path / "index", ROOT / "kb.toml") == set()
