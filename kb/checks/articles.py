"""One article with its entries, as checks see it: each entry with the line that it stands on."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kb.content.documents import Document
from kb.content.entries import Entry

# What is, or may soon be, before the public.
LIVE = frozenset({"draft", "published"})


@dataclass(frozen=True, slots=True)
class Checked:
    """A live entry, where it stands, and the article that it is of (None for imported rows)."""

    entry: Entry
    place: str  # "articles/parking.qa.toml:12"
    document: Document | None

    @property
    def published(self) -> bool:
        return self.entry.status == "published"


@dataclass(frozen=True, slots=True)
class Today:
    """What checks compare with."""

    date: date
    grade: float  # the highest reading grade that is not worth a word
    allowed_words: frozenset[str]  # medical words that patients know; they count as easy


def line_of(path: Path, entry_id: str) -> int:
    """Return the line of an entries file that names this id, 1 when none does."""
    pattern = re.compile(rf"^\s*id\s*=\s*[\"']{re.escape(entry_id)}[\"']")
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        if pattern.match(line):
            return number
    return 1
