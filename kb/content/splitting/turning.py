"""A statement is turned round into the yes-or-no question that it answers: "Sleep helps." gives "Does sleep help?"."""

import re

from kb.content.splitting import grammar, orders, rules
from kb.content.splitting.rules import in_running_text
from kb.content.splitting.statements import (
    FREQUENCY,
    JOINING,
    LONGEST_SENTENCE,
    UNDEFINED,
    finite_parts,
    plain,
)

# What a writer tells of himself; a reader who asks says "I" of somebody else.
NARRATOR = re.compile(r"\bI(?:[’'](?:m|ve|d|ll))?\b|\b(?i:my|me|mine|myself)\b")
# The dash of "70–75%" ends nothing.
DASH = r"(?:(?<!\d)[–—]|[–—](?!\d))"
CLAUSE_END = re.compile(rf"\s*(?:[,;:…]|{DASH}|\.\.\.| - )\s*")
BROKEN = re.compile(rf"[;:]|{DASH}|\.\s")
# Participles that tell a state: "may be needed" is asked with "Is … needed?".
STATES = frozenset("needed required recommended advised interested tired concerned worried".split())
# What turns a sentence round is no part of what it was asked.
TURN = re.compile(
    r"(?i),\s+(?:but|so|yet|although|though|whereas|while)\s+(?!that\b)|;\s+|\s+(?:although|even though|whereas)\s+"
    r"|,\s+which\s+|,\s+(?=(?:it|this|that|they|he|she|we|you)(?:[’']s|[’']re)?\s+(?:\w+\s+)?\w+)"
    r"|,\s+and\s+(?=(?:that|this|it|they|he|she|we|you|there)\b)"
    # What two things do is one question where commas set off more than two.
    r"|(?<!,),\s+and\s+(?=(?:[\w-]+\s+){1,4}(?:can|may|will|is|are|has|have|should)\b)"
)
# "Fiber is popular because …" tells why. What is not so is asked in other ways.
REASONED = re.compile(
    r"(?i)(?P<what>(?!.*\b(?:not|no|never|only)\b|.*n[’']t\b)[^,;:]{12,90}?),?"
    r" (?:mainly |largely |partly |mostly |probably |simply )?(?:because(?: of)?|due to|thanks to) "
)
OURS = re.compile(r"\b(us|our)\b")
SECOND_CLAUSE = re.compile(
    r"(?i),\s+(?:so|but|because|which|while|and)\s|\band so\b|\s(?:it|they|he|she|this|that|i|we|you)$"
    r"|\balso\s\w+s\b"
)
# Questions that are turned sentences, no longer than a person would ask them.
MOST_WORDS_OF_A_TURNED = 20
LONGEST_SUBJECT = 14  # words; past it the question reads as a sentence turned round
MOST_WORDS = 24
PARTIAL = frozenset("certain some several different various".split())
PERSONS = frozenset(
    "people persons women men adults children patients doctors experts researchers friends parents".split()
)


def turned_question(sentence: str) -> str | None:
    """Return the yes-or-no question that a statement answers: "Sleep helps." gives "Does sleep help?"."""
    if len(sentence) > LONGEST_SENTENCE:
        return None
    text = JOINING.sub("", plain(sentence))
    if NARRATOR.search(text):
        return None
    reasoned = REASONED.match(text)
    if reasoned:
        whether = turned_question(reasoned["what"])
        return f"Why {grammar.lower_first(whether)}" if whether else None
    parts = None if orders.is_order(text) else finite_parts(text)
    if parts is None:
        return None
    question = _turned_parts(*parts)
    return question if question and is_asked_by_people(question) else None


def is_asked_by_people(question: str) -> bool:
    """Return whether a question made from a sentence is one that people ask, and stands by itself."""
    return len(question.split()) <= MOST_WORDS_OF_A_TURNED and not is_unasked(question)


def is_unasked(question: str) -> bool:
    """Return whether nobody would ask a question, or only who has read what stands before."""
    return any(rules.pattern(rule["pattern"]).search(question) for rule in rules.table("unasked")["unasked"])


