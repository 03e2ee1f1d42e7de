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


def article_path(articles: Path, article: str) -> Path:
    """Return the file that ARTICLE names: one in the folder of articles by its name, or a path as it stands."""
    return articles / article if Path(article).name == article else Path(article)
