"""A generation is switched as a whole, and only a sound one serves."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.content.entries import Entry
from kb.errors import IndexUnavailable, KbError
from kb.search.building import build
from kb.search.generation import Contents
from kb.search.opening import Keeper, open_current
from tests.changing import withdraw
from tests.entries import FASTING_ENTRY, PARKING_ENTRY, THREE, VISITS_ENTRY


def contents(*entries: Entry) -> Contents:
    return Contents(entries, list, dict, dict)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of all three, for tests to copy."""
    made = tmp_path_factory.mktemp("built")
    build(made, contents(*THREE))
    return made


def test_a_built_generation_gives_back_its_entries(tmp_path: Path) -> None:
    build(tmp_path, contents(*THREE))
    opened = open_current(tmp_path)
    assert [opened.entry(entry.id) for entry in THREE] == list(THREE)
    assert opened.entry("999999") is None


def test_readers_keep_serving_during_a_build_and_then_see_the_new_one(tmp_path: Path) -> None:
    build(tmp_path, contents(PARKING_ENTRY))
    keeper = Keeper(tmp_path)
    first = keeper.current().name
    seen_during_build = []

    def entries() -> Iterator[Entry]:
        for entry in THREE:
            seen_during_build.append(keeper.current().name)
            yield entry

    manifest = build(tmp_path, Contents(entries(), list, dict, dict))
    assert seen_during_build == [first] * 3
    assert keeper.current().name == manifest.name


def test_a_build_that_fails_leaves_the_old_one_serving_and_nothing_behind(tmp_path: Path) -> None:
    build(tmp_path, contents(PARKING_ENTRY))
    before = sorted(path.name for path in tmp_path.iterdir())

    def entries() -> Iterator[Entry]:
        yield PARKING_ENTRY
        raise OSError(28, "No space left on device")

    with pytest.raises(KbError, match="No space left on device"):
        build(tmp_path, Contents(entries(), list, dict, dict))
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert open_current(tmp_path).manifest.entries == 1


def test_the_last_two_generations_are_kept(tmp_path: Path) -> None:
    names = [build(tmp_path, contents(PARKING_ENTRY)).name for _ in range(4)]
    kept = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    assert len(kept) == 2
    assert names[-1] in kept


def test_what_a_killed_build_left_is_removed_before_a_whole_generation(tmp_path: Path) -> None:
    first = build(tmp_path, contents(PARKING_ENTRY)).name
    (tmp_path / "99990101T000000-abcdef" / "whoosh").mkdir(parents=True)
    second = build(tmp_path, contents(PARKING_ENTRY)).name
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {first, second}


def test_what_a_build_did_not_make_is_left_alone(tmp_path: Path) -> None:
    others = {"articles", "photos", "zoo", "20260101T000000-abcdef", "20260101T000000-abcdef-notes"}
    for other in others:
        (tmp_path / other).mkdir()
    (tmp_path / "photos" / "manifest.json").write_text("{}")
    for _ in range(3):
        build(tmp_path, contents(PARKING_ENTRY))
    kept = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    assert others < kept
    assert len(kept - others) == 2


@pytest.mark.parametrize(
    "torn",
    [
        "manifest.json", "articles.json", "gone.json", "terms.json", "common.json", "table/answer.entries.npy", "table/words.txt",
        "table/names.rows.npy", "vectors/sentences.npy", "changes.jsonl",
    ],
)  # fmt: skip
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_torn_generation_is_refused(built: Path, tmp_path: Path, torn: str, damage: str) -> None:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    path = tmp_path / (tmp_path / "current").read_text() / torn
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        path.unlink()
    with pytest.raises(IndexUnavailable, match="indexer.py build"):
        open_current(tmp_path)


def test_a_torn_new_generation_leaves_the_open_one_serving_and_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = build(tmp_path, contents(PARKING_ENTRY)).name
    keeper = Keeper(tmp_path)
    assert keeper.current().name == first
    second = build(tmp_path, contents(*THREE)).name
    (tmp_path / second / "gone.json").unlink()
    assert [keeper.current().name for _ in range(3)] == [first] * 3
    torn = f"{tmp_path / second / 'gone.json'}: is not as it was built"
    assert [record.getMessage() for record in caplog.records] == [
        f'{torn}: run "indexer.py build" to make a new one; generation {first} serves on'
    ]
    assert str(keeper.failure).startswith(torn)
    third = build(tmp_path, contents(*THREE)).name
    assert keeper.current().name == third
    assert keeper.failure is None
    assert len(caplog.records) == 1


def built_of(index: Path, *entries: Entry, **sources: str) -> str:
    return build(index, Contents(entries, list, dict, lambda: sources)).name


