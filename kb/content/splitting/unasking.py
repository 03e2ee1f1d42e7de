"""Turn a heading that asks nothing as it stands into what one asks: an order, a clause, a doing, a condition."""

import re

from kb.content.splitting import grammar, orders, turning
from kb.content.splitting.rules import Subject

# What tells a reader what to do who meets a condition.
ADVISES = re.compile(
    r"(?i)\b(?:you(?:r \w+)? (?:can|could|should|may|might|must|will|need|have to|want)|you[’']ll|we (?:can|will|may)"
    r"|should|must|please|see|call|contact|talk|speak|ask|tell|seek|help|let|try|use|take|best|better|important|time"
    r"|advisable|recommended?|advised?|advice)\b"
)
PAST = re.compile(r"(?i)(?:you|i|we|the \w+) (?:were|was|had|did)\b")
PERSONAL = re.compile(r"(?i)\b(?:you|your|i|my|me|we|us|our|they|he|she|it)\b|\b(?:was|were|had|did)\b")
# "Baking day" is a day, not what to bake.
MODIFIED = frozenset(
    """day days time times tips lesson lessons hours room list area guide plan season process test costs cost
    advice options week year stage phase method methods machine tool tools basics habits problems
    disorders range bin bag box machine service""".split()
)
# Nobody does these to what an article is about: "Eating and drinking".
DONE_WITH_NOTHING = frozenset(
    """eat drink sleep rest walk run go come drive fly travel work exercise swim bathe shower wash breathe sit
    stand""".split()
)


def imperative_question(text: str) -> str | None:
    """Return what someone asks who is told to do something: "Rest your leg" gives "Should I rest my leg?"."""
    if not orders.is_order(text) or orders.POINTING.match(text):
        return None
    order = grammar.lower_first(text).replace("’", "'")
    order = re.sub(r"(?i)^(?:please|always) ", "", order)
    order = re.split(r"\s[–—-]\s|;|:|\.\s", order)[0]
    order = re.sub(r",\s*(?:and|but|so|or|not|too)?\s*.*$", "", order) if len(order.split()) > 12 else order
    order = re.sub(
        r"(?i)^(?:don't be afraid to|don't forget to|be sure to|make sure (?:to|that you|you)|remember to|try"
        r" to|try not to|do not forget to|take time to|start to) ",
        "",
        order,
    )
    negative = re.match(r"(?i)^(?:don't|do not|never) ", order)
    order = order[negative.end() :] if negative else order
    if negative and re.search(r"(?i)\b(?:until|unless)\b", order):
        return grammar.upper_first(
            f"when can I {grammar.as_asked(re.split(r'(?i) (?:until|unless) ', order)[0])}?"
        )
    forgotten = re.fullmatch(r"(?i)forget (?:about )?((?:the|your|an?) .+)", order) if negative else None
    if forgotten:
        return f"Do I need {grammar.as_asked(forgotten[1])}?"
    if negative and order.split(" ", 1)[0].lower() in orders.FAILINGS:
        # "Should I neglect my interests?" asks for the opposite of what is said.
        return grammar.upper_first(f"why should I not {grammar.as_asked(order)}?")
    # The writer's "us" is the asker's "you".
    asked = turning.OURS.sub(lambda match: {"us": "you", "our": "your"}[match[1]], grammar.as_asked(order))
    if not negative and (asked.split(" ", 1)[0] in orders.OBTAINING or orders.GETTING.match(asked)):
        return grammar.upper_first(f"how can I {asked}?")
    if not negative and asked.split(" ", 1)[0] in orders.MAKING and not asked.startswith("make sure"):
        return grammar.upper_first(f"how do I {asked}?")
    return grammar.upper_first(f"should I {asked}?")


