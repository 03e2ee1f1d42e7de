"""The commands in the docs work, and say what the docs say they do."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
PAGES = sorted(
    path for path in (ROOT / "docs").glob("*.md") if CONSOLE.search(path.read_text(encoding="utf-8"))
)


@pytest.mark.parametrize("guide", PAGES, ids=lambda guide: guide.name)
def test_commands_run_and_print_what_is_shown(guide: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "articles", tmp_path / "articles")
    shutil.copy(ROOT / "kb.toml", tmp_path)
    for block in CONSOLE.findall(guide.read_text(encoding="utf-8")):
        command, *shown = block.splitlines()
        words = command.removeprefix("$ .venv/bin/python indexer.py ")
        done = subprocess.run(
            f"{sys.executable} {ROOT / 'indexer.py'} {words}",
            shell=True,
            check=False,
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        missing = [line for line in shown if line.strip() not in done.stdout + done.stderr]
        assert missing == []


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
        assert [target for target in targets if not (page.parent / target).exists()] == []
