"""Ask the knowledge base for a view, and choose the card that goes first."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext

from kb.asking import Reply
from kb.safety import Assessment, Card, card_for
from kb.safety.cards import Translate
from kb.settings import CrisisLines
from kb.web.public import PublicHit, public_hit
from kb.web.site import current_site

CardMaker = Callable[[Assessment, CrisisLines, Translate], Card | None]


@dataclass(frozen=True, slots=True)
class Answers:
    """A reply as a page shows it: the card first, then the hits."""

    reply: Reply
    card: Card | None
    hits: tuple[PublicHit, ...]


def ask(query: str, make_card: CardMaker = card_for) -> Answers | None:
    """Return the answers to `query`; None when it holds no text. Raises IndexUnavailable."""
    if not query.strip():
        return None
    site = current_site()
    reply = site.knowledge_base.ask(query.strip())
    card = make_card(reply.safety, site.settings.lines, gettext)
    hits = tuple(public_hit(hit, site.settings.disclosures) for hit in reply.hits)
    return Answers(reply, card, hits)
