"""`feedback`: what visitors said of the answers, for those who write them."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from kb.asking import KnowledgeBase
from kb.commands.console import console, notes, show_json, table
from kb.commands.options import INDEX, SETTINGS
from kb.errors import IndexUnavailable
from kb.settings import read_settings

if TYPE_CHECKING:
    from kb.records import Tally

DAY = "%Y-%m-%d"


@click.command()
@click.argument("entry_ids", metavar="[ID...]", nargs=-1)
@click.option("--since", type=click.DateTime([DAY]), metavar="YYYY-MM-DD", help="Only from this day on.")
@click.option(
    "--records",
    envvar="KB_RECORDS",
    default="sqlite:///var/records.db",
    show_default=True,
    help="The database of what visitors said; KB_RECORDS names another.",
)
@INDEX
@SETTINGS
@click.option("--json", "as_json", is_flag=True, help="Print one answer a line as JSON.")
def feedback(
    entry_ids: tuple[str, ...],
    since: datetime | None,
    records: str,
    index: Path,
    settings: Path,
    as_json: bool,
) -> None:
    """List what visitors said of the answers: how many were helped, how many were not, and why.

    Those that helped least people come first. Names nobody: no identity was kept.

    \b
    Examples:
      indexer.py feedback
      indexer.py feedback 482913 --since 2026-11-01
      indexer.py feedback --json > feedback.jsonl
    """
    # Only this command reads a database, and what reads one takes as long to load as all the rest.
    from kb.records import open_records, tallies  # noqa: PLC0415

    kept = open_records(records)
    try:
        found = tallies(kept.feedback(since.date() if since else date.min))
    finally:
        kept.close()
    shown = [one for one in found if not entry_ids or one.entry_id in entry_ids]
    questions = _questions(shown, KnowledgeBase(read_settings(settings), index))
    if as_json:
        for one in shown:
            show_json(_as_json(one, questions.get(one.entry_id)))
        return
    if not shown:
        notes().print("Nobody has said anything yet.")
        return
    _show(shown, questions)


def _questions(tallied: "list[Tally]", knowledge_base: KnowledgeBase) -> dict[str, str]:
    """Return the questions of those answers that are still served."""
    try:
        entries = (knowledge_base.entry(one.entry_id) for one in tallied)
        return {entry.id: entry.question for entry in entries if entry is not None}
    except IndexUnavailable:
        # What was said can be read without the index.
        return {}


def _as_json(tally: "Tally", question: str | None) -> dict[str, object]:
    reasons = [
        {"day": one.day.isoformat(), "helpful": one.helpful, "lang": one.lang, "reason": one.reason}
        for one in tally.reasons
    ]
    return {"id": tally.entry_id, "question": question, "yes": tally.yes, "no": tally.no, "reasons": reasons}


def _show(tallied: "list[Tally]", questions: dict[str, str]) -> None:
    shown = table("What visitors said", "id", "question", "helped", "did not", "why")
    for one in tallied:
        reasons = (
            f"{reason.day} {'yes' if reason.helpful else 'no'}: {reason.reason}" for reason in one.reasons
        )
        question = questions.get(one.entry_id, "(no longer served)")
        cells = (one.entry_id, question, str(one.yes), str(one.no), "\n".join(reasons))
        shown.add_row(*(escape(cell) for cell in cells))
    console().print(shown)