def _turned_parts(subject: str, verb: str, rest: str) -> str | None:
    if verb.lower() in grammar.AUXILIARIES and rest.split(" ", 1)[0].lower() in {"i", "you", "we", "they"}:
        return None  # "My sleep do I need help": a question without its mark
    subject_words = subject.split()
    while subject_words and subject_words[-1].lower() in FREQUENCY:
        subject_words.pop()
    if (
        not subject_words
        or len(subject_words) > LONGEST_SUBJECT
        or subject_words[0].lower() in {"it", "they", "this", "that", "these", "those", "he", "she"}
    ):
        return None
    if {word.lower() for word in subject_words} & {"us", "we", "our"} and subject_words[0].lower() != "we":
        return None
    if subject_words[0].lower() in {
        "do",
        "don't",
        "don’t",
        "please",
        "let's",
        "let’s",
        "maybe",
        "perhaps",
        "imagine",
    }:
        return None
    if (
        subject_words[0].lower() in {"the", "a", "an", "your"}
        and len(subject_words) < 5
        and ({word.lower() for word in subject_words[-2:]} & UNDEFINED)
    ):
        return None  # "The first step is to realize …"
    if "," in " ".join(subject_words) and not {"and", "or"} & set(subject_words):
        return None  # "In the other trial, a small one, patients …"
    if SECOND_CLAUSE.search(" ".join(subject_words)):
        return None  # "A lab study measures waves, so it finds …": the first verb was taken for a noun.
    subject = grammar.as_asked(in_running_text(" ".join(subject_words)))
    if subject.lower() == "we":
        # What the clinic says of itself, a reader asks of "you".
        subject = "you"
    if subject.lower() == "me":
        subject = "I"
    rest = _first_clause(rest)
    second = SECOND_VERB.search(rest) if _takes_do(verb) else None
    rest = rest[: second.start()] if second else rest
    rest_words = rest.split()
    while (
        rest_words and rest_words[0].lower() in FREQUENCY - {"never"} and rest_words[:2] != ["likely", "to"]
    ):
        rest_words.pop(0)
    rest = grammar.as_asked(" ".join(rest_words), grammar.lemma(verb.lower()))
    low = verb.lower().replace("’", "'")
    first, _, thing = subject.partition(" ")
    if (
        first.lower() in PARTIAL
        and grammar.is_plural(thing)
        and not PERSONS & set(thing.lower().split())
        and "n't" not in low
    ):
        # "Certain foods trigger …" is read by who asks which.
        return _asked(f"which {thing} {low} {rest}") if rest else None
    return _turned(subject, low, rest)


SECOND_VERB = re.compile(
    r",? (?:and|but|or) (?:then |also |often )?(?=[a-z]+s (?:a|an|the|your|it|you|them|to|more|less|worse"
    r"|better|in|on|up|out|off|sleep)\b)"
)


def _takes_do(verb: str) -> bool:
    """Return whether a verb is asked with "does", so that a second one after "and" would keep its ending."""
    return verb.lower() not in grammar.AUXILIARIES