def inverted_question(text: str) -> str:
    """Return a question told as a clause in the order of one that is asked: "how dogs catch it" is "How do dogs …"."""
    opening = re.match(r"(?i)(?P<w>how|why|when|where|what) (?P<rest>\S+ \S.*)", text)
    # "has and has not approved" is asked for by half of it.
    plain_text = re.sub(r"(?i)\b(\w+) and \1(?: not|n[’']t)\b", r"\1", opening["rest"]) if opening else ""
    first = plain_text.split(" ", 1)[0].lower()
    if opening and first not in grammar.AUXILIARIES and first not in {"am", "much", "many", "long", "often"}:
        turned = turning.turned_question(plain_text if opening["w"].lower() != "what" else f"{plain_text} it")
        if turned is not None and not turned.startswith("Which "):
            words = turned.removesuffix("?").split(" ", 1)
            rest = words[1].removesuffix(" it") if opening["w"].lower() == "what" else words[1]
            return grammar.upper_first(f"{opening['w'].lower()} {words[0].lower()} {rest}?")
    return grammar.upper_first(f"{grammar.as_asked(text)}?")


def gerund_question(text: str, about: Subject) -> str | None:
    """Return what a heading such as "Choosing a shoe" promises to tell: "How do I choose a shoe?"."""
    words = text.split()
    if not words:
        return None
    first = words[0].lower()
    if len(words) == 1 and first.endswith("ing") and len(first) > 5 and grammar.is_verb(grammar.lemma(first)):
        if grammar.is_noun(first):
            return None  # "Warning", "Swelling"
        return f"Can I {grammar.lemma(first)}?" if grammar.lemma(first) != first else None
    if (
        len(words) < 2
        or not first.endswith("ing")
        or len(first) < 5
        or first
        in {
            "during",
            "morning",
            "evening",
            "nothing",
            "something",
            "anything",
            "everything",
            "according",
            "including",
            "regarding",
            "concerning",
            "being",
            "thing",
            "spring",
            "king",
            "ring",
            "string",
        }
    ):
        return None
    base = grammar.lemma(first)
    if words[1].lower() in MODIFIED:
        return None
    if len(words) == 2 and grammar.tags(words[1].lower())[0][1] in {"JJ", "JJR"}:
        return None  # "Running low"
    two_things = (
        r"(?i)" + (r"" if first in {"going", "coming"} else r"^\w+") + r" (?:and|or|&) (?!\w+ing\b)[\w-]+$"
    )
    if re.search(two_things, text):
        return None  # "Going home and recovery", "Grooming and maintenance"
    if base == first or grammar.finite_like(text) or not grammar.is_verb(base):
        return None
    pair = re.fullmatch(r"(?i)\w+ing (and|or|&) (\w+ing)(?: (.+))?", text)
    if pair:
        both = f"{base} {'or' if pair[1] == 'or' else 'and'} {grammar.lemma(pair[2].lower())}"
        alone = about.kind != "procedure" and base not in DONE_WITH_NOTHING
        thing = grammar.as_asked(pair[3]) if pair[3] else about.phrase if alone else ""
        return grammar.upper_first(f"how do I {both} {thing}?") if thing else None
    return grammar.upper_first(f"how do I {base} {grammar.as_asked(' '.join(words[1:]))}?")


def condition_question(text: str) -> str | None:
    """Return what someone asks who meets a heading's "If you …" or "When you …"."""
    match = re.match(r"(?i)^(if|when) (.+)$", text)
    if match is None or PAST.match(match[2]):
        return None
    told = re.sub(r"\s+[–—-]\s+(?:and|or)\b[^,]*", "", match[2])
    clause, *after = re.split(r",\s+|\s+(?=please\b)", told, maxsplit=1)
    if after and not (orders.is_order(after[0]) or ADVISES.search(after[0])):
        # "If you are anything like me, you have felt …" asks nothing; what comes of a thing is asked for.
        if PERSONAL.search(clause):
            return None
        question = f"What happens {match[1].lower()} {clause}?"
        return question if turning.is_asked_by_people(question) else None
    if clause.startswith("to "):
        return f"When should I {grammar.as_asked(clause.removeprefix('to '))}?"
    question = f"What should I do {match[1].lower()} {grammar.as_asked(clause)}?"
    return question if turning.is_asked_by_people(question) else None
