"""The commands in the docs work, and say what the docs say they do."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer import main
from tests.conftest import ROOT

TYPED = "$ .venv/bin/python indexer.py "
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
PAGES = sorted(
    path for path in (ROOT / "docs").glob("*.md") if CONSOLE.search(path.read_text(encoding="utf-8"))
)


@pytest.mark.parametrize("guide", PAGES, ids=lambda guide: guide.name)
def test_commands_run_and_print_what_is_shown(
    guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "articles", tmp_path / "articles")
    shutil.copy(ROOT / "kb.toml", tmp_path)
    for block in CONSOLE.findall(guide.read_text(encoding="utf-8")):
        command, *shown = block.splitlines()
        assert command.startswith(TYPED)
        done = CliRunner().invoke(main, shlex.split(command.removeprefix(TYPED)))
        assert done.exit_code == 0, done.output
        missing = [line for line in shown if line.strip() not in done.output]
        assert missing == []


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
        assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_command_is_listed() -> None:
    listed = re.search(r"^\| `indexer.py` \|(.*)\|$", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert listed is not None
    assert re.findall(r"`(.+?)`", listed[1]) == list(main.commands)
    table = re.findall(
        r"^\| `indexer.py ([\w-]+)", (ROOT / "docs" / "operating.md").read_text(), re.MULTILINE
    )
    assert sorted(table) == sorted(main.commands)


def test_every_package_of_the_code_is_on_the_map() -> None:
    packages = {f"kb/{path.parent.name}/" for path in (ROOT / "kb").glob("*/__init__.py")}
    assert {name for name in packages if f"`{name}`" not in (ROOT / "README.md").read_text()} == set()


def test_clean_removes_what_can_be_made_again_and_nothing_else(tmp_path: Path) -> None:
    kept = ["Makefile", "kb/words.py", "var/records.db", "var/records.db-wal"]
    ignored = (ROOT / ".gitignore").read_text().split()
    made = [
        name.replace("*", "any").rstrip("/") + "/file" for name in ignored if name not in ("var/", "*.mo")
    ]
    for name in [
        *kept,
        *made,
        "var/index/current",
        "var/secret.key",
        "kb/translations/es/messages.mo",
        "kb/__pycache__/a",
    ]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    shutil.copy(ROOT / "Makefile", tmp_path)
    subprocess.run(["make", "clean"], cwd=tmp_path, check=True, capture_output=True)
    left = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert left == sorted(kept)