def _turned(subject: str, verb: str, rest: str) -> str | None:
    negative = {
        "can't": "can",
        "cannot": "can",
        "won't": "will",
        "don't": "do",
        "doesn't": "does",
        "didn't": "did",
    }
    verb = negative.get(verb, verb.removesuffix("n't") if verb.endswith("n't") else verb)
    rest = _whether_any(rest) if subject == "there" and rest.startswith("no ") else rest
    if verb in {"may", "might", "must"} and rest.startswith("be ") and subject == "there":
        return _asked(f"can there {rest}") if verb != "must" else None
    if verb in {"may", "might"} and rest.startswith("be "):
        told = rest.split(" ", 2)[1]
        if grammar.tags(f"be {told}")[-1][1] == "VBN" and told not in STATES:
            return _asked(f"can {subject} {rest}")
        if subject == "I":
            return _asked(f"am I {rest.removeprefix('be ')}")
        return _asked(f"{grammar.is_or_are(subject)} {subject} {rest.removeprefix('be ')}")
    if verb == "must":
        return _asked(f"{grammar.do_or_does(subject)} {subject} have to {rest}") if rest else None
    verb = {"may": "can", "might": "can", "shall": "should"}.get(verb, verb)
    if verb == "do" and rest and grammar.is_verb(rest.split(maxsplit=1)[0]):
        return _asked(f"{grammar.do_or_does(subject)} {subject} {rest}")
    if verb in {"is", "are"} and subject == "I":
        return _asked(f"am I {rest}") if rest else None
    if (
        verb in {"do", "does", "did"}
        and not (rest and grammar.is_verb(rest.split(maxsplit=1)[0]))
        and not rest.startswith("not ")
    ):
        return _asked(f"{'did' if verb == 'did' else grammar.do_or_does(subject)} {subject} do {rest}")
    rest = rest.removeprefix("not ")
    if verb in grammar.AUXILIARIES - {"has", "have", "had"}:
        return _asked(f"{verb} {subject} {rest}") if rest else None
    if verb in {"has", "have", "had"}:
        first = rest.split(" ", 1)[0]
        tagged = grammar.tags(f"has {first}")
        if len(tagged) > 1 and (tagged[1][1] in {"VBN", "VBD"} or first in {"been", "become"}):
            return _asked(f"{verb} {subject} {rest}")
    if (verb.endswith("ed") and grammar.lemma(verb) != verb) or grammar.tags(verb)[0][1] == "VBD":
        return _asked(f"did {subject} {grammar.lemma(verb)} {rest}")
    base = grammar.lemma(verb)
    rest = re.sub(
        r"^(and|or) ([a-z]+s)\b", lambda match: f"{match[1]} {grammar.lemma(match[2])}", rest
    )  # "treats and prevents"
    # The writer's own verb tells the number better than the subject does: "Popping pimples makes …".
    does = "does" if verb != base and verb.endswith("s") else grammar.do_or_does(subject)
    return _asked(f"{does} {subject} {base} {rest}")


def _whether_any(rest: str) -> str:
    """Return what stands after "there is no …" as it is asked for: "There is no cure" answers "Is there a cure?"."""
    thing = rest.removeprefix("no ")
    head = thing.split(" ", 1)[0] if " of " in thing else thing
    return f"any {thing}" if grammar.is_plural(head) else grammar.with_article(thing)


def _first_clause(text: str) -> str:
    """Return the text as far as a question needs it: its first clause, where it is long or another contradicts it."""
    text = TURN.split(text, maxsplit=1)[0]
    if len(text.split()) <= MOST_WORDS - 8 and not BROKEN.search(text):
        return text
    parts = CLAUSE_END.split(text)
    taken = parts[0]
    for part in parts[1:]:
        if len(f"{taken} {part}".split()) > 10:
            break
        # "It is continuous, and other factors can …" goes on with another sentence.
        if taken == parts[0] and re.match(r"(?i)(?:and|but|so)\b", part):
            break
        if not re.match(r"(?i)(?:and|but|so|or|which|who|while|although|because)\b", part):
            break
        taken = f"{taken}, {part}"
    words = taken.split()
    if len(words) > MOST_WORDS - 6:
        cut = next(
            (
                i
                for i in range(MOST_WORDS - 7, 5, -1)
                if words[i].lower()
                in {"and", "because", "which", "when", "if", "that", "so", "but", "to", "for", "in"}
            ),
            None,
        )
        return " ".join(words[:cut]) if cut else " ".join(words[: MOST_WORDS - 8])
    return taken


def _asked(question: str) -> str:
    # The writer's "us" is the asker's "you".
    text = OURS.sub(lambda match: {"us": "you", "our": "your"}[match[1]], " ".join(question.split()))
    text = text.rstrip(" ,;:.")
    return grammar.upper_first(f"{text}?")
