"""A sentence that states something becomes the question that it answers, by turning it round."""

import re
from functools import lru_cache
from typing import Any

from kb.content.splitting import grammar, orders, rules
from kb.content.splitting.qtypes import qtype_of
from kb.content.splitting.rules import Subject, in_running_text

PARENTHESES = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
# What announces a list that does not follow in the question.
UNFINISHED = re.compile(
    r"(?i),?\s+(?:including|such as|for example|which (?:may |can )?includes?|because|namely)$"
)
NOTE = re.compile(r"(?i)^(?:note|important|tip|remember|warning|caution|please note|fact|myth)\s*[:!–—-]+\s*")
# "Left untreated, gout …": what stands before the subject.
INTRODUCTION = re.compile(r"(?i)^(?:[\w’'-]+ ){0,8}[\w’'-]+, (?=\S)")
CLAUSE_END = re.compile(r"\s*(?:[,;:–—…]|\.\.\.| - )\s*")
SENTENCE_MARK = re.compile(r"[\s.!?…:;,]+$")
# What turns a sentence round is no part of what it was asked.
TURN = re.compile(r"(?i),\s+(?:but|so|yet|although|though|whereas|while)\s+(?!that\b)|;\s+")
OURS = re.compile(r"\b(us|our)\b")
SECOND_CLAUSE = re.compile(
    r"(?i),\s+(?:so|but|because|which|while|and)\s|\band so\b|\s(?:it|they|he|she|this|that)$|\balso\s\w+s\b"
)
LONGEST_SUBJECT = 14  # words; past it the question reads as a sentence turned round
MOST_WORDS = 24
LONGEST_SENTENCE = 1000  # characters; what is longer is no sentence
FREQUENCY = frozenset(
    """also often usually sometimes typically generally always commonly frequently still now just only really
    probably likely already actually even mostly mainly recently currently rarely never not""".split()
)
# Verbs that a tagger often takes for nouns in the plural.
COMMON_VERBS = frozenset(
    """causes helps works needs uses shows makes costs lasts takes affects increases leads means starts raises
    lowers keeps gives puts moves changes slows hurts prevents improves reduces includes contains
    depends begins ends grows""".split()
)
PARTIAL = frozenset("certain some several different various".split())
PERSONS = frozenset(
    "people persons women men adults children patients doctors experts researchers friends parents".split()
)
SUBJECT_PRONOUNS = frozenset("i you we he she it they this that these those there here one".split())
SUBORDINATORS = frozenset(
    """if when while because although though since as after before until unless once whether in for with during
    to by""".split()
)


def plain(sentence: str) -> str:
    """Return a sentence without what stands in brackets and without the mark at its end."""
    text = NOTE.sub("", SENTENCE_MARK.sub("", PARENTHESES.sub("", sentence)).strip(" \"“”'‘*"))
    return UNFINISHED.sub("", re.sub(r"\s+", " ", text))


@lru_cache(maxsize=32)
def _sentence_rules(names: tuple[str, ...]) -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    """Return the rules for sentences with their patterns, for an article that calls its subject so."""
    term = "|".join(re.escape(name) for name in names if name) or r"(?!)"
    return [
        (re.compile(rule["pattern"].replace("<F>", term), re.IGNORECASE), rule)
        for rule in rules.table("sentences")["sentence"]
    ]


def rule_question(sentence: str, about: Subject, names: tuple[str, ...]) -> tuple[str, str, int] | None:
    """Return the question, the qtype and the weight of the first rule that knows the sentence."""
    if len(sentence) > LONGEST_SENTENCE:
        return None
    text = PARENTHESES.sub("", sentence).strip()
    for pattern, rule in _sentence_rules(names):
        match = pattern.search(text)
        if match is None:
            continue
        groups: dict[str, str | None] = dict(match.groupdict())
        if "{subject}" in rule["question"]:
            groups["subject"] = subject_phrase(text, about)
        if rule.get("subject") and not _may_be_defined(groups.get("x") or ""):
            continue
        if (groups.get("x") or "").lower() in SUBJECT_PRONOUNS - {"we"}:
            groups["x"] = None
            if "{np x}" in rule["question"]:
                continue
        question = rules.fill(rule["question"], groups, about)
        return question, rule["qtype"] or qtype_of(question, "", names), rule["weight"]
    return None


def _may_be_defined(phrase: str) -> bool:
    words = phrase.lower().split()
    return (
        bool(words)
        and words[0] not in SUBJECT_PRONOUNS | SUBORDINATORS | {"my", "your", "our", "their", "his", "her"}
        and (not {"who", "which", "and", "most", "many", "some", "common", "best"} & set(words))
    )


def subject_phrase(sentence: str, about: Subject) -> str:
    """Return the noun phrase that a sentence is about: its subject, or the article's where it is a pronoun."""
    parts = finite_parts(plain(sentence))
    if parts is None:
        return about.phrase
    subject = parts[0]
    words = subject.lower().split()
    if not words or words[0] in SUBJECT_PRONOUNS or len(words) > 8:
        return about.phrase
    return grammar.as_asked(in_running_text(subject))


