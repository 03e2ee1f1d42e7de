"""Changes in place, one entry at a time."""

from pathlib import Path

from kb.content.documents import Document
from kb.content.entries import Entry
from kb.search.index.changes import Change
from kb.search.opening import change_entries


def publish(index: Path, entry: Entry, document: Document | None = None) -> None:
    """Make the entry findable, in place of any with its id."""
    change_entries(index, [Change(entry.id, entry, document)])


def withdraw(index: Path, entry_id: str) -> None:
    """Make the entry unfindable."""
    change_entries(index, [Change(entry_id)])
