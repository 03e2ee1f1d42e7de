"""`diff`: what splitting an article again would change."""

from datetime import date
from pathlib import Path

import click
from rich.markup import escape

from kb.commands.console import console, notes
from kb.commands.options import ARTICLES, article_path
from kb.publishing import Change, preview_split

COLOURS = {"new": "green", "changed": "yellow", "orphaned": "red"}


@click.command()
@ARTICLES
@click.argument("article")
def diff(articles: Path, article: str) -> None:
    """Show what `split --write` would change in ARTICLE's entries. Nothing is saved.

    \b
    Example:
      indexer.py diff parking.md
    """
    changes = preview_split(article_path(articles, article), date.today())
    for change in changes:
        _show(change)
    notes().print(f"{len(changes)} entries would change." if changes else "Nothing would change.")


def _show(change: Change) -> None:
    out = console()
    colour = COLOURS[change.kind]
    name = "" if change.kind == "new" else f" {change.entry.id}"
    out.print(f"[{colour}]{change.kind}[/]{name}  [bold]{escape(change.entry.question)}[/]", soft_wrap=True)
    if change.kind == "new":
        out.print(f"  [green]+ {escape(change.entry.answer)}[/]", soft_wrap=True)
    for field, (before, after) in change.fields.items():
        out.print(f"  {field}", soft_wrap=True)
        out.print(f"  [red]- {escape(str(before))}[/]", soft_wrap=True)
        out.print(f"  [green]+ {escape(str(after))}[/]", soft_wrap=True)
