"""`publish`: make entries public."""

from datetime import date
from pathlib import Path

import click

from kb.checks import rehearse
from kb.commands.console import notes, show_finding, show_problem
from kb.commands.options import ARTICLES, INDEX, SETTINGS
from kb.indexing import build_folder, update_article
from kb.publishing import prepare_publication
from kb.search.generation import IndexUnavailable
from kb.settings import read_settings


@click.command()
@ARTICLES
@INDEX
@SETTINGS
@click.option("--by", "editor", default="", help="Your name, kept as the one who approved.")
@click.argument("article")
@click.argument("ids", nargs=-1)
def publish(
    articles: Path, index: Path, settings: Path, editor: str, article: str, ids: tuple[str, ...]
) -> None:
    """Publish entries of ARTICLE: those with these IDs, or all its drafts.

    The answers must stand in the article to the character. Queries that would no longer find their entry are
    named. Running servers show the entries within a second.

    \b
    Examples:
      indexer.py publish parking.md
      indexer.py publish parking.md 204816 593017 --by "A. Editor"
    """
    path = articles / Path(article).name
    clinic = read_settings(settings)
    publication = prepare_publication(path, ids, editor, date.today())
    try:
        for finding in rehearse(articles, index, clinic, publication):
            show_finding(finding)
        publication.save()
        update_article(path, index, clinic, show_problem)
    except IndexUnavailable:
        # The first of all: there is no index yet to change.
        publication.save()
        build_folder(articles, index, clinic, show_problem)
    notes().print(f"Published {len(publication.published)} entries of {path.name}.")