def finite_parts(sentence: str) -> tuple[str, str, str] | None:
    """Return subject, finite verb and the rest of a plain sentence; None when no verb can be told."""
    introduction = INTRODUCTION.match(sentence)
    if (
        introduction
        and not introduction.group()
        .lower()
        .startswith(("if ", "when ", "while ", "because ", "although ", "as "))
        and not (grammar.AUXILIARIES & set(introduction.group().lower().split()))
        and re.match(
            r"(?i)(?:left|in|for|at|on|after|before|with|without|to|over|during|despite|unlike|like|by|among|once"
            r"|first|second|finally|recently|today|typically|usually|generally|often|sometimes|fortunately"
            r"|unfortunately|luckily|over time|interestingly|surprisingly|researchers|according|since)\b",
            sentence,
        )
    ):
        sentence = sentence[introduction.end() :]
    tagged = grammar.tags(sentence)
    words = sentence.split(" ")
    position = 0
    seen_noun = False
    for index, word in enumerate(words):
        bare = word.strip('.,;:!?()"“”')
        if not bare:
            continue
        while (
            position < len(tagged)
            and tagged[position][0] != bare
            and not bare.startswith(tagged[position][0])
        ):
            position += 1
        tag = tagged[position][1] if position < len(tagged) else "NN"
        low = bare.lower()
        if index == 0 and (low in SUBORDINATORS or low in {"who", "what", "how", "why", "which"}):
            return None
        if seen_noun and _is_finite(low, tag, words, index):
            return " ".join(words[:index]), bare, " ".join(words[index + 1 :])
        if word.endswith((",", ";")) and not seen_noun:
            return None
        seen_noun = (
            seen_noun or tag.startswith(("NN", "PRP", "VBG", "CD", "JJ", "DT", "EX", "FW", "VB")) or index > 0
        )
        position += 1
    return None


def _is_finite(word: str, tag: str, words: list[str], index: int) -> bool:
    if words[index - 1].lower().strip(",") in {"that", "which", "who"}:
        return False  # The verb of a clause within the subject
    if word in grammar.AUXILIARIES or re.fullmatch(
        r"(?:is|are|was|were|do|does|did|has|have|could|should|would)n[’']t", word
    ):
        return True
    before = words[index - 1].lower().strip(",")
    if before in {
        "to",
        "a",
        "an",
        "the",
        "of",
        "for",
        "and",
        "or",
        "in",
        "with",
        "your",
        "my",
        "their",
        "on",
        "at",
        "by",
    }:
        return False
    if (
        word in COMMON_VERBS
        and index + 1 < len(words)
        and words[index + 1].lower() not in {"of", "and", "or", "for"}
    ):
        # "Napping for twenty minutes keeps …": the subject is what stands before the preposition.
        within = {"of", "for", "in", "on", "with", "at"} & {part.lower() for part in words[1:index]}
        return bool(within) or not grammar.is_plural(words[index - 1].strip(","))
    if tag == "VBZ" and word.endswith("s"):
        return not (
            index + 1 == len(words) and grammar.is_plural(" ".join(words[: index + 1])) and len(words) < 4
        )
    # "Some people decide to …": a base form after a plural.
    if tag in {"VBP", "VB"} and grammar.is_plural(words[index - 1].strip(",")) and index + 1 < len(words):
        return grammar.is_verb(word)
    return tag == "VBD" and grammar.is_verb(grammar.lemma(word)) and index + 1 < len(words)


def turned_question(sentence: str) -> str | None:
    """Return the yes-or-no question that a statement answers: "Sleep helps." gives "Does sleep help?"."""
    if len(sentence) > LONGEST_SENTENCE:
        return None
    text = plain(sentence)
    parts = None if orders.is_order(text) else finite_parts(text)
    if parts is None:
        return None
    subject, verb, rest = parts
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
    second = SECOND_VERB.search(rest) if low_verb_is_plain(verb) else None
    rest = rest[: second.start()] if second else rest
    rest_words = rest.split()
    while rest_words and rest_words[0].lower() in FREQUENCY - {"never"}:
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


def low_verb_is_plain(verb: str) -> bool:
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
    if verb in {"may", "might"} and rest.startswith("be "):
        return _asked(f"{grammar.is_or_are(subject)} {subject} {rest.removeprefix('be ')}")
    verb = {"may": "can", "might": "can", "must": "do", "shall": "should"}.get(verb, verb)
    if verb == "do" and rest and not rest.split(maxsplit=1)[0].endswith(("n't", "n’t")):
        # "must rest" is asked with "Do I have to rest?"; "don't rest" with "Do I rest?".
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
    if verb.endswith("ed") or grammar.tags(verb)[0][1] == "VBD":
        return _asked(f"did {subject} {grammar.lemma(verb)} {rest}")
    return _asked(f"{grammar.do_or_does(subject)} {subject} {grammar.lemma(verb)} {rest}")


def _first_clause(text: str) -> str:
    """Return the text as far as a question needs it: its first clause, where it is long or another contradicts it."""
    text = TURN.split(text, maxsplit=1)[0]
    if len(text.split()) <= MOST_WORDS - 8 and not re.search(r"[;:–—]|\.\s", text):
        return text
    parts = CLAUSE_END.split(text)
    taken = parts[0]
    for part in parts[1:]:
        if len(f"{taken} {part}".split()) > 10:
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
