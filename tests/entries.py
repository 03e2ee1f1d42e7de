"""Entries for tests: three tiny articles that fit in one's mind."""

from typing import Any

from kb.content.entries import Entry

PARKING = "You can park behind the house. Parking is free for patients."
VISITS = "A first visit takes one hour. Bring a list of your medicines."
FASTING = "Do not eat for four hours before an infusion. Water is fine."


def entry(**values: Any) -> Entry:
    """Return a published entry with these values; the answer stands at the start of its article."""
    answer = values.setdefault("answer", PARKING)
    defaults: dict[str, Any] = {
        "id": "100001",
        "article": "parking.md",
        "question": "Where can I park?",
        "start": 0,
        "end": len(answer),
        "status": "published",
    }
    return Entry(**(defaults | values))


PARKING_ENTRY = entry()
VISITS_ENTRY = entry(id="100002", article="visits.md", question="How long is a first visit?", answer=VISITS)
FASTING_ENTRY = entry(
    id="100003",
    article="visits.md",
    question="Can I eat before an infusion?",
    answer=FASTING,
    synonyms=("nil by mouth", "empty stomach"),
)
THREE = (PARKING_ENTRY, VISITS_ENTRY, FASTING_ENTRY)
