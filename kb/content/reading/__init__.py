"""Read an article file into a Document: decoding, format, blocks, metadata."""

from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup

from kb.content.collecting import held_back
from kb.content.documents import Document, Metadata
from kb.content.reading import docx, markdown, metadata
from kb.content.reading.blocks import Draft, assemble
from kb.content.reading.decoding import clean, decode
from kb.content.reading.front_matter import split_front_matter
from kb.content.reading.html import drafts_of_page, parse
from kb.content.reading.language import language_of
from kb.content.reading.plain import drafts_of_text
from kb.content.reading.structured import published_questions, things_of_page
from kb.content.reading.templates import has_templates, without_tags
from kb.errors import KbError, names_file

__all__ = ["ARTICLE_SUFFIXES", "LARGEST_ARTICLE", "read_bytes", "read_document", "read_text", "unknown_keys"]

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
PAGE_SUFFIXES = frozenset({".html", ".htm"})
ARTICLE_SUFFIXES = MARKDOWN_SUFFIXES | PAGE_SUFFIXES | {".txt", ".docx"}
LARGEST_ARTICLE = 5_000_000  # bytes; a book has one
DEFAULT_LANGUAGE = "en"


def read_document(path: Path) -> Document:
    """Return the article in a file.

    Raises KbError when the file cannot be read, is over 5 MB, is in no known format or encoding, has front matter
    that cannot be used, holds no text, or is too much for a parser.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_ARTICLE:
            raise KbError(
                path, f"is {size / 1e6:.1f} MB; an article may have 5 MB", "split it into several articles"
            )
        data = path.read_bytes()
    except OSError as error:
        raise KbError(
            path, f"cannot be read ({error.strerror or error})", "check its name and permissions"
        ) from error
    try:
        with names_file(path.name):
            return read_bytes(path.name, data)
    except KbError as error:
        # The text knows its file's name only; a person needs the way to it.
        raise KbError(path.parent / error.place, error.problem, error.remedy) from error


def read_bytes(name: str, data: bytes) -> Document:
    """Return the article in the bytes of a file of this name. Raises KbError as `read_document` does."""
    if _suffix(name) == ".docx":
        if not data:
            raise _empty(name)
        return _read_page(name, docx.to_html(name, data), Metadata(lang=""))
    return read_text(name, decode(name, data))


@held_back()
def read_text(name: str, source: str) -> Document:
    """Return the article in the text of a file of this name. Raises KbError as `read_document` does."""
    suffix = _suffix(name)
    if suffix not in ARTICLE_SUFFIXES - {".docx"}:
        known = ", ".join(sorted(ARTICLE_SUFFIXES))
        raise KbError(name, "is in a format that we do not read", f"use one of {known}")
    source = clean(source)
    head = split_front_matter(name, source)
    body, stated = head.body, metadata.of_front_matter(head.values)
    if not body.strip():
        raise _empty(name)
    if suffix == ".txt":
        return _document(name, drafts_of_text(body), stated)
    if has_templates(body):
        body = without_tags(markdown.render_markdown_parts(body))
    if suffix in MARKDOWN_SUFFIXES:
        body = markdown.to_html(body)
    return _read_page(name, body, stated)


def unknown_keys(path: Path) -> list[KbError]:
    """Return what to say of each key of an article's front matter that is not understood.

    The article must be one that `read_document` can read.
    """
    if _suffix(path.name) == ".docx":
        return []
    source = clean(decode(path.name, path.read_bytes()))
    return split_front_matter(path.name, source).unknown(path)


def _suffix(name: str) -> str:
    return Path(name).suffix.lower()


def _read_page(name: str, source: str, stated: Metadata) -> Document:
    page = parse(source)
    things = things_of_page(page)
    known = metadata.joined(stated, metadata.of_page(page, things))
    address = known.source if known.source.startswith(("http://", "https://")) else ""
    questions = published_questions(page, things)
    drafts = drafts_of_page(page, address)
    if questions and not any(draft.text for draft in drafts):
        raise KbError(
            name,
            f"holds its FAQ ({len(questions)}) only as data for machines, which readers do not see",
            "write its answers into the page",
        )
    document = _document(name, drafts, known, page)
    return replace(document, published_questions=questions)


def _document(
    name: str, drafts: list[Draft], stated: Metadata, page: BeautifulSoup | None = None
) -> Document:
    text, blocks = assemble(drafts)
    if not text:
        if page is not None and page.find("img") is not None:
            raise KbError(
                name, "holds pictures and no text", "type the text of the pictures into the article"
            )
        raise _empty(name)
    own = "\n".join(text[block.start : block.end] for block in blocks if not block.lang)
    guessed = Metadata(lang=language_of(own) or DEFAULT_LANGUAGE)
    known = metadata.joined(metadata.joined(stated, metadata.of_blocks(text, blocks)), guessed)
    return Document(name, text, blocks, known)


def _empty(name: str) -> KbError:
    return KbError(name, "holds no text", "write the article into it, or delete the file")
