"""What "it", "they" and "them" stand for in a question: the article's subject, another thing, or nothing at all."""

import re
from functools import cache
from itertools import pairwise

from kb.content.splitting import grammar, rules
from kb.content.splitting.rules import Subject

PRONOUN = re.compile(r"(?i)\b(it|they|them)\b(?![’'])")
# Before "it" and "they": the verb that agrees with them in number.
AGREEING = re.compile(r"(?i)(?:\b(is|are|was|were|do|does)|^(?:(?:what|when|where|why|how) )?(has|have)) $")
NUMBERS = {"are": "is", "were": "was", "do": "does", "have": "has"}
PLURALS = {singular: plural for plural, singular in NUMBERS.items()}
# "For how long?" asks nothing that stands alone.
FRAGMENT = re.compile(r"(?i)(?:and )?(?:for )?how (?:long|often|much|many|soon|far)\s*\?")
BEFORE_NOUNS = frozenset({"DT", "JJ", "PRP$", "IN"})
# What cannot be said of a subject of a kind; see pronouns.toml.
UNFIT = {
    "condition": ("of_treatment",),
    "medicine": ("of_illness",),
    "procedure": ("of_illness", "of_medicine"),
    "thing": ("of_medicine",),
}
NO_THINGS = frozenset(
    "what who when where why how much many long often soon far time way kind age else".split()
)
# Whom no "it" means.
PERSONS = frozenset(
    """child children baby babies kid kids people person adult adults woman women man men patient patients doctor doctors
    nurse gp dentist surgeon parent parents partner mother father son daughter family friend friends someone anyone
    everyone""".split()
)


def named(question: str, subject: Subject) -> str:
    """Return a question with its subject's name for a pronoun that stands for the subject; any other as it is."""
    match = PRONOUN.search(question)
    if match is None or not subject.phrase or not _points(question) or not _can_be(question, subject):
        return question
    before, after = question[: match.start()], question[match.end() :]
    plural = grammar.is_plural(subject.phrase)
    agreeing = AGREEING.search(before)
    if agreeing and match[1].lower() != "them":
        verb = (agreeing[1] or agreeing[2]).lower()
        form = PLURALS.get(verb, verb) if plural else NUMBERS.get(verb, verb)
        before = f"{before.rstrip()[: -len(verb)]}{form} "
    elif plural != (match[1].lower() != "it") and _is_finite_after(before, after):
        return question  # "when it works" of several things
    return grammar.upper_first(f"{before}{subject.phrase}{after}")


def is_fragment(question: str) -> bool:
    """Return whether a question leaves out what it asks about: "For how long?"."""
    return FRAGMENT.fullmatch(question) is not None


def leans(question: str) -> bool:
    """Return whether only the words around a question tell what it asks about."""
    return is_fragment(question) or _points(question)


def _points(question: str) -> bool:
    """Return whether a question's first pronoun stands for something that the question does not name."""
    match = PRONOUN.search(question)
    if match is None or any(pattern.search(question) for pattern in _expletives()):
        return False
    # "If a rash spreads, is it shingles?" says itself what "it" is.
    things_only = PERSONS if match[1].lower() == "it" else frozenset()
    tagged = (("", ""), *grammar.tags(question[: match.start()].lower()))
    return not any(
        tag.startswith("NN")
        and word not in NO_THINGS | grammar.AUXILIARIES | things_only
        and (before[1] in BEFORE_NOUNS or not grammar.is_verb(word))
        for before, (word, tag) in pairwise(tagged)
    )


def _can_be(question: str, subject: Subject) -> bool:
    """Return whether what a question says of its "it" can be said of a subject of this kind."""
    return not any(
        rules.pattern(rules.table("pronouns")[unfit]["pattern"]).search(question)
        for unfit in UNFIT.get(subject.kind, ())
    )


def _is_finite_after(before: str, after: str) -> bool:
    """Return whether a pronoun is the subject of the verb after it, which agrees with it: "when it works"."""
    last = before.split()[-1:] or [""]
    inverted = last[0].lower() in grammar.AUXILIARIES
    return not inverted and last[0].lower() in {
        "if",
        "when",
        "before",
        "until",
        "that",
        "how",
        "why",
        "where",
        "once",
    }


@cache
def _expletives() -> list[re.Pattern[str]]:
    told = rules.table("pronouns")["expletive"]
    return [
        rules.pattern(
            text.replace("<be>", told["be"]).replace("<fit>", told["fit"]).replace("<tough>", told["tough"])
        )
        for text in told["patterns"]
    ]
