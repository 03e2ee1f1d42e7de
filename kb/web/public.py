"""The one shape in which an answer leaves the house: on pages, at the desk, in embeds and in JSON."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal

from flask_babel import format_date, gettext
from pydantic import BaseModel, ConfigDict, Field

from kb.asking import Reply, Suggestion
from kb.content.documents import Metadata
from kb.content.entries import Entry, Qtype
from kb.content.layout import Layout, Piece
from kb.disclosures import disclosures_for
from kb.overdue import is_overdue_entry
from kb.safety import Assessment, Level, card_as_json
from kb.search.hits import Hit, Outcome
from kb.search.suggesting.lines import Kind
from kb.settings import Disclosure, Settings
from kb.web.addresses import entry_address, split_address
from kb.web.cards import SpokenCard
from kb.web.language import current_language

# An address with a path, as articles cite them: often without its "https://".
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>(?:[\w-]+\.)+[a-z]{2,})/[^\s,]*", re.IGNORECASE)

# How a part of an entry's answer is laid out.
PiecesOf = Callable[[Entry, str], tuple[Piece, ...]]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True)


class PublicSource(_Shape):
    """Where the answer's facts come from."""

    name: str = Field(description="Short, to read: addresses by their host; empty when none is known")
    full: str = Field(description="As the article names it")
    url: str = Field(description="Its address where it is one, else empty")


class PublicReview(_Shape):
    """Who of the clinicians read the answer, if any did."""

    status: Literal["not_reviewed", "reviewed", "overdue"]
    by: str
    on: date | None
    text: str = Field(description="The line to show, in the language asked for")


class PublicDisclosure(_Shape):
    """A sentence to show beside the answer."""

    text: str
    source: str
    lang: str = Field(description="BCP 47; of `text`")


class PublicEntry(_Shape):
    """One question, answered in the article's own words."""

    id: str
    url: str
    lang: str = Field(description="BCP 47; of question and answer")
    question: str
    answer: str = Field(description="Plain text, word for word; blocks are joined by line breaks")
    short: str = Field(description="The part of the answer that says it; may be empty")
    qtype: Qtype
    source: PublicSource
    review: PublicReview
    disclosures: tuple[PublicDisclosure, ...]
    updated_on: date | None


class PublicPiece(_Shape):
    """Words that stand together."""

    layout: Layout = Field(description="A step is an item of a list that counts")
    parts: tuple[tuple[int, int], ...] = Field(description="Of a row its cells, of anything else one part")


class PublicHit(PublicEntry):
    """An entry that a search found."""

    sentence: str = Field(description="The whole sentence of the answer that fits the query best")
    highlights: tuple[tuple[int, int], ...] = Field(
        description="[start, end) ranges of `sentence` to highlight, in code points"
    )
    pieces: tuple[PublicPiece, ...] = Field(
        description="How `sentence` is laid out where it is more than one line, as [start, end) ranges of it in code"
        " points: paragraphs, items of lists, rows of tables; else empty"
    )
    score: float = Field(description="The higher the better; comparable within one search only")


class PublicLink(_Shape):
    label: str
    href: str


class PublicLine(_Shape):
    text: str
    lang: str = Field(description="Where it is not the language of the card, else empty")
    links: tuple[PublicLink, ...] = Field(description="Each label stands in `text`, in this order")


class PublicStep(_Shape):
    name: str
    heading: str
    lines: tuple[PublicLine, ...]


class PublicCard(_Shape):
    """Shown above everything else that a search returns."""

    kind: str
    lang: str = Field(description="BCP 47; of its words")
    heading: str
    lines: tuple[PublicLine, ...]
    steps: tuple[PublicStep, ...] = ()


class PublicSafety(_Shape):
    """What the query says of danger. Where `card` is not null, show it first, whole, and `also` after it."""

    level: Level
    means: bool = Field(description="Asks how to harm oneself: there are no hits")
    card: PublicCard | None = Field(description="In the language of the query, where we know it")
    also: tuple[PublicCard, ...] = Field(
        description="The same card in the language asked for, where it is another"
    )


class PublicCorrection(_Shape):
    """A word that was searched in another spelling as well."""

    typed: str
    read_as: str


class PublicChoice(_Shape):
    """A word that may be one of several medicines. None of them was searched: ask which is meant."""

    typed: str
    names: tuple[str, ...] = Field(description="Search again with one of these in place of `typed`")


class PublicReply(_Shape):
    """What a search returns. The query is not repeated, but for words of it that were or could be corrected."""

    outcome: Outcome
    safety: PublicSafety
    hits: tuple[PublicHit, ...] = Field(description="Best first")
    corrections: tuple[PublicCorrection, ...] = Field(
        description="Search again with `exact` to leave them out; empty below a card"
    )
    choices: tuple[PublicChoice, ...] = Field(description="Show these before the hits; empty below a card")
    generation: str = Field(description="The state of the knowledge base that answered")


class PublicSuggestion(_Shape):
    """A question, or a term to search for, that may be meant by what was typed so far."""

    text: str
    kind: Kind
    id: str = Field(description="The entry that answers it; of a term, the one that says most of it")
    url: str
    lang: str = Field(description="BCP 47; of `text`")


