"""Tell which question a heading asks."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from kb.content.sentences import QUESTION_MARKS, SMALL_WORDS, asks
from kb.content.splitting import grammar, pronouns, rules, statements, turning, unasking
from kb.content.splitting.rules import Subject
from kb.content.splitting.topics import asked_by_topic
from kb.content.splitting.wellformed import FEWEST_WORDS, faults, is_well_formed

# Enumerations in front of a heading, and what stands for it in a FAQ.
NUMBERING = re.compile(
    r"^\s*(?:(?:step|tip|fact|myth|part|chapter|section|question|reason|rule|lesson|q|faq)\s*#?\s*\d*\s*[:.)–—-]\s*"
    r"|(?:[\w’'-]+ ){0,3}(?:step|tip|idea|sign|reason|myth|mistake|way|trick|hack|secret|lesson|symptom|cause)"
    r" ?#?\d+\s*[:.)–—-]\s*"  # "Small nursery idea #1: …"
    r"|#?\d{1,3}\s*[.):–—-]+\s*|\(?(?:[a-zA-Z]|[ivx]{2,5})[.)]\s+|[A-Za-z]\s*=\s*(?=[A-Z])|[•·►▶✓✔*–—-]+\s*|q\s*:\s*)",
    re.IGNORECASE,
)
# "Living with gout: a guide" asks no more than "Living with gout".
SUBTITLE = re.compile(
    r"(?i)\s*[:–—-]\s+(?:an?|the|your|our)\s(?:[\w-]+ ){0,2}(?:guide|overview|introduction|primer|look)$"
)
MYTH = re.compile(r"(?i)(?:[\w’'-]+ ){0,2}myth\b")
# "When to see a doctor?" is a heading with a mark.
UNASKING = re.compile(r"(?i)^(when|how|where|what) to\b(?! do about\b)")
ASKS = {"when": "should", "how": "do", "where": "can", "what": "should"}
ROMAN = re.compile(r"[IVX]+|[A-Z]")
LONGEST_ABBREVIATION = 6  # letters
QUESTION_OPENING = re.compile(
    r"(?i)^(?:(?:and|but|so|to|in|at|for|on|with|from|under|about|once|if|when|after)\b[^?]*,\s*)?"
    r"(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|can|could|should|will|would|may|might"
    r"|has|have|had|am|must|isn.t|aren.t|don.t|doesn.t|can.t|won.t|shouldn.t)\b"
)
# What only calls its reader.
NO_QUESTION = re.compile(
    r"(?i)(?:did you know(?: that)?|sound familiar|does this sound familiar|ready|why not|so what|what do you think"
    r"|got (?:a )?questions?|(?:any|have) (?:more |other )?questions?|need help|still unsure|in a hurry)\s*\?"
)

OPENING_FILLER = re.compile(
    r"(?i)^(?:so|and|but|well|ok|okay|now)(?: then| first)?[,:]? (?=(?:what|who|when|where|why|how|is|are|do|does"
    r"|can|should|will)\b)"
)


class Casing(frozenset[str]):
    """The words that an article writes with a capital within its sentences; `small` are those it does not.

    Equal to itself only, as another of the same words may have others that are small.
    """

    small: frozenset[str] = frozenset()
    __eq__ = object.__eq__
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question that a heading asks. `how` says which kind of rule made it; `qtype` may be left open."""

    question: str
    qtype: str
    how: str


@lru_cache(maxsize=32)  # A heading is read by several rules, one after the other.
def cleaned(heading: str, proper: frozenset[str] = frozenset()) -> str:
    """Return a heading without its number, its closing colon and its capitals of style.

    `proper` holds the words that the article writes with a capital within its sentences.
    """
    text = NUMBERING.sub("", heading, count=1).strip(" *_\t") or heading.strip()
    text = sentence_case(SUBTITLE.sub("", re.sub(r"\s*[:–—-]+$", "", text)), proper)
    return re.sub(r" & (?=[a-z])", " and ", text)  # of two names it is a part


