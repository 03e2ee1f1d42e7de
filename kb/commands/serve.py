"""`serve`: build, serve, and build again whenever an article changes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from watchfiles import watch

from kb.commands.build import build_folder
from kb.commands.console import notes, show_problem
from kb.commands.options import ARTICLES, INDEX, SETTINGS
from kb.errors import KbError
from kb.settings import read_settings

# An editor's program may save in several steps; together they are over sooner than this (milliseconds).
SETTLED = 300
LOOK_AT_SERVER = 1000


@click.command()
@ARTICLES
@INDEX
@SETTINGS
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to listen: HOST:PORT.")
def serve(articles: Path, index: Path, settings: Path, address: str) -> None:
    """Build the knowledge base, serve it, and show edits as they are saved.

    While it runs, it watches the articles folder: a saved edit is served within two seconds, or the line that
    is wrong is named here, and what was served before goes on. An entry whose words an edit changed is withheld
    and named. Ctrl-C ends it.
    """
    _build(articles, index, settings)
    with _server(index, address) as server:
        notes().print(f"Serving on http://{address} (Ctrl-C ends it)")
        for edited in _edits(articles):
            if server.poll() is not None:
                raise KbError(
                    address, "the server ended", "see its lines above; another program may use the port"
                )
            if edited:
                _build(articles, index, settings)


def _build(articles: Path, index: Path, settings: Path) -> None:
    try:
        manifest, problems = build_folder(articles, index, read_settings(settings), include_drafts=False)
    except KbError as error:
        show_problem(error)
        return
    left_out = f", {len(problems)} problems" if problems else ""
    notes().print(f"Built {manifest.entries} entries{left_out}.")


def _edits(articles: Path) -> Iterator[bool]:
    """Yield True after each edit below `articles`, and False now and then without one, until Ctrl-C."""
    try:
        for changes in watch(
            articles, debounce=SETTLED, step=50, rust_timeout=LOOK_AT_SERVER, yield_on_timeout=True
        ):
            yield bool(changes)
    except FileNotFoundError as error:
        raise KbError(articles, "is gone", "put the folder back and start again") from error
    except KeyboardInterrupt:
        return


@contextmanager
def _server(index: Path, address: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "--bind", address]
    environment = os.environ | {"KB_INDEX": str(index.resolve())}
    server = subprocess.Popen([*command, "app:create_app()"], env=environment)
    # Ended politely, make and supervisors send TERM: then the server must not be left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        yield server
    finally:
        server.terminate()
        server.wait()