def test_a_process_that_starts_at_a_torn_generation_serves_one_that_says_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = built_of(tmp_path, *THREE, parking="1")
    second = built_of(tmp_path, *THREE, parking="1")
    withdraw(tmp_path, VISITS_ENTRY.id)
    (tmp_path / second / "table" / "words.txt").write_bytes(b"")
    keeper = Keeper(tmp_path)
    assert [keeper.current().name for _ in range(2)] == [first] * 2
    assert len(caplog.records) == 1
    assert str(keeper.failure).startswith(
        f"{tmp_path / second / 'table' / 'words.txt'}: is not as it was built"
    )
    # What was withdrawn before the start, and what is from then on.
    withdraw(tmp_path, FASTING_ENTRY.id)
    served = [keeper.current().entry(entry.id) for entry in THREE]
    assert served == [PARKING_ENTRY, None, None]
    assert keeper.current().gone == {VISITS_ENTRY.id: "", FASTING_ENTRY.id: ""}


@pytest.mark.parametrize(
    ("entries", "source", "damage"),
    [
        pytest.param(THREE, "2", {"gone.json": b""}, id="a file was edited between"),
        pytest.param(THREE[:2], "1", {"gone.json": b""}, id="the older one held drafts"),
        pytest.param(THREE, "1", {"manifest.json": b"{}"}, id="what it was built from is not known"),
        pytest.param(THREE, "1", {"gone.json": b"", "changes.jsonl": b""}, id="withdrawals are lost"),
    ],
)
def test_nothing_serves_that_may_say_what_was_withdrawn(
    tmp_path: Path, entries: tuple[Entry, ...], source: str, damage: dict[str, bytes]
) -> None:
    built_of(tmp_path, *THREE, parking="1")
    torn = built_of(tmp_path, *entries, parking=source)
    for name, data in damage.items():
        (tmp_path / torn / name).write_bytes(data)
    with pytest.raises(IndexUnavailable, match="indexer.py build"):
        Keeper(tmp_path).current()


@pytest.mark.parametrize("kept", [0.5, 0.99])
def test_a_torn_log_beside_a_torn_generation_may_hide_a_withdrawal(tmp_path: Path, kept: float) -> None:
    built_of(tmp_path, *THREE, parking="1")
    torn = tmp_path / built_of(tmp_path, *THREE, parking="1")
    withdraw(tmp_path, VISITS_ENTRY.id)
    (torn / "gone.json").unlink()
    log = (torn / "changes.jsonl").read_bytes()
    (torn / "changes.jsonl").write_bytes(log[: int(kept * len(log))])
    with pytest.raises(IndexUnavailable):
        Keeper(tmp_path).current()


def test_what_is_withdrawn_beside_a_torn_generation_is_gone_from_the_one_that_serves_on(
    tmp_path: Path,
) -> None:
    built_of(tmp_path, *THREE, parking="1")
    keeper = Keeper(tmp_path)
    assert keeper.current().entry(VISITS_ENTRY.id) == VISITS_ENTRY
    torn = built_of(tmp_path, *THREE, parking="2")
    (tmp_path / torn / "gone.json").unlink()
    assert keeper.current().entry(VISITS_ENTRY.id) == VISITS_ENTRY
    withdraw(tmp_path, VISITS_ENTRY.id)
    assert keeper.current().entry(VISITS_ENTRY.id) is None


def test_no_message_on_a_torn_generation_quotes_a_parser(tmp_path: Path) -> None:
    name = build(tmp_path, contents(*THREE)).name
    (tmp_path / name / "manifest.json").write_text("{}")
    with pytest.raises(IndexUnavailable) as raised:
        open_current(tmp_path)
    path = tmp_path / name / "manifest.json"
    assert str(raised.value) == f'{path}: is not as it was built: run "indexer.py build" to make a new one'


def test_a_deleted_index_goes_on_serving_what_is_open(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path)
    build(tmp_path, contents(*THREE))
    opened = keeper.current()
    shutil.rmtree(tmp_path)
    assert keeper.current().name == opened.name
    assert opened.entry(PARKING_ENTRY.id) == PARKING_ENTRY


def test_a_generation_that_others_can_write_to_is_refused(tmp_path: Path) -> None:
    name = build(tmp_path, contents(PARKING_ENTRY)).name
    (tmp_path / name).chmod(0o777)
    with pytest.raises(IndexUnavailable, match="written by others"):
        open_current(tmp_path)


@pytest.mark.parametrize("pointer", ["", "../elsewhere", "no-such"])
def test_a_pointer_to_nowhere_is_refused(tmp_path: Path, pointer: str) -> None:
    (tmp_path / "current").write_text(pointer)
    with pytest.raises(IndexUnavailable):
        open_current(tmp_path)


def test_an_empty_knowledge_base_can_be_built_and_opened(tmp_path: Path) -> None:
    build(tmp_path, contents())
    assert open_current(tmp_path).manifest.entries == 0
