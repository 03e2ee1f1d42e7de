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

from kb.commands.console import notes, show_problem
from kb.commands.options import ARTICLES, INDEX, SETTINGS
from kb.content.entries_file import SUFFIX
from kb.content.library import ROW_SUFFIXES
from kb.content.reading import ARTICLE_SUFFIXES
from kb.errors import IndexUnavailable, KbError
from kb.indexing import build_folder, update_article
from kb.settings import read_settings

# An editor's program may save in several steps; together they are over sooner than this (milliseconds).
SETTLED = 300
LOOK_AT_SERVER = 1000

State = dict[Path, tuple[int, int]]  # of the files of a folder: size in bytes, time in nanoseconds


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
    # From before the build: what is edited while it runs is taken in as soon as the server is up.
    known = _state(articles)
    _build(articles, index, settings)
    with _server(index, settings, address) as server:
        notes().print(f"Serving on http://{address} (Ctrl-C ends it)")
        failed: set[Path] = set()
        for edited in _edits(articles, known):
            if server.poll() is not None:
                raise KbError(
                    address, "the server ended", "see its lines above; another program may use the port"
                )
            if edited:
                failed = take_in(edited | failed, articles, index, settings)


def take_in(edited: set[Path], articles: Path, index: Path, settings: Path) -> set[Path]:
    """Serve what was edited: articles and tables over rows in place, anything else by a build.

    Return the files that could not be served, to be tried again with the next edit.
    """
    article_of = {path: _article_of(path) for path in edited}
    touched = set(article_of.values())
    if None in touched:
        return set() if _build(articles, index, settings) else edited
    failed: set[Path] = set()
    for path in sorted(path for path in touched if path):
        try:
            changed = update_article(path, index, read_settings(settings), show_problem)
        except IndexUnavailable:
            return set() if _build(articles, index, settings) else edited
        except KbError as error:
            show_problem(error)
            # As they were edited: of rows, a table is taken in without a build.
            failed |= {file for file, article in article_of.items() if article == path}
        else:
            notes().print(f"{path.name}: {changed} entries updated.")
    return failed


def _article_of(path: Path) -> Path | None:
    """Return the article, or the file of rows, that an edited file changes; None when only a build can take it in."""
    if path.name.endswith(SUFFIX):
        stem = path.name.removesuffix(SUFFIX)
        suffixes = ARTICLE_SUFFIXES | ROW_SUFFIXES
        found = [other for suffix in suffixes if (other := path.with_name(stem + suffix)).exists()]
        return found[0] if len(found) == 1 else None
    return path if path.suffix.lower() in ARTICLE_SUFFIXES else None


def _build(articles: Path, index: Path, settings: Path) -> bool:
    """Build anew; return whether that could be done, and show what is wrong."""
    try:
        manifest = build_folder(articles, index, read_settings(settings), show_problem)
    except KbError as error:
        show_problem(error)
        return False
    notes().print(f"Built {manifest.entries} entries.")
    return True


def _edits(articles: Path, known: State) -> Iterator[set[Path]]:
    """Yield the files of each edit below `articles` since it was as `known`, and none now and then, until Ctrl-C.

    A notice only wakes: what was edited is told from the folder itself, as notices may be lost, or come before
    anybody listens.
    """
    try:
        for _ in watch(
            articles, debounce=SETTLED, step=50, rust_timeout=LOOK_AT_SERVER, yield_on_timeout=True
        ):
            now = _state(articles)
            edited = {path for path in known.keys() | now.keys() if known.get(path) != now.get(path)}
            known = now
            yield edited
    except FileNotFoundError as error:
        raise KbError(articles, "is gone", "put the folder back and start again") from error
    except KeyboardInterrupt:
        return


def _state(articles: Path) -> State:
    """Return the size and the time of each file of a folder; what editors' programs keep beside them left out."""
    state: State = {}
    for path in sorted(articles.iterdir()) if articles.is_dir() else ():
        if path.name.startswith(".") or path.name.endswith("~"):
            continue
        try:
            status = path.stat()
        except FileNotFoundError:  # gone since it was listed
            continue
        state[path] = (status.st_size, status.st_mtime_ns)
    return state


@contextmanager
def _server(index: Path, settings: Path, address: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "--bind", address]
    environment = os.environ | {"KB_INDEX": str(index.resolve()), "KB_SETTINGS": str(settings)}
    server = subprocess.Popen([*command, "app:create_app()"], env=environment)
    # Ended politely, make and supervisors send TERM: then the server must not be left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        yield server
    finally:
        server.terminate()
        server.wait()
