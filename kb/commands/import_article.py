"""`import`: bring an article in from a file or an address."""

from datetime import date
from pathlib import Path

import click

from kb.commands.console import notes
from kb.commands.options import ARTICLES
from kb.fetching import fetch
from kb.importing import import_file, import_page


@click.command("import")
@ARTICLES
@click.option("--licence", default="", help="Under what terms it may be shown; kept with it.")
@click.argument("source", metavar="FILE|URL")
def import_article(articles: Path, licence: str, source: str) -> None:
    """Bring an article into the articles folder from a FILE or a URL.

    The original is kept as it is, with its address, today's date and the licence in NAME.qa.toml. Only
    pages on the public web are fetched.

    \b
    Examples:
      indexer.py import ~/Downloads/parking.docx
      indexer.py import https://www.example.org/parking --licence "CC BY 4.0"
    """
    today = date.today()
    if source.startswith(("http://", "https://")):
        path = import_page(fetch(source), articles, licence, today)
    else:
        path = import_file(Path(source).expanduser(), articles, licence, today)
    notes().print(f'Kept as {path}. Next: indexer.py split "{path}"')
