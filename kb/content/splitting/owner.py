"""Whom an article speaks for: the clinic, council or shop that its readers contact."""

import re
from collections import Counter

from kb.content.documents import Document
from kb.content.reading.metadata import SITE_NAME

LONGEST_READ = 60_000  # characters, from the end: there stands whom to contact

# "Riverside Family Clinic": whom a reader contacts.
OWNER = re.compile(
    r"(?<![\w-])((?!(?:The|Contact|Call|Visit|At|From|Our|Your|My|National|About|Home|Blog|Services|News|Menu|[A-Z]\w+ing)\b)(?:[A-Z][\w&'’.]+"
    r" ){1,4}(?:Clinic|Center|Centre|Hospital|Health|Practice|Dental|Medical|Group|Institute|Associates"
    r"|Wellness|Therapy|Care|Boston|School|Studio|Club|Society|Foundation|Library|Association|Services))\b"
)


def owner_of(document: Document) -> str:
    """Return the name of whom the article speaks for, "you" when it names nobody in such a way."""
    site = SITE_NAME.search(document.metadata.title)
    on_site = OWNER.search(site.group()) if site else None
    if on_site:
        return str(on_site[1])
    shown = "\n".join(
        document.text_of(block)
        for block in document.blocks
        if block.place in {"header", "footer", "navigation"}
    )
    around = Counter(OWNER.findall(shown))
    if around:
        return str(around.most_common(1)[0][0])
    speaks = re.compile(
        rf"(?:(?i:contact|call|at|visit) {OWNER.pattern}|{OWNER.pattern} (?:offers|provides|welcomes))"
    )
    named = Counter(match[1] or match[2] for match in speaks.finditer(document.text[-LONGEST_READ:]))
    if named:
        return str(named.most_common(1)[0][0])
    place = re.search(
        r"(?i)\b(?:call|contact|phone|visit) (?:the|our) (clinic|office|practice|surgery|hospital|school|library)\b",
        document.text,
    )
    return f"the {place[1].lower()}" if place else "you"
