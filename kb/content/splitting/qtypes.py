"""What kind of question a question is."""

import re
from collections.abc import Sequence
from typing import Any, cast

from kb.content.entries import QTYPES, Qtype
from kb.content.splitting import rules

# An answer shows its kind at its beginning.
CHARACTERS_READ = 500
# A name that is itself an aspect ("side effects") says what is asked; hidden, nothing would.
ASPECT = re.compile(
    r"(?i)\b(?:symptoms?|signs|causes?|treatments?|risks?|factors?|effects|costs?|diagnosis|prevention|complications"
    r"|services|research|trials?|help|lifeline|hotline)$"
)
HIDDEN = "it"


def qtype_of(question: str, answer: str, names: Sequence[str] = ()) -> Qtype:
    """Return the kind of a question, told from its words, else from its answer's; "info" when neither tells.

    `names` are what the article calls its subject. They stand in most questions and answers, and so tell nothing.
    """
    # "Tengo tos. ¿Qué puedo hacer?": what is asked stands last.
    question = question[question.rfind("¿") :] if "¿" in question else question
    question = re.sub(r"(?i)^(what|who|where|how)[’']s\b", r"\1 is", question)
    hidden = without(names, question)
    for rule in rules.table("qtypes")["spanish" if "¿" in question else "question"]:
        if not question or not rules.pattern(rule["pattern"]).search(
            question if rule.get("names") else hidden
        ):
            continue
        if rule.get("weak"):
            return as_qtype(_outweighed(rule, without(names, answer)))
        return as_qtype(rule["qtype"])
    kind, weight = kind_shown(without(names, answer))
    return as_qtype(kind if weight >= rules.table("qtypes")["enough"] else "info")


def _outweighed(rule: dict[str, Any], answer: str) -> str:
    """Return the kind that an answer clearly speaks of, else the one that the question's form suggests."""
    kind, weight = kind_shown(answer, rule.get("unless"))
    needed = rules.table("qtypes")["enough" if "unless" in rule else "sure"]
    return kind if weight >= needed else str(rule["qtype"])


def kind_shown(answer: str, among: Sequence[str] | None = None) -> tuple[str, int]:
    """Return the kind whose words an answer holds most of, by weight, and that weight; the first of equals."""
    words = answer[:CHARACTERS_READ].strip()
    first = re.split(r"(?<=[.!?])\s|\n", words, maxsplit=1)[0]
    best, most = "info", 0
    for rule in rules.table("qtypes")["answer"] if words else ():
        if among is not None and rule["qtype"] not in among:
            continue
        pattern = rules.pattern(rule["pattern"])
        found = {match.group().lower() for match in pattern.finditer(words)}
        weight = rule["weight"] * (len(found) + (pattern.search(first) is not None))
        if weight > most:
            best, most = rule["qtype"], weight
    return best, most


def without(names: Sequence[str], text: str) -> str:
    """Return a text with the names of its subject hidden."""
    for name in names:
        if name and not ASPECT.search(name):
            text = re.sub(rf"(?i)(?<!\w){re.escape(name)}(?!\w)", HIDDEN, text)
    return text


def as_qtype(value: str) -> Qtype:
    """Return a name from a rule as the kind that it is."""
    assert value in QTYPES, value
    return cast("Qtype", value)
