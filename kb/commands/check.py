"""`check`: everything that an editor must look at."""

from datetime import date
from pathlib import Path

import click

from kb.checks import check_folder
from kb.commands.console import notes, show_finding, show_json
from kb.commands.options import ARTICLES, SETTINGS
from kb.settings import read_settings


@click.command()
@ARTICLES
@SETTINGS
@click.option("--json", "as_json", is_flag=True, help="Print a finding a line as JSON.")
def check(articles: Path, settings: Path, as_json: bool) -> None:
    """Check the articles and their entries before patients do.

    What blocks must be mended: an answer that is not the article's text, a missing source, a number on how
    well something works without a disclosure. The rest is worth a look. Exit code 1 when something blocks.

    \b
    Example:
      indexer.py check --articles articles
    """
    findings = check_folder(articles, read_settings(settings), date.today())
    for finding in findings:
        if as_json:
            show_json({name: getattr(finding, name) for name in finding.__dataclass_fields__})
        else:
            show_finding(finding)
    blocking = sum(finding.blocks for finding in findings)
    notes().print(f"{len(findings)} findings, {blocking} of them block.")
    if blocking:
        raise SystemExit(1)