def sentence_case(text: str, proper: frozenset[str] = frozenset()) -> str:
    """Return a title with capitals only where sentences have them; words in capitals throughout stay if few are."""
    words = text.split(" ")
    letters = [word for word in words if re.search("[A-Za-z]", word)]
    if len(letters) > 1 and all(word.upper() == word for word in letters):
        return " ".join(words[:1]).capitalize() + "".join(
            f" {word.capitalize() if word.capitalize() in proper else word.lower()}" for word in words[1:]
        )
    if len(letters) == 1 and text.isupper() and len(letters[0]) > LONGEST_ABBREVIATION:
        return text.capitalize()
    small = proper.small if isinstance(proper, Casing) else frozenset()
    capital = [word for word in letters[1:] if word[0].isupper() and word[1:] == word[1:].lower()]
    lower = [word for word in letters[1:] if word[0].islower() and word.lower() not in SMALL_WORDS]
    styled = len(capital) > len(lower)
    kept = [words[0]]
    for word in words[1:]:
        bare = word.strip(".,:;?!()")
        plain_title = word[:1].isupper() and word[1:] == word[1:].lower() and bare not in proper
        common = styled or bare.lower() in small
        # "Vitamin D", "hepatitis B"; "A" is an article.
        lettered = len(bare) == 1 and bare.isupper() and bare != "A"
        name = (
            lettered or ROMAN.fullmatch(bare) or (bare.endswith(("’s", "'s")) and bare.lower() not in small)
        )
        kept.append(word.lower() if plain_title and common and not name else word)
    return " ".join(kept)


# "How do I remove it? Does bleach work?": the first is what the other belongs to.
TWO_QUESTIONS = re.compile(r"([^?]{16,}\?)\s+[^?]+\?$")
ASKED_PART = re.compile(
    r"(?i)(?P<asked>(?:do|does|is|are|can|should|what|why|how|when|who|where|will)\b[^?]{10,}\?)\s+[^?]{8,}"
)


def asked_part(heading: str) -> str:
    """Return a heading without what stands after its question: "Is it flu? Our nurse answers"."""
    match = ASKED_PART.fullmatch(heading.strip())
    return match["asked"] if match else heading


def is_question(text: str) -> bool:
    """Return whether a heading asks, with or without a question mark."""
    return asks(text)


def published_question(heading: str, about: Subject, lang: str, proper: frozenset[str] = frozenset()) -> str:
    """Return a publisher's question as it stands, but for its number, and for what it needs to stand alone.

    A question that points with "it" names the subject instead; one that is too long loses the sentences before it.
    """
    text = NUMBERING.sub("", heading, count=1).strip(" *_\t") or heading.strip()
    two = TWO_QUESTIONS.match(text) if lang.startswith("en") else None
    text = two[1] if two and is_well_formed(grammar.upper_first(two[1])) else text
    if lang.startswith("fr"):
        return text  # French parts its marks from the words.
    text = re.sub(r"[.!]+\?", "?", re.sub(r"\s+([?!])", r"\1", text))
    if not lang.startswith("en"):
        return _spanish(text) if lang.startswith("es") else text
    text = grammar.upper_first(OPENING_FILLER.sub("", sentence_case(text, proper)))
    unasking = UNASKING.match(text)
    if unasking:
        text = f"{unasking[1]} {ASKS[unasking[1].lower()]} I{grammar.as_asked(text[unasking.end() :])}"
    if NO_QUESTION.fullmatch(text):
        return ""
    asked = text
    if pronouns.is_fragment(text):
        formed = _by_form(text, about)
        return formed[0].question if formed else asked
    text = pronouns.named(text, about)
    if is_well_formed(text):
        return text
    shorter = text
    while not is_well_formed(shorter) and re.search(r"[.!?]\s+\S", shorter):
        shorter = grammar.upper_first(re.split(r"(?<=[.!?])\s+", shorter, maxsplit=1)[1])
    if is_well_formed(shorter):
        return shorter
    recased = grammar.upper_first(sentence_case(text, proper))
    if is_well_formed(recased):
        return recased
    if QUESTION_OPENING.match(asked) and len(asked.split()) >= FEWEST_WORDS:
        return asked
    # "Back pain?" and "Still tired?" are asked of the reader and not by one.
    return ""


def _spanish(text: str) -> str:
    """Return a Spanish question with the mark that was forgotten at one of its ends."""
    if "¿" in text:
        return text if any(mark in text for mark in QUESTION_MARKS) else f"{text.rstrip(' .:')}?"
    if QUESTION_OPENING.match(text) and not text.lower().startswith("has "):
        return text  # An English question.
    parts = re.split(r"(?<=[.!])\s+|(?<=, )(?=(?:qué|cómo|cuál|cuándo|dónde|quién|cuánto)\b)", text)
    return " ".join([*parts[:-1], f"¿{parts[-1][:1].upper()}{parts[-1][1:]}"])