class PublicSuggestions(_Shape):
    """What to suggest, the likeliest first: nothing to someone who may be in danger."""

    suggestions: tuple[PublicSuggestion, ...]
    safety: PublicSafety


def public_entry(entry: Entry, settings: Settings) -> PublicEntry:
    """Return what everyone may see of `entry`."""
    return PublicEntry(
        id=entry.id,
        url=entry_address(entry.id, entry.question),
        lang=entry.lang,
        question=entry.question,
        answer=entry.answer,
        short=entry.short,
        qtype=entry.qtype,
        source=public_source(entry.source),
        review=public_review(entry),
        disclosures=tuple(
            public_disclosure(disclosure)
            for disclosure in disclosures_for(entry, settings.disclosures, settings.clinic.name)
        ),
        updated_on=entry.updated_on,
    )


def public_hit(hit: Hit, settings: Settings, pieces_of: PiecesOf) -> PublicHit:
    """Return what everyone may see of `hit`."""
    # An entry without sentences is shown whole: a cut one could say the opposite.
    sentence = hit.sentence or hit.entry.short or hit.entry.answer
    pieces = pieces_of(hit.entry, sentence) if "\n" in sentence else ()
    return PublicHit(
        **dict(public_entry(hit.entry, settings)),
        sentence=sentence,
        highlights=hit.highlights if hit.sentence else (),
        pieces=tuple(PublicPiece(layout=piece.layout, parts=piece.parts) for piece in pieces),
        score=hit.score,
    )


def public_disclosure(disclosure: Disclosure) -> PublicDisclosure:
    """Return the sentence in the current language, where the clinic gave it in that."""
    language = current_language()
    if language in disclosure.text_in:
        return PublicDisclosure(text=disclosure.text_in[language], source=disclosure.source, lang=language)
    return PublicDisclosure(text=disclosure.text, source=disclosure.source, lang=disclosure.lang)


def public_suggestions(
    suggested: Iterable[tuple[Suggestion, Entry]], assessment: Assessment, cards: Sequence[SpokenCard]
) -> PublicSuggestions:
    """Return the suggestions, each with the page of its entry."""
    return PublicSuggestions(
        suggestions=tuple(
            PublicSuggestion(
                text=suggestion.text,
                kind=suggestion.kind,
                id=entry.id,
                url=entry_address(entry.id, entry.question),
                lang=suggestion.lang,
            )
            for suggestion, entry in suggested
        ),
        safety=public_safety(assessment, cards),
    )


def public_source(source: str) -> PublicSource:
    """Return a source as people read it and as the article names it.

    Addresses in it, however many, are named by their host, each host once.
    """
    short = _ADDRESS.sub(lambda address: address["host"], source)
    names = dict.fromkeys(short.split(", "))
    return PublicSource(
        name=", ".join(names), full=source, url=source if split_address(source).hostname else ""
    )


def public_review(of: Entry | Metadata) -> PublicReview:
    """Return who reviewed an entry or an article. A review counts only when a person is named."""
    if not of.reviewed_by:
        return PublicReview(
            status="not_reviewed", by="", on=None, text=gettext("Not yet reviewed by a clinician")
        )
    if of.reviewed_on is None:
        text = gettext("Reviewed by %(name)s", name=of.reviewed_by)
    else:
        text = gettext(
            "Reviewed by %(name)s on %(date)s",
            name=of.reviewed_by,
            date=format_date(of.reviewed_on, "long"),
        )
    if is_overdue_entry(of, date.today()):
        late = gettext("Review overdue since %(date)s", date=format_date(of.review_due, "long"))
        return PublicReview(status="overdue", by=of.reviewed_by, on=of.reviewed_on, text=f"{text}. {late}")
    return PublicReview(status="reviewed", by=of.reviewed_by, on=of.reviewed_on, text=text)


def public_safety(assessment: Assessment, cards: Sequence[SpokenCard]) -> PublicSafety:
    """Return the assessment of a query with the cards that go with it."""
    shown = tuple(public_card(card) for card in cards)
    return PublicSafety(
        level=assessment.level, means=assessment.means, card=shown[0] if shown else None, also=shown[1:]
    )


def public_card(spoken: SpokenCard) -> PublicCard:
    """Return the card's text and links as a host needs them to show it."""
    return PublicCard.model_validate({**card_as_json(spoken.card), "lang": spoken.lang})


def public_reply(
    reply: Reply,
    cards: Sequence[SpokenCard],
    settings: Settings,
    generation: str,
    pieces_of: PiecesOf,
) -> PublicReply:
    """Return a whole reply as everyone may see it."""
    return PublicReply(
        outcome=reply.outcome,
        safety=public_safety(reply.safety, cards),
        hits=tuple(public_hit(hit, settings, pieces_of) for hit in reply.hits),
        corrections=()
        if cards
        else tuple(PublicCorrection(typed=one.typed, read_as=one.read_as) for one in reply.corrections),
        choices=()
        if cards
        else tuple(PublicChoice(typed=one.typed, names=one.names) for one in reply.choices),
        generation=generation,
    )
