"""What a sentence states: its subject and verb, and the question that its words are known to answer."""

import re
from collections.abc import Set
from functools import lru_cache
from typing import Any

from kb.content.splitting import grammar, rules
from kb.content.splitting.qtypes import qtype_of
from kb.content.splitting.rules import Subject, in_running_text

PARENTHESES = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
# What announces a list that does not follow in the question.
UNFINISHED = re.compile(
    r"(?i),?\s+(?:including|such as|for example|which (?:may |can )?includes?|because|namely)$"
)
# "Personal Items: Bring your card.": a label in front of a sentence.
LABEL = re.compile(r"(?P<label>[A-Z][^:.!?;]{2,70}):\s+(?=[“\"]?[A-Z])")
# "Rest is, for instance, no cure, the authors said."
ASIDE = re.compile(
    r"(?i), (?:for (?:instance|example)|however|of course|in fact|too),(?= )"
    r"|, (?:the )?(?:[\w.’'-]+ ){1,4}"
    r"(?:said|says?|wrote|writes|explained|explains|reported|added|noted|argued|argues?)(?=[.,]?$)"
)
NOTE = re.compile(
    r"(?i)^(?:note|important|tip|remember|warning|caution|please note|fact|myth|who|what|why|when|where|how)"
    r"\s*[:!–—-]+\s*|^[A-Z]\s?=\s?(?=[A-Z])"  # "T=Take your time": a letter of a word that one is to keep in mind
)
# "Left untreated, gout …": what stands before the subject.
INTRODUCTION = re.compile(r"(?i)^(?:[\w’'-]+ ){0,8}[\w’'-]+, (?=\S)")
SENTENCE_MARK = re.compile(r"[\s.!?…:;,]+$")
# What joins a sentence to the one before, and is no part of what it states.
JOINING = re.compile(
    r"(?i)^(?:(?:but|and|so|yet|plus|also|however|in fact|of course|indeed|besides|still|now|well|then|thus"
    r"|perhaps|maybe|therefore|furthermore|moreover|in addition|additionally|fortunately|unfortunately|luckily"
    r"|sadly|clearly|obviously|in short|in other words|overall|finally|first|second|third|lastly|remember|note that"
    r"|(?:please )?(?:keep|bear) in mind that"
    r"|(?:it.s|it is) (?:important|worth|good|useful|essential)"
    r" (?:to (?:note|remember|know|understand)|noting|remembering|knowing) that),? )+(?=\S+ \S)"
)
# Kinds of questions that make sense only of what people have and want to be rid of.
OF_CONDITIONS = frozenset(
    """symptoms risk_factors causes inheritance transmission diagnosis complications prevalence prevention treatment
    outlook""".split()
)
FOCUS_SLOT = re.compile(r"\{(?:\w+ )?focus\}")
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
# Of these, and of others, the base form after a plural is a verb, whatever else it may be.
BASE_VERBS = frozenset(
    """cause help work need use show make cost last take affect increase lead mean start raise lower keep give put
    move change slow hurt prevent improve reduce include contain depend begin end grow vary differ look feel tend
    require want like love come go get have respond react spread occur happen play disappear worsen""".split()
)
# What sentences say something of without telling what it is.
UNDEFINED = frozenset(
    """step steps first next last best key goal aim idea point question problem reason result truth way thing things
    time part answer trick secret start challenge news line purpose message bottom only other second third main
    biggest choice option rule rest reality concern myth myths fact hope catch trouble trick""".split()
)
# What tells how well something works, and is not what works.
NO_REMEDY = re.compile(
    r"(?i)\b(?:results?|findings|data|evidence|stud(?:y|ies)|trials?|research(?:ers)?|scientists|reviews?|surveys?|steps?"
    r"|participants|patients|people|women|men|adults|children|experts|doctors|rates?|percent|number|awareness|symptoms"
    r"|diagnos[ei]s)\b|%"
)
FIRST_PERSON = re.compile(r"\b(?:I|my|me)\b")
SUBJECT_PRONOUNS = frozenset("i you we he she it they this that these those there here one".split())
SUBORDINATORS = frozenset(
    """if when while because although though since as after before until unless once whether in for with during
    to by""".split()
)


# "Ear infections are common," says the vet.
SPOKEN = re.compile(
    r"[“\"‘](?P<words>.{20,}?)[,.]?[”\"’](?:,? (?:(?:he|she|they|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}) )?"
    r"(?:says?|said|explains?|explained|adds?|added|reports?|reported|notes?|noted|relates?|suggests?|suggested"
    r"|warns?|warned|advises?|advised|tells?|told|points? out|recalls?|recommends?)\b.*)?"
)


def spoken(sentence: str) -> str:
    """Return the words of a sentence that quotes one, without its marks and its speaker; any other as it is."""
    match = SPOKEN.fullmatch(sentence.strip())
    return match["words"] if match else sentence


