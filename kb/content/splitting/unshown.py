"""Questions of a page's mark-up for machines whose answers its readers do not see."""

import re

from kb.content.documents import Document, PublishedQuestion
from kb.content.sentences import sentence_spans

LETTERS = re.compile(r"[^\W_]+")
SHARE_SHOWN = 0.5  # of an answer's sentences; a page may word the rest in another way


def unshown_questions(document: Document) -> tuple[PublishedQuestion, ...]:
    """Return the publisher's questions whose answers stand nowhere in the document: no entry can hold one."""
    if not document.published_questions:
        return ()
    shown = _key(document.text)
    return tuple(pair for pair in document.published_questions if not _is_shown(pair.answer, shown))


def _is_shown(answer: str, shown: str) -> bool:
    keys = [key for first, last in sentence_spans(answer) if (key := _key(answer[first:last])).strip()]
    found = sum(key in shown for key in keys)
    return found >= SHARE_SHOWN * len(keys)


def _key(text: str) -> str:
    return f" {' '.join(LETTERS.findall(text.casefold()))} "
