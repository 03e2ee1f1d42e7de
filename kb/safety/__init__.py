"""Is this query a crisis or an emergency? Pure; knows nothing else of the knowledge base."""

from kb.safety.assessing import assess
from kb.safety.assessment import Assessment, Level
from kb.safety.cards import (
    Card,
    Line,
    Link,
    Step,
    card_as_json,
    card_as_text,
    card_for,
    english,
    staff_card_for,
)

__all__ = [
    "Assessment",
    "Card",
    "Level",
    "Line",
    "Link",
    "Step",
    "assess",
    "card_as_json",
    "card_as_text",
    "card_for",
    "english",
    "staff_card_for",
]
