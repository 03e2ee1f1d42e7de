"""A `publish` that is killed leaves the entries file and the index each as it was or as it was to be."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer import main
from kb.asking import KnowledgeBase
from kb.errors import IndexUnavailable
from kb.settings import Settings
from tests.conftest import ROOT

ARTICLE = """\
# Visits

## How long is a first visit?

A first visit takes one hour. Bring a list of your medicines.

## Can I eat before an infusion?

Do not eat for four hours before an infusion. Water is fine.

## Where can I park?

You can park behind the house. Parking is free for patients.
"""

# Runs `publish` in copies of a folder, each in a child that kills itself with SIGKILL at one more step: before it opens
# a file of the folder to write, renames one, cuts one short or syncs it, and in the middle of a write.
KILLER = """
import json, os, shutil, signal, sys
from itertools import count
from pathlib import Path
from indexer import main

base, stride = Path(sys.argv[1]), int(sys.argv[2])
WRITING = os.O_WRONLY | os.O_RDWR

def publish(folder, last):
    os.chdir(folder)
    left = last

    def inside(place):
        name = os.readlink(f"/proc/self/fd/{place}") if isinstance(place, int) else os.fsdecode(place)
        return os.path.abspath(name).startswith(str(folder))

    def step():
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def audited(event, arguments):
        writes = event in {"os.rename", "os.mkdir", "os.truncate"} or (
            event == "open" and arguments[2] & WRITING
        )
        if writes and inside(arguments[0]):
            step()

    def write(handle, data, original=os.write):
        if inside(handle) and left == 1:
            original(handle, data[: len(data) // 2])
        if inside(handle):
            step()
        return original(handle, data)

    def fsync(handle):
        # What a killed process wrote is there for others, synced or not.
        if inside(handle):
            step()

    os.write, os.fsync = write, fsync
    sys.addaudithook(audited)
    main(["publish", "visits.md"])

# What is loaded once is loaded before the children come, so that none of them has to.
warm = base.with_name(f"{base.name}-warm")
shutil.copytree(base, warm)
os.chdir(warm)
main(["publish", "visits.md"], standalone_mode=False)

for last in count(1, stride):
    folder = base.with_name(f"{base.name}-{last}")
    shutil.copytree(base, folder)
    child = os.fork()
    if child == 0:
        publish(folder, last)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    print(json.dumps([str(folder), os.waitstatus_to_exitcode(status)]), flush=True)
    if not os.WIFSIGNALED(status):
        break
"""

State = tuple[bytes, dict[str, str] | None]


def run(folder: Path, *arguments: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output


def entries_file(folder: Path) -> bytes:
    return (folder / "articles" / "visits.qa.toml").read_bytes()


def served(folder: Path) -> dict[str, str] | None:
    """The answers by question that are found; None when there is no index."""
    try:
        knowledge_base = KnowledgeBase(Settings(), folder / "var" / "index")
        article = knowledge_base.article("visits")
    except IndexUnavailable:
        return None
    return {} if article is None else {entry.question: entry.answer for entry in article.entries}


def killed_at_each_step(base: Path, stride: int) -> list[Path]:
    """Publish in copies of `base`, killed at every `stride`-th step; return the copies, the last one whole."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(base.parent)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", KILLER, str(base), str(stride)],
        env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    assert [code for _, code in lines] == [-9] * (len(lines) - 1) + [0], done.stderr
    return [Path(folder) for folder, _ in lines]


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "clinic"
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "visits.md").write_text(ARTICLE)
    run(folder, "split", "articles/visits.md", "--write")
    return folder


def check_states(base: Path, stride: int) -> None:
    *killed, whole = killed_at_each_step(base, stride)
    old_file, old_index = entries_file(base), served(base)
    new_file, new_index = entries_file(whole), served(whole)
    assert (new_file, new_index) != (old_file, old_index)
    states = []
    for folder in killed:
        file, index = entries_file(folder), served(folder)
        assert file in (old_file, new_file), folder
        assert index in (old_index, new_index), folder
        states.append((file == new_file, index == new_index))
    # The file is the truth and goes first: the index never says what no file says.
    assert states == sorted(states)
    assert (False, True) not in states
    # One of each state, the latest: it has most that was left half done.
    for folder in dict(zip(states, killed, strict=True)).values():
        run(folder, "publish", "visits.md")
        assert (entries_file(folder), served(folder)) == (new_file, new_index), folder


def test_entries_added_to_an_index_are_all_there_or_none(clinic: Path) -> None:
    first = entries_file(clinic).decode().split('id = "')[1][:6]
    run(clinic, "publish", "visits.md", first)
    assert list(served(clinic) or ()) == ["How long is a first visit?"]
    check_states(clinic, 1)


def test_the_first_index_of_all_is_there_or_not(clinic: Path) -> None:
    assert served(clinic) is None
    check_states(clinic, 13)
