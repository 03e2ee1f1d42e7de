"""`publish`: make entries public."""

from datetime import date
from pathlib import Path

import click

from kb.commands.build import build
from kb.commands.console import notes
from kb.commands.options import ARTICLES, INDEX
from kb.publishing import publish_entries


@click.command()
@ARTICLES
@INDEX
@click.option("--by", "editor", default="", help="Your name, kept as the one who approved.")
@click.argument("article")
@click.argument("ids", nargs=-1)
@click.pass_context
def publish(
    context: click.Context, articles: Path, index: Path, editor: str, article: str, ids: tuple[str, ...]
) -> None:
    r"""Publish entries of ARTICLE: those with these IDs, or all its drafts.

    The answers must stand in the article to the character. The knowledge base is built anew afterwards,
    and running servers take it over.

    \b
    Examples:
      indexer.py publish parking.md
      indexer.py publish parking.md 204816 593017 --by "A. Editor"
    """
    path = articles / Path(article).name
    published = publish_entries(path, ids, editor, date.today())
    notes().print(f"Published {len(published)} entries of {path.name}.")
    context.invoke(build, articles=articles, index=index, include_drafts=False, as_json=False)
