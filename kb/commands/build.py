"""`build`: make the generation that serves."""

from collections.abc import Iterator
from pathlib import Path

import click

from kb.commands.console import notes, progress, show_json, show_problem
from kb.commands.options import ARTICLES, INDEX, SETTINGS
from kb.content.entries import Entry
from kb.content.library import Library
from kb.content.terms import clinic_terms
from kb.errors import KbError
from kb.search.encoders.choice import chosen_encoder
from kb.search.generation import Contents, Manifest
from kb.search.generation import build as build_generation
from kb.settings import Settings, read_settings


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
    manifest, problems = build_folder(articles, index, read_settings(settings), include_drafts)
    if as_json:
        show_json({"generation": manifest.name, "entries": manifest.entries, "problems": len(problems)})
    else:
        notes().print(f"Built {manifest.entries} entries from {len(manifest.sources)} files into {index}.")
    if problems:
        raise SystemExit(2)


def build_folder(
    articles: Path, index: Path, settings: Settings, include_drafts: bool
) -> tuple[Manifest, list[KbError]]:
    """Build the articles folder and return the manifest with the problems, each shown as it is met."""
    problems: list[KbError] = []

    def report(error: KbError) -> None:
        problems.append(error)
        show_problem(error)

    library = Library(articles, report, include_drafts)

    def entries() -> Iterator[Entry]:
        yield from progress(library.entries(), "Indexing entries")

    contents = Contents(
        entries(),
        lambda: library.documents,
        lambda: library.gone,
        lambda: library.sources,
        clinic_terms(articles, settings),
    )
    return build_generation(index, contents, chosen_encoder(settings)), problems
