"""Queries made from the entries themselves, to tune on: short, paraphrased, by another name, misspelt.

People's own questions are few (31 rows); what only fits them proves nothing. These are as many as one likes, and a
fixed seed makes the same again.
"""

import random
import re
from collections.abc import Sequence
from typing import Any

from kb.content.imported import known_qtype
from kb.search.words.analysis import content_terms, fold

# How people ask for each type, "{}" being what it is about. Not the cues of answer_types.toml but whole phrasings,
# written before them.
PHRASINGS = {
    "symptoms": ["signs of {}", "{} symptoms", "how do i know if i have {}", "what does {} look like"],
    "treatment": ["how do you treat {}", "{} medication", "{} therapy", "can {} be cured", "medicine for {}"],
    "causes": ["why do people get {}", "what causes {}", "cause of {}", "{} gene", "genes in {}"],
    "inheritance": ["is {} hereditary", "does {} run in families", "can {} be passed on to children"],
    "prevalence": ["how common is {}", "how many people have {}", "{} statistics", "how rare is {}"],
    "diagnosis": ["test for {}", "how do doctors find {}", "{} diagnosis", "how is {} diagnosed"],
    "outlook": ["{} life expectancy", "{} prognosis", "how long do people live with {}", "outlook {}"],
    "prevention": ["how to avoid {}", "prevent {}", "{} prevention"],
    "risk_factors": ["who gets {}", "{} risk factors", "who is at risk for {}"],
    "research": ["new studies on {}", "{} research", "clinical trials {}"],
    "complications": ["problems from {}", "{} complications"],
    "stages": ["stages of {}", "{} staging"],
    "definition": ["{}", "what is {}", "{} information", "tell me about {}", "explain {}"],
    "self_care": ["diet for {}", "what to eat with {}"],
}
HEARD = [("ph", "f"), ("ie", "ei"), ("y", "i"), ("c", "k"), ("s", "c"), ("ae", "e"), ("ll", "l"), ("ss", "s")]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTENED, OTHER_NAME, MISSPELT = 0.35, 0.5, 0.45


def known_items(rows: Sequence[dict[str, Any]], count: int, seed: int = 7) -> list[dict[str, Any]]:
    """Return `count` rows {"id", "query", "targets", "tags"}: a query made from one entry, and all that answer it."""
    chance = random.Random(seed)
    by_question: dict[str, set[str]] = {}
    by_name: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        by_question.setdefault(_key(row["question"]), set()).add(row["id"])
        for name in (row["focus"], *row["synonyms"]):
            by_name.setdefault((_key(name), known_qtype(row["qtype"])), set()).add(row["id"])
    made: list[dict[str, Any]] = []
    for row in chance.sample(rows, len(rows)):
        qtype = known_qtype(row["qtype"])
        if not row["focus"] or qtype not in PHRASINGS:
            continue
        if chance.random() < SHORTENED:
            query, tags = " ".join(term.word for term in content_terms(row["question"])), ["short"]
            targets = by_question[_key(row["question"])]
        else:
            other = bool(row["synonyms"]) and chance.random() < OTHER_NAME
            name = _key(chance.choice(row["synonyms"]) if other else row["focus"])
            query, tags = chance.choice(PHRASINGS[qtype]).format(name), ["name"] if other else []
            targets = by_name[name, qtype]
        if chance.random() < MISSPELT:
            query = _misspelt(query, chance)
            tags = [*tags, "typo"]
        if query:
            made.append({"id": f"made-{len(made)}", "query": query, "targets": sorted(targets), "tags": tags})
        if len(made) == count:
            break
    return made


def _key(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def _misspelt(query: str, chance: random.Random) -> str:
    words = query.split()
    places = [place for place, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    for place in chance.sample(places, min(len(places), chance.choice([1, 1, 2]))):
        words[place] = _typo(words[place], chance)
    return " ".join(words)


def _typo(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    heard = [(letters, others) for letters, others in HEARD if letters in word]
    made = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at - 1 :],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        word[:at] + chance.choice(LETTERS) + word[at + 1 :],
        word.replace(*chance.choice(heard), 1) if heard else word[:at] + word[at + 1 :],
    ]
    return chance.choice(made)
