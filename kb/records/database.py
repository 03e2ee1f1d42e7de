"""Open the records, bring them to the shape of today, write to them and read them."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Engine, create_engine, event, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from kb.errors import KbError
from kb.files import folder_lock
from kb.records.feedback import Feedback
from kb.records.tables import FeedbackRow

MIGRATIONS = Path(__file__).parent / "migrations"


class Records:
    """The records of one clinic. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add_feedback(self, feedback: Feedback) -> bool:
        """Keep `feedback` and return True; return False, and keep nothing, when its token was used before.

        Raises KbError when it cannot be kept.
        """
        row = FeedbackRow(
            entry_id=feedback.entry_id,
            helpful=feedback.helpful,
            reason=feedback.reason,
            lang=feedback.lang,
            day=feedback.day,
            token=feedback.token,
        )
        try:
            with Session(self._engine) as session:
                session.add(row)
                session.commit()
        except IntegrityError:
            return False
        except SQLAlchemyError as error:
            raise _unusable(self._engine.url.render_as_string(), error) from error
        return True

    def feedback(self, since: date = date.min) -> Iterator[Feedback]:
        """Yield what was said from the day `since` on, in the order that it came. Raises KbError when unreadable."""
        asked = select(FeedbackRow).where(FeedbackRow.day >= since).order_by(FeedbackRow.id)
        try:
            with Session(self._engine) as session:
                for row in session.scalars(asked):
                    yield Feedback(row.entry_id, row.helpful, row.reason, row.lang, row.day, row.token)
        except SQLAlchemyError as error:
            raise _unusable(self._engine.url.render_as_string(), error) from error

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def open_records(url: str) -> Records:
    """Open the database at `url` (SQLAlchemy's form), making or updating its tables.

    Raises KbError when that cannot be done.
    """
    try:
        place = make_url(url)
    except ArgumentError as error:
        raise KbError(url, "is no address of a database", 'write it as "sqlite:///var/records.db"') from error
    shown = place.render_as_string()  # hides a password
    try:
        engine = create_engine(place)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
        with _alone(place):
            _migrate(engine)
    except (OSError, SQLAlchemyError) as error:
        raise _unusable(shown, error) from error
    return Records(engine)


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _alone(place: URL) -> Iterator[None]:
    """Keep other processes from bringing the tables of an SQLite file to today's shape at the same time."""
    if place.get_backend_name() != "sqlite" or not place.database:
        yield
        return
    path = Path(place.database)
    path.parent.mkdir(parents=True, exist_ok=True)
    with folder_lock(path.parent):
        with suppress(FileExistsError):
            # Readable by its owner only.
            path.touch(mode=0o600, exist_ok=False)
        yield


def _prepare_sqlite(connection: object, _: object) -> None:
    # Readers do not wait for the one who writes, and who writes waits for another instead of failing.
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()


def _unusable(place: str, error: Exception) -> KbError:
    return KbError(place, f"cannot be used ({error})", "allow writing there, or name another in KB_RECORDS")
