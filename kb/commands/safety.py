"""`safety` and `train-safety`: what a query says of danger, and the model that helps to tell."""

from pathlib import Path

import click
from rich.markup import escape

from kb.commands.console import console, notes, show_json
from kb.commands.options import SETTINGS
from kb.safety import Assessment, assess
from kb.safety.cards import card_as_json, card_as_text, card_for, english
from kb.settings import read_settings


@click.command()
@click.argument("query")
@SETTINGS
@click.option("--json", "as_json", is_flag=True, help="Print the assessment as JSON.")
def safety(query: str, settings: Path, as_json: bool) -> None:
    """Say what QUERY tells of danger: crisis, emergency or none, which layer decided, on which words.

    Nothing is searched and nothing is kept.

    \b
    Examples:
      indexer.py safety "everyone would be better off without me"
      indexer.py safety "does ketamine reduce suicidal thoughts"
    """
    assessment = assess(query)
    card = card_for(assessment, read_settings(settings).lines, english)
    if as_json:
        show_json(assessment_as_json(assessment) | {"card": card_as_json(card) if card else None})
        return
    console().print(f"[bold]{escape(assessment_as_text(assessment))}[/]", soft_wrap=True)
    if card:
        console().print(f"\n{escape(card_as_text(card))}")


def assessment_as_text(assessment: Assessment) -> str:
    """Return the assessment in one line."""
    means = ", asks about means" if assessment.means else ""
    decided = f", decided by {assessment.layer}" if assessment.layer else ""
    words = f" on: {', '.join(assessment.words)}" if assessment.words else ""
    return f"{assessment.level}{means}{decided}{words}"


def assessment_as_json(assessment: Assessment) -> dict[str, object]:
    """Return the assessment as a program reads it."""
    return {
        "safety": assessment.level,
        "means": assessment.means,
        "layer": assessment.layer,
        "words": list(assessment.words),
    }


@click.command("train-safety")
def train_safety() -> None:
    """Train the safety model from the examples in kb/safety/data/examples.

    Writes kb/safety/data/model.json: readable numbers, the same on every machine. A third of the
    examples, whole patterns of them, is held back from training for measuring.
    """
    # Only here: training needs numpy and the examples, judging a query does not.
    from kb.safety.training import train_and_write  # noqa: PLC0415

    train_and_write()
    notes().print("Trained. Look at the figures next: make bench")
