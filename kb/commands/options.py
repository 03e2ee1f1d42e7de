"""Options that several commands share."""

from pathlib import Path

import click

from kb.settings import STANDARD

ARTICLES = click.option(
    "--articles",
    type=click.Path(path_type=Path),
    default=Path("articles"),
    show_default=True,
    help="The folder of articles.",
)
INDEX = click.option(
    "--index",
    type=click.Path(path_type=Path),
    default=Path("var/index"),
    envvar="KB_INDEX",
    show_envvar=True,
    show_default=True,
    help="The folder of the built index.",
)
SETTINGS = click.option(
    "--settings",
    type=click.Path(path_type=Path),
    default=STANDARD,
    envvar="KB_SETTINGS",
    show_envvar=True,
    show_default=True,
    help="The clinic's settings.",
)
