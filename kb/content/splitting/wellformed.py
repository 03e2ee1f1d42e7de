"""Is a question one that an editor would let pass? Grammar and self-containment, checked before it is proposed."""

import re
from functools import cache, lru_cache

from kb.content.splitting import grammar, rules

FEWEST_WORDS, MOST_WORDS = 3, 28
OPENING_QUOTE, CLOSING_QUOTE = (
    re.compile(r"(?:^|\s)['‘\"](?=\w)"),
    re.compile(r"(?<=\w)['’\"](?=[\s?,.;:]|$)(?<!s['’])"),
)
MARKUP = re.compile(r"https?:|www\.|[<>\[\]|*#_{}]|\s{2}|…")


def faults(question: str, lang: str = "en") -> list[str]:
    """Return the names of what is wrong with a question, none when nothing is. English has rules of grammar too."""
    found = []
    words = question.split()
    if not question.endswith(("?", "؟", "？")):
        found.append("no question mark")
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS:
        found.append("length")
    if MARKUP.search(question):
        found.append("markup")
    if (
        question.count("(") != question.count(")")
        or question.count("“") != question.count("”")
        or (len(OPENING_QUOTE.findall(question)) != len(CLOSING_QUOTE.findall(question)))
    ):
        found.append("bracket")
    if lang.startswith("es") and "¿" not in question:
        found.append("no ¿")
    if lang.startswith("en"):
        if not (question[:1].isupper() or question[:1].isdigit()):
            found.append("case")
        found += [
            name
            for name, patterns in _patterns().items()
            if any(found.search(question) for found in patterns)
        ]
        if _disagrees(question):
            found.append("agreement")
        if _lacks_verb(question):
            found.append("no verb")
        if _counts_nothing(question):
            found.append("number of what")
    return found


@lru_cache(maxsize=4096)
def is_well_formed(question: str, lang: str = "en") -> bool:
    return not faults(question, lang)


@cache
def _patterns() -> dict[str, list[re.Pattern[str]]]:
    named = rules.table("faults")["faults"]
    return {name: [_compiled(pattern) for pattern in fault["patterns"]] for name, fault in named.items()}


def _compiled(pattern: str) -> re.Pattern[str]:
    # These look at capitals too, so they say for themselves where case does not matter.
    return re.compile(pattern)


SUBJECT = re.compile(
    r"(?i)^(?:what|how|why|when|where|how common|how effective) (?P<verb>is|are) (?P<subject>.+?)"
    r"(?=\?| (?:with|among|of|in|for|during|after|before|from|on|to|about|against|between|by|at|when|if"
    r"|as|than|through"
    r"|without|within|like|that|who|which|there|used|caused|diagnosed|treated|made|needed|\w+ed)\b)"
)


# "How does school trips work?"
DOES = re.compile(
    r"(?i)^(?:(?:what|how|why|when|where)(?: (?:much|long|often))? )?does (?P<rest>(?!what\b|how\b|\w+ing\b)\w[^?,]*)"
)


def _does_with_many(question: str) -> bool:
    """Return whether "does" is asked of several things."""
    match = DOES.match(question)
    words = match["rest"].split() if match else []
    for place in range(1, len(words)):
        if grammar.is_verb(words[place]):
            subject = words[:place]
            return not {"and", "or"} & set(subject) and grammar.is_plural(" ".join(subject))
    return False


def _disagrees(question: str) -> bool:
    if _does_with_many(question):
        return True
    match = SUBJECT.match(question)
    if match is None or re.search(r",|\b(?:and|or)\b", match["subject"]):
        return False
    verb, subject = match["verb"].lower(), match["subject"]
    if verb == "are":
        plural = any(grammar.is_plural(word) for word in subject.split())
        return not plural and not re.search(
            r"(?i)\b(?:you|we|they|there|these|those|both|some|many|few|most|any)\b", subject
        )
    return grammar.is_plural(subject.split()[-1])


# "Should I always …": what follows is the verb, in its base form.
ASKS_OF_ME = re.compile(
    r"\b(?i:can|could|should|would|will|must|may|might|do|did) (?:I|you|we) "
    r"(?:(?:not|also|still|ever|best|just|even|always|first|never|often|then|[a-z]+ly) )*"
    r"(?P<verb>[a-z]+)(?=[ ?])"
)
NO_VERBS = frozenset(
    "a an the my your our their its this that in on at for to with of from by if when".split()
)


def _lacks_verb(question: str) -> bool:
    """Return whether no verb follows where one must: "How can I the winter?", "How can I success?"."""
    match = ASKS_OF_ME.search(question)
    if match is None:
        return False
    verb = match["verb"]
    return verb in NO_VERBS or (grammar.is_known(verb) and not grammar.is_verb(verb))


LAST_NUMBER = re.compile(r"(?P<before>[a-z]+) \d[\d.,]*\?$")
# Before these a number stands by itself: "call 911", "type 2", "over 60".
BEFORE_NUMBERS = frozenset(
    """call dial text ring phone press turn reach type stage grade level phase day week step part number age question
    room line rule group section chapter page form bus over under above below than by in at to of on from until
    till before after about around near past and or""".split()
)


def _counts_nothing(question: str) -> bool:
    """Return whether a question ends with a number after its verb, and what it counts was cut off."""
    match = LAST_NUMBER.search(question)
    return match is not None and match["before"] not in BEFORE_NUMBERS and grammar.is_verb(match["before"])