def proposals(
    heading: str, about: Subject, names: tuple[str, ...], proper: frozenset[str] = frozenset()
) -> list[Proposal]:
    """Return the questions that an English heading may ask, the best first; none when it tells nothing."""
    text = cleaned(heading, proper)
    topic = asked_by_topic(text, about)
    sure = [*_by_form(text, about), *_sound([Proposal(*topic, "topic")] if topic else [], about)]
    if sure:
        return sure  # What a form or a topic says is said best; the rest takes most of the time.
    leaning = _by_form(text, about, may_lean=True)[:1]
    found: list[Proposal] = []
    bare = statements.plain(text)
    # A myth is asked whether it is so: nothing is defined or told by it.
    known = (
        None
        if MYTH.match(heading)
        else statements.rule_question(text if text.endswith(".") else f"{text}.", about, names)
    )
    parts = statements.finite_parts(bare)
    order = unasking.imperative_question(bare)
    stated = known is not None and (parts is not None or heading.rstrip().endswith((".", "!")))
    # A rule that is sure of the sentence says it as people ask it; another only knows what it touches.
    which = turning.turned_question(bare) if parts and not order else None
    if which and which.startswith("Which "):
        found.append(Proposal(which, "", "statement"))
    if known and stated and known[2] >= 2 and not order:
        found.append(Proposal(known[0], known[1], "statement"))
    if order:
        found.append(Proposal(order, "recommendation" if order.startswith("How do I ") else "", "order"))
    elif parts:
        turned = turning.turned_question(bare)
        if turned:
            found.append(Proposal(turned, "", "statement"))
    if known and stated and not order:
        found.append(Proposal(known[0], known[1], "statement"))
    gerund = unasking.gerund_question(bare, about)
    if gerund:
        found.append(Proposal(gerund, "", "gerund"))
    condition = unasking.condition_question(bare)
    if condition:
        found.append(Proposal(condition, "", "condition"))
    if QUESTION_OPENING.match(bare) and not is_question(text) and len(bare.split()) > 2:
        found.append(Proposal(unasking.inverted_question(bare), "", "question"))
    # "How does it work?", of an illness: the publisher's own words, flagged, are better than a guess.
    return _sound(found, about) or leaning


# The writer's own; "our body" is everybody's.
OURS = re.compile(
    r"\b(?:us(?=[ ?])|our(?= (?:[\w-]+ )?(?:clinics?|teams?|practices?|hospitals?|doctors?|nurses?|staff|offices?"
    r"|schools?|services?|patients|polic(?:y|ies)|prices|fees|website|shop|products?|library|centre|center)\b))"
)


def _as_yours(question: str) -> str:
    return OURS.sub(lambda match: {"us": "you", "our": "your"}[match[0]], question)


def _sound(found: list[Proposal], about: Subject, *, may_lean: bool = False) -> list[Proposal]:
    """Return the proposals that an editor would let pass, as a reader would ask them.

    The subject's name stands for an "it" that means the subject; the writer's "us" is the asker's "you".
    """
    named = [
        replace(proposal, question=pronouns.named(_as_yours(proposal.question), about)) for proposal in found
    ]
    return [
        proposal
        for proposal in named
        if is_well_formed(proposal.question) or (may_lean and faults(proposal.question) == ["dangling"])
    ]


@cache
def _forms() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    return [(rules.pattern(rule["pattern"]), rule) for rule in rules.table("headings")["heading"]]


def _by_form(text: str, about: Subject, *, may_lean: bool = False) -> list[Proposal]:
    bare = statements.plain(text)
    for pattern, rule in _forms():
        match = pattern.fullmatch(bare)
        template = rules.question_of(rule, about.kind) if match else None
        if match is None or template is None or ("{focus}" in template and not about.phrase):
            continue
        groups: dict[str, str | None] = {**match.groupdict(), "self": grammar.lower_first(bare)}
        sure = _sound(
            [Proposal(rules.fill(template, groups, about), rule["qtype"], "form")], about, may_lean=may_lean
        )
        if sure:
            return sure
    return []
