"""`import`: bring an article in from a file or an address."""

from datetime import date
from pathlib import Path

import click

from kb.commands.console import notes, show_problem
from kb.commands.options import ARTICLES
from kb.content.entries_file import Provenance
from kb.content.library import holds_rows
from kb.fetching import fetch
from kb.importing import import_file, import_page


@click.command("import")
@ARTICLES
@click.option("--licence", default="", help="Under what terms it may be shown; kept with it.")
@click.option("--source", "origin", default="", help="Where a FILE comes from; kept with it.")
@click.argument("source", metavar="FILE|URL")
def import_article(articles: Path, licence: str, origin: str, source: str) -> None:
    """Bring an article into the articles folder from a FILE or a URL.

    The original is kept as it is, with its address, today's date and the licence in NAME.qa.toml. Only
    pages on the public web are fetched.

    \b
    Examples:
      indexer.py import ~/Downloads/parking.docx
      indexer.py import ~/Downloads/questions.csv --source "The clinic's help desk, 2026"
      indexer.py import https://www.example.org/parking --licence "CC BY 4.0"
    """
    today = date.today()
    if source.startswith(("http://", "https://")):
        path = import_page(fetch(source), articles, licence, today, show_problem)
    else:
        provenance = Provenance(origin, licence, today)
        path = import_file(Path(source).expanduser(), articles, provenance, show_problem)
    following = f'indexer.py split "{path}"'
    if holds_rows(path):
        # They are published as they stand.
        folder = "" if articles == Path("articles") else f' --articles "{articles}"'
        following = f"indexer.py check{folder}, then indexer.py build{folder}"
    notes().print(f"Kept as {path}. Next: {following}", soft_wrap=True)
