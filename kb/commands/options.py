"""Options that several commands share."""

from pathlib import Path

import click

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
    show_default=True,
    help="The folder of the built index.",
)
SETTINGS = click.option(
    "--settings",
    type=click.Path(path_type=Path),
    default=Path("kb.toml"),
    show_default=True,
    help="The clinic's settings.",
)
