"""The tables of the records. `migrations` holds the way to them from every earlier shape."""

from datetime import date

from sqlalchemy import Date, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """What the tables share: their metadata."""


class FeedbackRow(Base):
    """One press of "Yes" or "No" under an answer."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(String(100), index=True)
    helpful: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(500))
    lang: Mapped[str] = mapped_column(String(20))  # of the page, BCP 47
    day: Mapped[date] = mapped_column(Date)
    # What made the form, so that it counts once. Drawn at random: it says nothing of who pressed.
    token: Mapped[str] = mapped_column(String(40), unique=True)
