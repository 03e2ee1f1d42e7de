"""`split`: what entries an article would give."""

import dataclasses
from datetime import date
from pathlib import Path

import click
from rich.markup import escape

from kb.commands.console import console, notes, progress, show_json, show_problem, table
from kb.content.documents import Document
from kb.content.library import refuse_rows
from kb.content.reading import read_document, unknown_keys
from kb.content.splitting import Split, explain_split
from kb.errors import KbError
from kb.publishing import write_split


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jsonl", is_flag=True, help="One entry a line, as JSON, for programs.")
@click.option("--write", is_flag=True, help="Create the entries file, or merge into it; your edits are kept.")
@click.option("--explain", is_flag=True, help="Show as well what was left out, and why.")
def split(files: tuple[Path, ...], jsonl: bool, write: bool, explain: bool) -> None:
    """Split articles into questions and answers.

    Shows the entries that each FILE gives. Nothing is saved unless you say --write, which writes
    NAME.qa.toml beside the article.

    \b
    Examples:
      indexer.py split articles/parking.md
      indexer.py split articles/*.md --write
    """
    failed = False
    for path in progress(files, "Splitting", len(files)):
        try:
            refuse_rows(path)
            document = read_document(path)
            for error in unknown_keys(path):
                show_problem(error)
            found = explain_split(document)
            if write:
                write_split(path, date.today())
        except KbError as error:
            show_problem(error)
            failed = True
            continue
        if jsonl:
            _show_lines(found)
        else:
            _show_table(document, found)
        if explain:
            _show_dropped(document, found)
    if failed:
        raise SystemExit(2)


def _show_lines(found: Split) -> None:
    shown = (
        *("article", "question", "qtype", "answer", "start", "end", "short", "focus", "tags"),
        *("alt_questions", "flags"),
    )
    for entry in found.entries:
        record = dataclasses.asdict(entry)
        show_json({name: record[name] for name in shown})


def _show_table(document: Document, found: Split) -> None:
    shown = table(f"{document.name}: {len(found.entries)} entries", "Question", "Type", "Answer", "Flags")
    for entry in found.entries:
        shown.add_row(*map(escape, (entry.question, entry.qtype, entry.answer, ", ".join(entry.flags))))
    console().print(shown)
    if found.nothing_because:
        notes().print(f"{document.name}: nothing to split, because {found.nothing_because}.")


def _show_dropped(document: Document, found: Split) -> None:
    """Show what no entry holds, beside the entries, so that `--jsonl` stays one entry a line."""
    for drop in found.dropped:
        text = document.text[drop.start : drop.end].replace("\n", " / ")
        notes().print(f"[dim]left out: {escape(drop.reason)}:[/] {escape(text)}", soft_wrap=True)
    for pair in found.unshown:
        reason = "its answer stands only in the page's data for machines, not in the article"
        notes().print(f"[dim]left out: {reason}:[/] {escape(pair.question)}", soft_wrap=True)
