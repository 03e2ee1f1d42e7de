"""Ask the knowledge base for a view, with the cards that go first."""

from dataclasses import dataclass

from kb.asking import Reply
from kb.safety import card_for
from kb.web.cards import CardMaker, SpokenCard, cards_for
from kb.web.public import PublicHit, public_hit
from kb.web.site import current_site


@dataclass(frozen=True, slots=True)
class Answers:
    """A reply as a page shows it: the cards first, then the hits."""

    reply: Reply
    cards: tuple[SpokenCard, ...]
    hits: tuple[PublicHit, ...]


def ask(query: str, make_card: CardMaker = card_for, *, exact: bool = False) -> Answers | None:
    """Return the answers to `query`, taken as it is spelt where `exact`; None when it holds no text.

    Raises IndexUnavailable.
    """
    if not query.strip():
        return None
    site = current_site()
    reply = site.knowledge_base.ask(query.strip(), exact=exact)
    hits = tuple(public_hit(hit, site.settings, site.knowledge_base.pieces) for hit in reply.hits)
    return Answers(reply, cards_for(query, reply.safety, make_card), hits)
