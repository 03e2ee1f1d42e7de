"""What commands print: tables and progress for people on a terminal, plain lines for programs."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from kb.checks.findings import Finding
from kb.errors import KbError

Item = TypeVar("Item")


def console() -> Console:
    """Return the console of results, on standard output."""
    # Made per call: the stream may have been replaced since.
    return Console(file=sys.stdout, highlight=False)


def notes() -> Console:
    """Return the console of what is said beside the result, on standard error."""
    return Console(file=sys.stderr, highlight=False)


def show_json(value: Any) -> None:
    """Print one JSON value on one line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def show_problem(error: KbError) -> None:
    """Print an error as its one line on standard error."""
    # Not through rich: a line must stay one line, however narrow the terminal.
    sys.stderr.write(f"{error}\n")


def show_finding(finding: Finding) -> None:
    """Print what an editor must look at as its one line."""
    colour, word = ("bold red", "blocks") if finding.blocks else ("yellow", "look")
    console().print(f"[{colour}]{word}[/] {escape(str(finding))}", soft_wrap=True)


def table(title: str, *columns: str) -> Table:
    """Return an empty table with these column heads."""
    made = Table(title=title, title_justify="left", title_style="bold", header_style="bold cyan")
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def progress(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
    """Yield the items while a progress bar counts them, on a terminal; elsewhere in silence."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from items
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=notes(), transient=True) as bar:
        task = bar.add_task(what, total=total)
        for item in items:
            yield item
            bar.advance(task)
