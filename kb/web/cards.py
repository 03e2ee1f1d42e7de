"""Which cards go above the results: in the language of the page, and in that of a question in danger."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import force_locale, gettext

from kb.safety import Assessment, Card, card_for
from kb.safety.cards import Translate
from kb.settings import CrisisLines
from kb.web.language import current_language, language_of_query
from kb.web.site import current_site

CardMaker = Callable[[Assessment, CrisisLines, Translate], Card | None]


@dataclass(frozen=True, slots=True)
class SpokenCard:
    """A card with the language that its words are in (BCP 47)."""

    card: Card
    lang: str


def cards_for(query: str, assessment: Assessment, make_card: CardMaker = card_for) -> tuple[SpokenCard, ...]:
    """Return the cards of a query, none for a calm one: in its own language first, then in the page's."""
    if assessment.calm:
        return ()
    lines = current_site().settings.lines
    cards = []
    for language in dict.fromkeys([language_of_query(query), current_language()]):
        if not language:
            continue
        with force_locale(language):
            card = make_card(assessment, lines, gettext)
        if card is not None:
            cards.append(SpokenCard(card, language))
    return tuple(cards)
