"""What kind of question a question is."""

from typing import cast

from kb.content.entries import QTYPES, Qtype
from kb.content.splitting import rules

# An answer shows its kind at its beginning.
CHARACTERS_READ = 400


def qtype_of(question: str, answer: str) -> Qtype:
    """Return the kind of a question, told from its words, else from its answer's; "info" when neither tells."""
    for kind, text in (("question", question), ("answer", answer[:CHARACTERS_READ])):
        for rule in rules.table("qtypes")[kind]:
            if text and rules.pattern(rule["pattern"]).search(text):
                return as_qtype(rule["qtype"])
    return "info"


def as_qtype(value: str) -> Qtype:
    """Return a name from a rule as the kind that it is."""
    assert value in QTYPES, value
    return cast("Qtype", value)
