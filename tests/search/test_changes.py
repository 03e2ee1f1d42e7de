"""A change is in the log whole or not at all."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import KbError
from kb.search.building import build
from kb.search.generation import Contents
from kb.search.index.changes import FILE_NAME, Change, append_changes, read_changes
from kb.search.opening import open_current
from tests.changing import publish, withdraw
from tests.conftest import ROOT
from tests.entries import FASTING_ENTRY, PARKING_ENTRY, THREE, VISITS_ENTRY, entry

PUBLISHED = Change(PARKING_ENTRY.id, PARKING_ENTRY)
ANOTHER = Change(FASTING_ENTRY.id, FASTING_ENTRY)
WITHDRAWN = Change(VISITS_ENTRY.id, replaced_by=PARKING_ENTRY.id)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of all three, for tests to copy."""
    made = tmp_path_factory.mktemp("built")
    build(made, Contents(THREE, list, dict, dict))
    return made


@pytest.fixture
def index(built: Path, tmp_path: Path) -> Path:
    copytree(built, tmp_path, dirs_exist_ok=True)
    return tmp_path


def log_of(index: Path) -> Path:
    return index / open_current(index).name / FILE_NAME


def test_changes_are_read_back_in_order_from_any_line_on(tmp_path: Path) -> None:
    append_changes(tmp_path, [PUBLISHED])
    first = read_changes(tmp_path)
    append_changes(tmp_path, [WITHDRAWN])
    assert first.changes == (PUBLISHED,)
    assert read_changes(tmp_path, first.end).changes == (WITHDRAWN,)
    assert read_changes(tmp_path).changes == (PUBLISHED, WITHDRAWN)


@given(st.data())
def test_changes_made_together_are_there_whole_or_cut_off_by_the_next_writer(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("torn")
    append_changes(folder, [PUBLISHED])
    whole = (folder / FILE_NAME).read_bytes()
    append_changes(folder, [WITHDRAWN, ANOTHER])
    both = (folder / FILE_NAME).read_bytes()
    (folder / FILE_NAME).write_bytes(both[: data.draw(st.integers(len(whole), len(both) - 1))])
    assert read_changes(folder).changes == (PUBLISHED,)
    append_changes(folder, [WITHDRAWN, ANOTHER])
    assert (folder / FILE_NAME).read_bytes() == both


def test_a_damaged_line_is_not_trusted(tmp_path: Path) -> None:
    append_changes(tmp_path, [PUBLISHED, WITHDRAWN])
    damaged = (tmp_path / FILE_NAME).read_bytes().replace(b"behind the house", b"beside the house")
    (tmp_path / FILE_NAME).write_bytes(damaged)
    assert read_changes(tmp_path).changes == ()


def test_a_change_behind_a_damaged_line_is_refused(index: Path) -> None:
    withdraw(index, PARKING_ENTRY.id)
    log = log_of(index)
    log.write_bytes(log.read_bytes().replace(b"100001", b"100009"))
    with pytest.raises(KbError, match="is not as it was written: run"):
        withdraw(index, VISITS_ENTRY.id)


def test_a_change_is_refused_where_nothing_was_built(tmp_path: Path) -> None:
    with pytest.raises(KbError, match="indexer.py build"):
        publish(tmp_path, PARKING_ENTRY)


def test_many_changes_leave_few_segments(index: Path) -> None:
    keeper = open_current(index)
    for number in range(20):
        publish(index, entry(id=f"2000{number:02}", question=f"What is rule {number}?"))
        keeper = keeper.refreshed()
    withdraw(index, "200007")
    keeper = keeper.refreshed()
    assert keeper.live.count() == len(THREE) + 19
    assert len(keeper.live.collection.segments) <= 6
    assert keeper.entry("200007") is None
    assert keeper.entry("200019") == entry(id="200019", question="What is rule 19?")


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from tests.changing import publish
from tests.entries import PARKING_ENTRY
for version in range(2, 100_000):
    publish(Path(sys.argv[1]), replace(PARKING_ENTRY, version=version))
    print(version, flush=True)
"""


@pytest.fixture
def writer(index: Path) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WRITER, str(index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        yield process
        process.kill()


def test_a_killed_writer_leaves_the_old_state_or_the_new(index: Path, writer: subprocess.Popen[str]) -> None:
    assert writer.stdout is not None
    said = [int(writer.stdout.readline()) for _ in range(20)]
    writer.send_signal(signal.SIGKILL)
    said += [int(line) for line in writer.stdout.read().splitlines()]
    opened = open_current(index)
    # What it said is on disk; of what it had begun, all or nothing.
    assert opened.entry(PARKING_ENTRY.id) in [
        replace(PARKING_ENTRY, version=version) for version in (said[-1], said[-1] + 1)
    ]
    publish(index, VISITS_ENTRY)
    assert opened.refreshed().entry(VISITS_ENTRY.id) == VISITS_ENTRY


def test_a_build_starts_with_a_clean_log(index: Path) -> None:
    withdraw(index, PARKING_ENTRY.id)
    build(index, Contents(THREE, list, dict, dict))
    assert read_changes(log_of(index).parent).changes == ()
    assert open_current(index).entry(PARKING_ENTRY.id) == PARKING_ENTRY
