"""How an article's words are shown: an answer with its lists and tables, and a page less what is withheld."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from kb.content.documents import Document, Reason, Span
from kb.content.entries import Entry
from kb.content.layout import Piece, pieces_of, pieces_of_text
from kb.content.rendering import Gap, Passage, article_html, passage_html, plain_html
from kb.content.withholding import merged, without

NO_NOTICES: Mapping[Reason, str] = MappingProxyType({})


def answer_html(entry: Entry, document: Document | None) -> str:
    """Return the answer as sanitised HTML, laid out as in the document that holds it."""
    return plain_html(entry.answer) if document is None else passage_html(document, entry.start, entry.end)


def pieces(entry: Entry, text: str, document: Document | None) -> tuple[Piece, ...]:
    """Return how `text`, a part of the answer, is laid out in the document; its lines where there is none."""
    at = entry.answer.find(text)
    if at < 0 or document is None:
        return pieces_of_text(text)
    start = entry.start + at
    return pieces_of(document, start, start + len(text))


def page_html(
    document: Document,
    served: Sequence[Entry],
    checked: Iterable[Entry],
    highlighted: str,
    notices: Mapping[Reason, str],
) -> str:
    """Return the document as sanitised HTML, with a notice (inline HTML) for each stretch that is withheld.

    Left out is what was withdrawn, and what is being checked: that of the document and of the entries `checked`; but
    not what one of the `served` entries says as well. The passage of the entry with the id `highlighted` is marked.
    """
    marked = [
        Passage(id=entry.id, start=entry.start, end=entry.end, highlighted=entry.id == highlighted)
        for entry in served
    ]
    shown = [(entry.start, entry.end) for entry in served]
    gaps = [
        Gap(start, end, notices.get(reason, ""))
        for reason, spans in _withheld_spans(document, checked).items()
        for start, end in without(spans, shown)
    ]
    return article_html(document, marked, sorted(gaps, key=lambda gap: gap.start))


def _withheld_spans(document: Document, checked: Iterable[Entry]) -> dict[Reason, list[Span]]:
    """Return the spans of a document that are not shown, no word of one in another."""
    doubted = [span for one in document.withheld if one.reason == "checked" for span in one.spans]
    doubted += [(one.start, one.end) for one in checked]
    withdrawn = [span for one in document.withheld if one.reason == "withdrawn" for span in one.spans]
    return {"withdrawn": merged(withdrawn), "checked": without(doubted, withdrawn)}
