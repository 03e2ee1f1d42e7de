"""`withdraw`: take an answer away from the public, at once."""

from datetime import date
from pathlib import Path

import click

from kb.commands.console import notes
from kb.commands.options import ARTICLES, INDEX, SETTINGS
from kb.publishing import withdraw as take_away
from kb.settings import read_settings


@click.command()
@ARTICLES
@INDEX
@SETTINGS
@click.option(
    "--replaced-by", default="", metavar="ID", help="The published entry that its page then links to."
)
@click.argument("entry_id", metavar="ID")
def withdraw(articles: Path, index: Path, settings: Path, replaced_by: str, entry_id: str) -> None:
    """Withdraw the entry with this ID, of an article or of a file of rows.

    Saved as withdrawn in NAME.qa.toml. Running servers show it no more within a second; its page says that it
    was withdrawn and links to what replaces it.

    \b
    Examples:
      indexer.py withdraw 204816
      indexer.py withdraw 204816 --replaced-by 593017
    """
    clinic = read_settings(settings)
    better = take_away(articles, entry_id, index, clinic, date.today(), replaced_by=replaced_by)
    notes().print(f"Withdrawn: {entry_id}{f', replaced by {better}' if better else ''}.")
