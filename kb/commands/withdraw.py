"""`withdraw`: take an answer away from the public, at once."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import click

from kb.commands.console import notes
from kb.commands.options import ARTICLES, INDEX
from kb.publishing import withdraw as save_withdrawal
from kb.search.changes import Change
from kb.search.generation import IndexUnavailable
from kb.search.opening import change_entries


@click.command()
@ARTICLES
@INDEX
@click.option(
    "--replaced-by", default="", metavar="ID", help="The published entry that its page then links to."
)
@click.argument("entry_id", metavar="ID")
def withdraw(articles: Path, index: Path, replaced_by: str, entry_id: str) -> None:
    """Withdraw the entry with this ID, of an article or of a file of rows.

    Saved as withdrawn in NAME.qa.toml. Running servers show it no more within a second; its page says that it
    was withdrawn and links to what replaces it.

    \b
    Examples:
      indexer.py withdraw 204816
      indexer.py withdraw 204816 --replaced-by 593017
    """
    better = save_withdrawal(articles, entry_id, replaced_by, date.today())
    # Where nothing was built yet, nothing is served.
    if index.is_dir():
        with suppress(IndexUnavailable):
            change_entries(index, [Change(entry_id, replaced_by=better)])
    notes().print(f"Withdrawn: {entry_id}{f', replaced by {better}' if better else ''}.")
