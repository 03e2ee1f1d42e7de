"""Headings that name an aspect of a subject: "Symptoms", "Migraine causes", "Cost of braces"."""

import re
from functools import cache
from typing import Any

from kb.content.splitting import grammar, rules, statements
from kb.content.splitting.kinds import kind_by_name
from kb.content.splitting.rules import Subject

MODIFIERS = (
    r"(?P<m>(?:(?:most |very |more |other |some |many )?(?:common|early|late|main|other|possible|typical"
    r"|mild|severe|physical|"
    r"emotional|mental|additional|first|usual|rare|serious|major|new|current|available|different|key|general|long-term|"
    r"short-term|frequent|potential|important|health|behavioral|specific|standard|alternative|medical|natural|"
    r"digestive|skin|useful|basic|practical|simple|quick|further)(?:,? and |,? or |, | ))+)?"
)
OF = (
    r"(?: (?:of|for|in|with|from|to|on|about|after|during|among|associated with|between|linked to|behind)"
    r" (?P<x>.+))?"
)


# "The disease at a glance": the heading means what the article is about.
GENERIC_SUBJECT = re.compile(
    r"(?i)^(?:the |this |your )?(?:disease|condition|disorder|illness|topic|procedure|treatment|product"
    r"|problem) (?=\w)(?!and\b|or\b|of\b|for\b|options|plan)"
)


# "Symptoms you should know": what stands before it is meant.
TO_KNOW = re.compile(
    r"(?i) (?:that )?(?:you (?:should|need to|must)|everyone should|to) (?:know|be aware of|(?:watch|look)(?: out)? for)"
    r"(?: about)?$"
)
ANYTHING = Subject("", "")


@cache
def _first(core: str) -> re.Pattern[str]:
    """Return what a heading is that names a topic alone or first."""
    return rules.pattern(
        rf"(?:(?:know|learn|spot) )?(?:the |your |what are the )?{MODIFIERS}(?P<core>{core}){OF}"
    )


@cache
def _last(core: str) -> re.Pattern[str]:
    """Return what a heading is that names a topic last."""
    return rules.pattern(rf"(?P<y>(?:[\w&’'/-]+ ){{1,5}}?){MODIFIERS}(?P<core>{core}){OF}")


def topic_of(text: str, about: Subject = ANYTHING) -> tuple[dict[str, Any], dict[str, str | None]] | None:
    """Return the topic rule that a cleaned heading meets and what it met; None when it names no known aspect.

    A rule that asks nothing of a subject of its kind is passed over.
    """
    bare = TO_KNOW.sub("", GENERIC_SUBJECT.sub("", statements.plain(text)))
    named: list[dict[str, Any]] = []
    for topic in rules.table("topics")["topic"]:
        # Most topics are named nowhere in a heading, and their patterns take long to make.
        if not rules.pattern(topic["core"]).search(bare):
            continue
        named.append(topic)
        whole = _first(topic["core"]).fullmatch(bare)
        if whole is None or (whole["m"] and not topic.get("modified", True)):
            continue
        if (
            _is_phrase(whole["x"] or "")
            and not (topic.get("needs") == "of" and not whole["x"])
            and rules.question_of(topic, _kind_of(whole["x"], about))
        ):
            return topic, {**whole.groupdict(), "y": None}
    for topic in named:
        if not (topic.get("before", True) and topic.get("modified", True)) or topic.get("needs") == "of":
            continue
        after = _last(topic["core"]).fullmatch(bare)
        if (
            after
            and _can_be_subject(after["y"])
            and _is_phrase(after["x"] or "")
            and rules.question_of(topic, _kind_of(after["x"] or after["y"], about))
        ):
            return topic, after.groupdict()
    return _two_topics(bare)


def _kind_of(named: str | None, about: Subject) -> str:
    """Return the kind of what a heading names, or of what the article is about where it names nothing else."""
    own = (
        named is None
        or _is_description(named)
        or named.strip().lower() in {about.name.lower(), about.phrase.lower()}
    )
    return about.kind if own else kind_by_name((named or "").strip())


TWO_THINGS = re.compile(r"^([\w-]+) and ([\w-]+(?: [\w-]+)?) ?$")


def _is_phrase(text: str) -> bool:
    """Return whether a text holds no finite verb that would make the heading a sentence."""
    if grammar.AUXILIARIES & set(text.lower().split()):
        return False
    if text and statements.finite_parts(text) is not None:
        return False  # "Cause of your pain makes a difference"
    tagged = grammar.tags(text)
    return not (
        tagged
        and tagged[0][1] in {"VB", "VBP"}
        and len(tagged) > 1
        and tagged[1][1] in {"RP", "IN", "DT", "PRP$", "RB"}
    )


# What is done with a treatment and has none: "Stopping treatment".
DOINGS = frozenset(
    """stopping starting beginning ending finishing continuing refusing delaying changing choosing getting finding having
    receiving seeking planning paying understanding considering completing resuming restarting repeating""".split()
)


