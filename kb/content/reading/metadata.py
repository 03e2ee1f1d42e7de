"""What an article says of itself: front matter, `<meta>`, JSON-LD, or its first heading."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from itertools import dropwhile
from typing import Any

from bs4 import BeautifulSoup

from kb.content.documents import Block, Metadata
from kb.content.reading.places import attribute

# What generators and sites call the same things; the first that holds anything counts.
FRONT_MATTER_KEYS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "name"),
    "source": ("source", "source_url", "url", "canonical", "canonical_url"),
    "author": ("author", "authors", "byline"),
    "reviewed_by": ("reviewed_by", "reviewer", "medically_reviewed_by"),
    "reviewed_on": ("reviewed_on", "reviewed", "lastReviewed", "last_reviewed", "medically_reviewed_on"),
    "review_due": ("review_due", "next_review"),
    "published_on": ("published_on", "published", "date", "publishdate", "pubdate"),
    "updated_on": ("updated_on", "updated", "lastupdate", "last_updated", "modified", "lastmod"),
    "lang": ("lang", "language", "locale"),
    "focus": ("focus", "topic", "condition"),
    "tags": ("tags", "keywords"),
}
META_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "dc.title", "twitter:title"),
    "source": ("og:url", "dc.source"),
    "author": ("author", "article:author", "dc.creator"),
    "published_on": ("article:published_time", "date", "dc.date", "dcterms.created"),
    "updated_on": ("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified"),
    "reviewed_by": ("reviewed-by", "medical-reviewer"),
    "reviewed_on": ("last-reviewed", "lastreviewed"),
    "tags": ("keywords",),
}
JSON_LD_KEYS: dict[str, tuple[str, ...]] = {
    "title": ("headline", "name"),
    "source": ("url", "mainEntityOfPage"),
    "author": ("author",),
    "reviewed_by": ("reviewedBy",),
    "reviewed_on": ("lastReviewed",),
    "published_on": ("datePublished",),
    "updated_on": ("dateModified",),
    "lang": ("inLanguage",),
    "tags": ("keywords",),
}
ARTICLE_TYPES = frozenset(
    {"Article", "MedicalWebPage", "NewsArticle", "BlogPosting", "WebPage", "FAQPage", "Report"}
)
DATE_FIELDS = frozenset(field.name for field in fields(Metadata) if field.name.endswith("_on")) | {
    "review_due"
}
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
LANGUAGE_NAMES = {
    "english": "en",
    "spanish": "es",
    "español": "es",
    "french": "fr",
    "german": "de",
    "portuguese": "pt",
}
# "Bladder Cancer Symptoms - NCI": the site's name after a title's last mark.
# A newspaper's first line: "Wed, Nov 20, 2019".
DAY = re.compile(
    r"(?i)(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?(?:\d{1,2} )?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"(?: \d{1,2})?,? \d{4}"
)
SITE_NAME = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")


# "< Back to all posts": the way out of a page, which is often its first line.
BACK_LINK = re.compile(r"[<←‹«]\s|(?i:back to )")


def of_front_matter(values: Mapping[str, Any]) -> Metadata:
    """Return what front matter says; keys of common generators are known."""
    return _metadata(values, FRONT_MATTER_KEYS)


def of_page(page: BeautifulSoup, structured: Iterable[Mapping[str, Any]]) -> Metadata:
    """Return what a page says of itself in its head and its JSON-LD."""
    values: dict[str, Any] = {}
    for element in page.find_all("meta"):
        name = (attribute(element, "name") or attribute(element, "property")).lower()
        if name and name not in values:
            values[name] = attribute(element, "content")
    found = _metadata(values, META_NAMES)
    for thing in structured:
        kinds = thing.get("@type")
        if ARTICLE_TYPES & set(kinds if isinstance(kinds, list) else [kinds]):
            found = joined(found, _metadata(thing, JSON_LD_KEYS))
    canonical = page.find("link", rel="canonical")
    lang = attribute(page.html, "lang") if page.html else ""
    title = page.title.get_text(" ", strip=True) if page.title else ""
    of_head = Metadata(
        title=SITE_NAME.sub("", " ".join(title.split())),
        source=attribute(canonical, "href") if canonical is not None else "",
        lang=language_code(lang),
    )
    return joined(found, of_head)


def of_blocks(text: str, blocks: Iterable[Block]) -> Metadata:
    """Return the title that an article's first heading gives: the first of level 1, or what the text opens with."""
    shown = [
        block
        for block in blocks
        if not block.place
        and not BACK_LINK.match(text, block.start)
        and not DAY.fullmatch(text[block.start : block.end])
    ]
    headings = [block for block in shown if block.kind == "heading" and block.level == 1][:1]
    if not headings and shown and shown[0].kind == "heading":
        # A menu's words stand on lines of their own, above the title.
        below = list(dropwhile(lambda block: len(text[block.start : block.end].split()) < 4, shown))
        headings = below[:1] if below and below[0].kind == "heading" else shown[:1]
    return Metadata(title=text[headings[0].start : headings[0].end] if headings else "", lang="")


def joined(first: Metadata, second: Metadata) -> Metadata:
    """Return the first, its unknown values taken from the second."""
    known = {
        field.name: getattr(second, field.name)
        for field in fields(Metadata)
        if not getattr(first, field.name) and getattr(second, field.name)
    }
    return replace(first, **known)


def _metadata(values: Mapping[str, Any], keys: Mapping[str, tuple[str, ...]]) -> Metadata:
    found: dict[str, Any] = {"lang": ""}
    for field, names in keys.items():
        value = next((values[name] for name in names if values.get(name)), None)
        if value is None:
            continue
        if field in DATE_FIELDS:
            found[field] = date_of(value)
        elif field == "tags":
            found[field] = _tags(value)
        elif field == "lang":
            found[field] = language_code(_words(value))
        else:
            found[field] = _words(value)
    return Metadata(**found)


def _words(value: Any) -> str:
    """Return a value as one line: lists joined by commas, JSON-LD things by their name or address."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value)))
    if isinstance(value, Mapping):
        return _words(value.get("name") or value.get("@id") or value.get("url") or "")
    return " ".join(str(value).split())


def date_of(value: Any) -> date | None:
    """Return the day that a value says, None where it says none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = ISO_DATE.search(str(value))
    try:
        return date.fromisoformat(match.group()) if match else None
    except ValueError:
        return None


def _tags(value: Any) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else str(value).split(",")
    return tuple(filter(None, map(_words, parts)))


def language_code(value: str) -> str:
    """Return the code of a language that is named or given by its code, "" for anything else."""
    value = value.strip().replace("_", "-")
    value = LANGUAGE_NAMES.get(value.lower(), value)
    return value if LANGUAGE.fullmatch(value) else ""
