"""`search`: ask the knowledge base from the command line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from kb.asking import KnowledgeBase, Reply
from kb.commands.console import console, progress, show_json
from kb.commands.options import INDEX, SETTINGS
from kb.commands.safety import assessment_as_json, assessment_as_text
from kb.errors import KbError
from kb.safety.cards import card_as_json, card_as_text, card_for, english
from kb.search.hits import Hit
from kb.settings import Settings, read_settings


@click.command()
@click.argument("query", required=False)
@INDEX
@SETTINGS
@click.option("--json", "as_json", is_flag=True, help="Print the reply as JSON.")
@click.option("--explain", is_flag=True, help="Say why: what safety decided on, which words matched.")
@click.option(
    "--batch", type=click.Path(path_type=Path), help='A file of lines {"id", "query"}; a reply a line.'
)
def search(
    query: str | None, index: Path, settings: Path, as_json: bool, explain: bool, batch: Path | None
) -> None:
    """Search the knowledge base for QUERY.

    \b
    Examples:
      indexer.py search "how long until ketamine works"
      indexer.py search --explain "failed antidepressants"
      indexer.py search --batch questions.jsonl > replies.jsonl
    """
    if (query is None) == (batch is None):
        raise KbError(
            "search", "needs a QUERY or --batch FILE, one of the two", 'try: indexer.py search "ketamine"'
        )
    clinic = read_settings(settings)
    knowledge_base = KnowledgeBase(clinic, index)
    if batch is not None:
        for row in progress(_questions(batch), "Searching"):
            reply = knowledge_base.ask(row["query"])
            show_json({"id": row["id"], **_short_reply(reply)})
        return
    reply = knowledge_base.ask(query or "")
    if as_json:
        show_json(_full_reply(reply, clinic, explain))
    else:
        _show_reply(reply, clinic, explain)


def _questions(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                    yield {"id": str(row["id"]), "query": str(row["query"])}
                except (ValueError, TypeError, KeyError) as error:
                    problem = 'is no JSON object with "id" and "query"'
                    raise KbError(f"{path}:{number}", problem, "write one a line") from error
    except (OSError, UnicodeDecodeError) as error:
        raise KbError(path, f"cannot be read ({error})", "name a file of JSON lines in UTF-8") from error


def _short_reply(reply: Reply) -> dict[str, Any]:
    return {
        "outcome": reply.outcome,
        "safety": reply.safety.level,
        "hits": [_short_hit(hit) for hit in reply.hits],
    }


def _short_hit(hit: Hit) -> dict[str, Any]:
    entry = hit.entry
    return {"id": entry.id, "question": entry.question, "answer": entry.answer, "score": round(hit.score, 4)}


def _full_reply(reply: Reply, clinic: Settings, explain: bool) -> dict[str, Any]:
    card = card_for(reply.safety, clinic.lines, english)
    shown = _short_reply(reply) | {"card": card_as_json(card) if card else None}
    if explain:
        shown |= assessment_as_json(reply.safety) | {
            "reason": reply.reason,
            "why": {hit.entry.id: hit.why for hit in reply.hits},
        }
    return shown


def _show_reply(reply: Reply, clinic: Settings, explain: bool) -> None:
    out = console()
    card = card_for(reply.safety, clinic.lines, english)
    if card:
        out.print(f"[bold white on red]{escape(card_as_text(card))}[/]\n")
    if explain:
        out.print(f"[dim]safety: {escape(assessment_as_text(reply.safety))}[/]")
        out.print(f"[dim]outcome: {reply.outcome} ({escape(reply.reason)})[/]\n")
    if reply.outcome != "answer" and not reply.safety.means:
        out.print("No answer here.\n")
    for place, hit in enumerate(reply.hits, start=1):
        out.print(f"[bold]{place}. {escape(hit.entry.question)}[/]  [dim]{hit.entry.id}  {hit.score:.2f}[/]")
        out.print(f"   {_marked(hit)}")
        out.print(f"   [dim]{escape(hit.entry.source)}[/]")
        if explain:
            out.print(f"   [dim]matched: {escape(', '.join(hit.why))}[/]")


def _marked(hit: Hit) -> str:
    pieces = []
    at = 0
    for start, end in hit.highlights:
        pieces += [escape(hit.sentence[at:start]), f"[bold yellow]{escape(hit.sentence[start:end])}[/]"]
        at = end
    return "".join([*pieces, escape(hit.sentence[at:])])
