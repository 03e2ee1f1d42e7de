"""The records: what is kept of what people did."""

import fcntl
import os
import time
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from kb.errors import KbError
from kb.records import Feedback, open_records, read_or_make_key, scrubbed
from kb.records.feedback import LONGEST_REASON
from kb.records.tables import Base

SAID = Feedback("200001", True, "Clear.", "en", date(2026, 3, 1), "token-1")


def rows(path: Path) -> list[tuple[object, ...]]:
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            found = connection.execute(
                text("SELECT entry_id, helpful, reason, lang, day, token FROM feedback")
            )
            return [tuple(row) for row in found]
    finally:
        engine.dispose()


def test_what_was_said_is_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "var" / "records.db"
    records = open_records(f"sqlite:///{path}")
    assert records.add_feedback(SAID) is True
    assert records.add_feedback(SAID) is False
    records.close()
    assert rows(path) == [("200001", 1, "Clear.", "en", "2026-03-01", "token-1")]
    assert path.stat().st_mode & 0o777 == 0o600


def test_records_are_there_after_they_were_opened_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'records.db'}"
    for token in ("a", "b"):
        records = open_records(url)
        records.add_feedback(Feedback("1", False, "", "es", date(2026, 3, 2), token))
        records.close()
    assert [row[-1] for row in rows(tmp_path / "records.db")] == ["a", "b"]


def test_the_migrations_lead_to_the_tables_of_today(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'records.db'}"
    open_records(url).close()
    engine = create_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_what_cannot_be_opened_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no database", encoding="utf-8")
    for url, place in (
        ("no address", "no address"),
        (f"sqlite:///{tmp_path}/file", f"sqlite:///{tmp_path}/file"),
        (f"sqlite:///{tmp_path}/file/records.db", f"sqlite:///{tmp_path}/file/records.db"),
    ):
        with pytest.raises(KbError) as raised:
            open_records(url)
        assert raised.value.place == place
        assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("reason", "kept"),
    [
        ("Too\n long.", "Too long."),
        ("Write to ann@example.org please", "Write to […] please"),
        ("ann@example.org, @ann and ann@ home", "[…] @ann and ann@ home"),
        ("Call 617-555-0100 or +1 (617) 555 0100.", "Call […] or […]."),
        ("70% of 40 people in 2026", "70% of 40 people in 2026"),
        ("", ""),
    ],
)
def test_a_reason_is_kept_without_what_names_a_person(reason: str, kept: str) -> None:
    assert scrubbed(reason) == kept


@pytest.mark.parametrize("piece", ["x", "x@", "1(", "1 2 3 4 5 x", "1-", "@ ", "\u00e9"])
def test_ten_times_as_long_a_reason_takes_about_ten_times_as_long(piece: str) -> None:
    def seconds(length: int) -> float:
        reason = (piece * length)[:length]
        times = []
        for _ in range(5):
            start = time.process_time()
            scrubbed(reason)
            times.append(time.process_time() - start)
        return min(times)

    # Where each letter looks at all the others, it would take a hundred times as long.
    assert seconds(40_000) < 40 * seconds(4_000)


@given(st.text(max_size=2000))
def test_a_reason_is_one_short_line(reason: str) -> None:
    kept = scrubbed(reason)
    assert len(kept) <= LONGEST_REASON
    assert len(kept.splitlines()) <= 1


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret.key"
    key = read_or_make_key(path)
    assert len(key) == 32
    assert read_or_make_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600


def is_locked(folder: Path) -> bool:
    """Return whether other processes would have to wait before they write in the folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def test_of_processes_that_start_at_once_one_makes_the_key_and_none_sees_a_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secret.key"
    seen = []

    def drawn(count: int) -> bytes:
        seen.append((is_locked(tmp_path), path.exists()))
        return b"k" * count

    monkeypatch.setattr("kb.records.secrets.secrets.token_bytes", drawn)
    assert read_or_make_key(path) == b"k" * 32
    assert seen == [(True, False)]
    assert not is_locked(tmp_path)


def test_of_processes_that_start_at_once_one_makes_the_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def upgrade(*_: object) -> None:
        seen.append(is_locked(tmp_path))

    monkeypatch.setattr("kb.records.database.command.upgrade", upgrade)
    open_records(f"sqlite:///{tmp_path / 'records.db'}").close()
    assert seen == [True]
    assert not is_locked(tmp_path)


def test_a_key_that_others_can_read_or_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    read_or_make_key(path)
    path.chmod(0o644)
    with pytest.raises(KbError, match="no secret"):
        read_or_make_key(path)
    path.chmod(0o600)
    path.write_bytes(b"short")
    with pytest.raises(KbError, match="is no key"):
        read_or_make_key(path)
    with pytest.raises(KbError, match="cannot be read or made"):
        read_or_make_key(path / "below" / "a file")
