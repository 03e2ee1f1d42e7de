"""Split a document into entries: each passage with the question that it answers, in a reader's words."""

from dataclasses import dataclass

from kb.content.collecting import held_back
from kb.content.documents import Document, PublishedQuestion
from kb.content.entries import Entry
from kb.content.splitting.drafting import draft_entries
from kb.content.splitting.passages import Drop
from kb.content.splitting.splitter import Splitter
from kb.content.splitting.unshown import unshown_questions

__all__ = ["Drop", "Split", "explain_split", "split_entries"]


@dataclass(frozen=True, slots=True)
class Split:
    """What came of a document: its draft entries, what no entry holds and why, and why there are no entries.

    `unshown` are questions that the publisher marked up for machines only: an answer must be the page's own words.
    """

    entries: tuple[Entry, ...]
    dropped: tuple[Drop, ...]
    nothing_because: str = ""
    unshown: tuple[PublishedQuestion, ...] = ()


def split_entries(document: Document) -> list[Entry]:
    """Return a document's draft entries in reading order; every answer is `text[start:end]`. Never raises."""
    return list(explain_split(document).entries)


@held_back()
def explain_split(document: Document) -> Split:
    """Return a document's draft entries, and each stretch that was left out with the reason."""
    splitter = Splitter(document)
    passages = splitter.passages()
    dropped = tuple(sorted(splitter.dropped, key=lambda drop: (drop.start, drop.end)))
    unshown = unshown_questions(document)
    reason = "" if passages else _reason(document, dropped, len(unshown))
    return Split(tuple(draft_entries(document, passages, splitter.names)), dropped, reason, unshown)


def _reason(document: Document, dropped: tuple[Drop, ...], unshown: int) -> str:
    if unshown:
        return (
            f"its FAQ ({unshown}) stands only in data for machines, which readers do not see; "
            "write its answers into the article"
        )
    if all(block.kind == "heading" for block in document.blocks):
        return "it holds headings and nothing under them"
    reasons = {drop.reason for drop in dropped}
    return (
        f"all of it is left out ({'; '.join(sorted(reasons))})"
        if reasons
        else "no passage answers a question"
    )
