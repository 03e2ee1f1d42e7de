"""`publish`: make entries public."""

from datetime import date
from pathlib import Path

import click

from kb.commands.console import notes, show_finding, show_problem
from kb.commands.options import ARTICLES, INDEX, SETTINGS, article_path
from kb.publishing import prepare_publication
from kb.publishing import publish as make_public
from kb.settings import read_settings


@click.command()
@ARTICLES
@INDEX
@SETTINGS
@click.option("--by", "editor", default="", help="Your name, kept as the one who approved.")
@click.option("--anyway", is_flag=True, help="Publish also what must be mended first.")
@click.argument("article")
@click.argument("ids", nargs=-1)
def publish(
    articles: Path,
    index: Path,
    settings: Path,
    editor: str,
    anyway: bool,
    article: str,
    ids: tuple[str, ...],
) -> None:
    """Publish entries of ARTICLE: those with these IDs, or all its drafts.

    The answers must stand in the article to the character. What blocks (see check) is named, and then nothing
    is published and the exit code is 1. Queries that would no longer find their entry are named. Running servers
    show the entries within a second.

    \b
    Examples:
      indexer.py publish parking.md
      indexer.py publish parking.md 204816 593017 --by "A. Editor"
    """
    today = date.today()
    path = article_path(articles, article)
    publication = prepare_publication(path, ids, editor, today)
    clinic = read_settings(settings)
    done = make_public(
        publication, index, clinic, today, report=show_problem, show=show_finding, anyway=anyway
    )
    if not done:
        notes().print("Nothing was published: mend what blocks, or say --anyway.")
        raise SystemExit(1)
    notes().print(f"Published {len(publication.published)} entries of {path.name}.")