def _can_be_subject(text: str) -> bool:
    # "Geriatric and extended care" is one thing.
    words = TWO_THINGS.sub(r"\1 \2", text.lower()).split()
    unfit = {"how", "why", "when", "what", "who", "where", "if", "no", "don't"} | DOINGS
    return words[0] not in unfit and not (
        set(words)
        & (
            grammar.AUXILIARIES
            | {"and", "the", "to", "of", "help", "helps", "seek", "get", "find", "know", "learn"}
        )
    )


# "Ear infection symptoms and treatment", "Symptoms and treatment of ear infections".
TWO = rf"(?P<a>\w+(?: \w+)?) (?:and|&) (?P<b>\w+(?: \w+)?){OF}"
TWO_OF = rf"(?P<y>[\w’'-]+(?: [\w’'-]+){{0,2}}) {TWO}"


def each_of_two(text: str) -> tuple[str, str] | None:
    """Return a cleaned heading that names two aspects as two headings, each of the same subject; else None."""
    bare = GENERIC_SUBJECT.sub("", statements.plain(text))
    found = _two_cores(bare)
    if found is None:
        return None
    match = found[0]
    before = f"{match['y']} " if match["y"] else ""
    after = bare[match.end("b") :]
    return f"{before}{match['a']}{after}", f"{before}{match['b']}{after}"


def _two_cores(bare: str) -> tuple[re.Match[str], dict[str, Any], dict[str, Any]] | None:
    """Return how a heading names two aspects, and their rules: "Side effects and cost", "Flu symptoms and causes"."""
    topics = rules.table("topics")["topic"]
    for pattern in (rf"(?P<y>){TWO}", TWO_OF):
        match = rules.pattern(pattern).fullmatch(bare)
        if match is None:
            continue
        first, second = (
            next((topic for topic in topics if rules.pattern(topic["core"]).fullmatch(match[part])), None)
            for part in ("a", "b")
        )
        if first and second:
            return match, first, second
    return None


def _two_topics(bare: str) -> tuple[dict[str, Any], dict[str, str | None]] | None:
    """Return two aspects joined, "Causes and risk factors", as one topic."""
    found = _two_cores(bare)
    if found is None:
        return None
    match, first, second = found
    named: dict[str, str | None] = {"m": None, "x": match["x"], "y": match["y"] or None}
    if first["qtype"] == second["qtype"]:
        return first, {"core": match["a"].lower(), **named}
    joined = {"qtype": first["qtype"], "question": "What are the {core} of {T}?"}
    limited = next((rule for rule in (first, second) if "of" in rule), None)
    if limited is not None:
        joined |= {"of": limited["of"], "otherwise": "What are the {core} of treatment for {T}?"}
    return joined, {"core": f"{match['a'].lower()} and {match['b'].lower()}", **named}


def _is_description(words: str) -> bool:
    """Return whether words before an aspect describe it rather than name what has it."""
    last = grammar.tags(words.lower())[-1:]
    return bool(last) and last[0][1] in {"JJ", "JJR", "JJS", "RB", "IN", "PRP$", "DT", "CD"}


def asked_by_topic(text: str, about: Subject) -> tuple[str, str] | None:
    """Return the question and the qtype of a cleaned heading that names an aspect of a subject, else None."""
    found = topic_of(text, about)
    if found is None:
        return None
    topic, groups = found
    of_what = (groups["x"] or groups["y"] or "").strip()
    if not groups["x"] and of_what and _is_description(of_what):
        # "Up-front cost" is the cost of what the article is about.
        groups["m"], of_what = f"{groups['y'] or ''}{groups['m'] or ''}", ""
    if of_what.lower() in {
        "it",
        "them",
        "this",
        "this condition",
        "this disease",
        "the condition",
        "the disease",
    }:
        of_what = ""
    if not of_what and not about.phrase:
        return None
    subject = grammar.as_asked(rules.in_running_text(statements.plain(of_what))) if of_what else about.phrase
    modifiers = re.sub(r"\s+", " ", (groups["m"] or "").lower()).lstrip()
    core = (groups["core"] or "").lower()
    are_m = (
        f"are {'the ' if not modifiers.startswith(('some', 'many')) else ''}{modifiers}" if modifiers else ""
    )
    question = rules.question_of(topic, _kind_of(of_what or None, about)) or topic["question"]
    if are_m and "{are_m}causes {T}" in question:
        question = "What are the {m}causes of {T}?"
    filled = (
        question.replace("{are_m}", "")
        .replace("{m}", modifiers)
        .replace("{core}", core)
        .replace("{is_T}", grammar.is_or_are(subject))
        .replace("{does_T}", grammar.do_or_does(subject))
    )
    if filled.startswith("What are the") and not grammar.is_plural(core) and "{T}" in filled:
        filled = filled.replace("What are the", "What is the", 1) if core in filled else filled
    filled = re.sub(r"\bthe (?=(?:some|many) )", "", filled.replace("{T}", subject).replace("  ", " "))
    if filled.startswith("How does ") and grammar.is_plural(subject):
        filled = filled.replace("How does ", "How do ", 1)
    if filled.startswith("Is ") and grammar.is_plural(subject):
        filled = filled.replace("Is ", "Are ", 1)
    return filled, topic["qtype"]
