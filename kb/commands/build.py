"""`build`: make the generation that serves."""

from pathlib import Path

import click

from kb.commands.console import notes, progress, show_json, show_problem
from kb.commands.options import ARTICLES, INDEX, SETTINGS
from kb.errors import KbError
from kb.indexing import build_folder
from kb.settings import read_settings


@click.command()
@ARTICLES
@INDEX
@SETTINGS
@click.option("--include-drafts", is_flag=True, help="Serve drafts as well: for trying things out.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def build(articles: Path, index: Path, settings: Path, include_drafts: bool, as_json: bool) -> None:
    """Build the knowledge base from the articles folder.

    Reads every article and its published entries and builds a new index beside the one that serves; it
    takes over when it is whole. A file that cannot be used is named, the rest is built, and the exit code
    is 2. The articles folder is only read.
    """
    problems: list[KbError] = []

    def report(error: KbError) -> None:
        problems.append(error)
        show_problem(error)

    manifest = build_folder(
        articles,
        index,
        read_settings(settings),
        report,
        include_drafts=include_drafts,
        watched=lambda entries: progress(entries, "Indexing entries"),
    )
    if as_json:
        show_json({"generation": manifest.name, "entries": manifest.entries, "problems": len(problems)})
    else:
        notes().print(f"Built {manifest.entries} entries from {len(manifest.sources)} files into {index}.")
    if problems:
        raise SystemExit(2)