@lru_cache(maxsize=256)  # A sentence is read by several rules, one after the other.
def plain(sentence: str) -> str:
    """Return a sentence without what stands in brackets and without the mark at its end."""
    sentence = LABEL.sub("", sentence) if LABEL.match(sentence) else sentence
    sentence = ASIDE.sub("", sentence)
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
    text = _stated(sentence)
    for pattern, rule in _sentence_rules(names):
        match = pattern.search(text)
        if match is None:
            continue
        groups: dict[str, str | None] = dict(match.groupdict())
        if "{subject}" in rule["question"]:
            remedy = _remedy_phrase(text, about)
            if not remedy:
                continue
            groups["subject"] = remedy
        if (
            not about.condition
            and not rule.get("procedure")
            and rule["qtype"] in OF_CONDITIONS
            and _asks_of_focus(rule["question"], groups)
            and not (rule["qtype"] == "prevalence" and _names_any(text, names))
        ):
            continue
        if rule.get("procedure") and (about.condition or not about.phrase):
            continue
        if rule.get("subject") and not _may_be_defined(groups.get("x") or ""):
            continue
        if (groups.get("x") or "").lower() in SUBJECT_PRONOUNS - {"we"}:
            groups["x"] = None
            if "{np x}" in rule["question"]:
                continue
        question = rules.fill(rule["question"], groups, about)
        return question, rule["qtype"] or qtype_of(question, "", names), rule["weight"]
    return None


def may_ask(sentence: str, kinds: Set[str], names: tuple[str, ...]) -> bool:
    """Return whether `rule_question` can find a question of one of these kinds: False is sure, and soon told."""
    if len(sentence) > LONGEST_SENTENCE:
        return False
    text = _stated(sentence)
    return any(
        pattern.search(text)
        for pattern, rule in _sentence_rules(names)
        if rule["qtype"] in kinds or not rule["qtype"]
    )


def _stated(sentence: str) -> str:
    """Return what a sentence states, without who says it, what joins it to others, and asides in brackets."""
    return JOINING.sub("", PARENTHESES.sub("", spoken(sentence)).strip())


def _names_any(text: str, names: tuple[str, ...]) -> bool:
    low = text.lower()
    return any(name.lower() in low for name in names)


def _asks_of_focus(template: str, groups: dict[str, str | None]) -> bool:
    return FOCUS_SLOT.search(template) is not None or (
        "or_focus" in template and not groups.get("x") and not groups.get("y")
    )


def _may_be_defined(phrase: str) -> bool:
    words = phrase.lower().split()
    if words and (
        words[0] in {"another", "other", "each", "every", "several"}
        or set(words) & UNDEFINED
        or set(words) & {"all", "what", "everything", "nothing", "something"}
        or (len(words) > 1 and words[0].endswith("ing") and words[1] != "of")
    ):
        return False
    return (
        bool(words)
        and words[0] not in SUBJECT_PRONOUNS | SUBORDINATORS | {"my", "your", "our", "their", "his", "her"}
        and (not {"who", "which", "and", "most", "many", "some", "common", "best"} & set(words))
    )


def _remedy_phrase(sentence: str, about: Subject) -> str:
    """Return what a sentence says works or not; "" when it tells of a writer's luck, of an illness or of those who study.

    "The results were good": of what, the article is about.
    """
    if FIRST_PERSON.search(sentence):
        return ""
    subject = subject_phrase(sentence, about)
    if NO_REMEDY.search(subject):
        subject = about.phrase
    return "" if subject == about.phrase and about.condition else subject


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


def _is_testament(words: list[str], index: int) -> bool:
    """Return whether "will" is one that somebody makes: "your will", "a properly drawn up will can help"."""
    after = words[index + 1].lower() if index + 1 < len(words) else ""
    return (
        words[index - 1].lower() in {"a", "your", "my", "the", "their", "his", "her", "of"}
        or words[index].endswith(",")
        or after in grammar.AUXILIARIES - {"have", "do"}
    )


def _is_finite(word: str, tag: str, words: list[str], index: int) -> bool:
    if word == "may" and index + 1 < len(words) and words[index + 1][:1].isdigit():
        return False  # the month
    if words[index - 1].lower().strip(",") in {"that", "which", "who"}:
        return False  # The verb of a clause within the subject
    if words[index - 1].lower() == "to":
        return False  # "things to do"
    if word == "will" and _is_testament(words, index):
        return False
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
    if before == "one" and word.endswith("ed"):
        return False  # "a one sided view"
    if index + 1 == len(words) and grammar.tags(before)[-1:] and grammar.tags(before)[-1][1] == "JJ":
        return False  # "the production of specific sounds"
    if (
        word in COMMON_VERBS
        and index + 1 < len(words)
        and words[index + 1].lower() not in {"of", "and", "or", "for"}
    ):
        # "Napping for twenty minutes keeps …": the subject is what stands before the preposition.
        within = {"of", "for", "in", "on", "with", "at"} & {part.lower() for part in words[1:index]}
        # So is a doing: "Popping pimples makes …".
        return (
            bool(within)
            or words[0].lower().endswith("ing")
            or not grammar.is_plural(words[index - 1].strip(","))
        )
    if tag == "VBZ" and word.endswith("s"):
        return not (
            index + 1 == len(words) and grammar.is_plural(" ".join(words[: index + 1])) and len(words) < 4
        )
    if word in BASE_VERBS and grammar.is_plural(words[index - 1].strip(",")) and index + 1 < len(words):
        return not words[index - 1].endswith(",")
    # "Some people decide to …": a base form after a plural.
    if tag in {"VBP", "VB"} and grammar.is_plural(words[index - 1].strip(",")) and index + 1 < len(words):
        return grammar.is_verb(word)
    return tag == "VBD" and grammar.is_verb(grammar.lemma(word)) and index + 1 < len(words)
