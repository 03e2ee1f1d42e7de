"""Figures on how well something works: each needs a disclosure that is about that very thing."""

import re
from collections.abc import Iterator, Sequence

from kb.checks.articles import Checked
from kb.checks.figures import shares
from kb.checks.findings import Finding
from kb.checks.remedies import Thing, Vocabulary, is_nameless
from kb.content.entries import Entry
from kb.content.sentences import sentence_spans
from kb.disclosures import disclosures_naming
from kb.settings import Settings

# Words by which a share says how well something works.
_SUCCESS = re.compile(
    r"\b(?:relief|reliev\w+|success\w*|effective\w*|efficacy|cur(?:e|es|ed|ing)|work(?:s|ed)?|help(?:s|ed)?"
    r"|respon(?:d|ds|ded|ders?)|responses?\s(?:rates?|to)|benefit(?:s|ed)?|(?:symptom|pain|seizure|relapse)-free"
    r"|(?:prevent|protect|reduc|halv|lower(?:s|ed|ing)|eas(?:es|ed|ing))\w*\s(?:\w+\s){0,3}?(?:symptoms|pain|relapses?"
    r"|attacks|episodes)|alivi\w+|efica\w+|efectiv\w+|éxito|respond\w+|respuesta|cura(?:n|do|da)?"
    r"|ayud(?:a|an|ó|aron)|funcion(?:a|an|ó)|benefici\w+)\b",
    re.IGNORECASE,
)
# These may tell as well how an illness goes: they need something beside them that works.
_OUTCOME = re.compile(
    r"\b(?:remission|remit(?:s|ted)?|improv\w+|recover\w*|surviv(?:e|es|ed|ing|al)|(?:free|freedom)\s(?:of|from)"
    r"|(?:gets?|got|getting|feels?|felt|do|does|did)\s(?:\w+\s){0,2}better|(?:stay|get|feel|keep|remain)(?:s|ed)?\swell"
    r"|mejor(?:a|an|ó|aron|ía)|remisi[oó]n|recuper\w+|sobreviv\w+|supervivencia)\b",
    re.IGNORECASE,
)
_SOME_REMEDY = re.compile(
    r"\b(?:treat\w*|therap\w+|medic(?:ine|ation)s?|drugs?|surgery|operations?|tablets|pills|doses?|infusions?|sessions?"
    r"|injections?|tak(?:e|es|ing|en)|took|given|tratamientos?|medic(?:inas?|amentos?)|infusi[oó]n(?:es)?)\b",
    re.IGNORECASE,
)
# After these, people work and help is sought: no success is told of.
_NO_SUCCESS = {
    "work": re.compile(
        r"\b(?:who|at|of|for|from|people|patients|adults|you|we|they|cannot|can['’]t|(?:able|return|back|go)\sto)\s\Z",
        re.IGNORECASE,
    ),
    "help": re.compile(
        r"\b(?:gets?|getting|seek|seeking|find|needs?|for|ask|receive|without|professional|financial|medical|any|no|more|some|your"
        r"|of)\s\Z",
        re.IGNORECASE,
    ),
    "benefit": re.compile(r"\b(?:would|could|may|might|can)\s\Z", re.IGNORECASE),
}
# What a share of other things says: of a price, of what is normal, of how many have it.
_OTHER_SHARE = re.compile(
    r"\A\s(?:\w+\s)?(?:of\s(?:the\s)?(?:normal|your|their|its|total|body|calories|costs?|price|all\s\w*\s?(?:cancers|deaths))"
    r"|higher|lower|more|less|or\smore\sdisab|oxygen)\b",
    re.IGNORECASE,
)
_OTHER_BEFORE = re.compile(
    r"\b(?:account(?:s|ed|ing)?\sfor|makes?\sup|affects?|affecting|occurs?\sin|seen\sin|found\sin|lose|below|level\sof"
    r"|levels\s\w+)\s(?:\w+\s){0,3}\Z",
    re.IGNORECASE,
)
# Under a question on success, a sentence without a word of it may tell of this instead.
_OTHER_MATTER = re.compile(
    r"\b(?:side\seffects?|risks?|develop\w*|die[sd]?|deaths?|costs?|pays?|price\w*|doses?|affects?|have\sit|efectos|riesgos?"
    r"|cuesta|dosis)\b",
    re.IGNORECASE,
)
# A word further off (characters) speaks of something else.
FAR = 90
# What heals by itself is nobody's success.
_BY_ITSELF = re.compile(
    r"\b(?:spontaneous\w*|on\s(?:its|their)\sown|without\s(?:any\s)?treatment)\b", re.IGNORECASE
)
_CLAUSE_END = re.compile(
    r"[;:•|]|\s-\s|,?\s(?:but|although|while|whereas|pero|aunque|mientras)\s|,\s(?:and|or|which|because|if)\s"
)


def efficacy_without_disclosure(
    checked: Checked, settings: Settings, vocabulary: Vocabulary
) -> Iterator[Finding]:
    """Yield a finding when the entry says in figures how well something works and no disclosure covers that thing.

    A figure is said of what its sentence names; where it names nothing, of what was named last before it, else of
    what the question names, else of the entry's focus.
    """
    entry = checked.entry
    for text in (entry.answer, entry.say_this):
        before: list[str] = []
        for start, end in sentence_spans(text):
            sentence = text[start:end]
            for place in _claims(sentence, entry, vocabulary):
                names = _said_of(sentence, place, before, entry, vocabulary)
                bare = [name for name in names or [entry.focus] if not _is_covered(name, settings)]
                if bare:
                    told = f'"{bare[0]}"' if names else "something"
                    problem = f'"{sentence}" says how well {told} works, and no disclosure covers it'
                    term = f"the term {told}" if names else "a term of this entry"
                    remedy = f"add [[disclosures]] with {term} to kb.toml"
                    yield Finding(checked.place, entry.id, problem, remedy, blocks=True)
                    return
            before.append(sentence)


def _claims(sentence: str, entry: Entry, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Yield for each share that tells of success the [start, end) of the nearest word that says so, or its own."""
    found = [*shares(sentence)]
    borders = [match.span() for match in _CLAUSE_END.finditer(sentence)] if found else []
    asked = bool(found and _successes(entry.question, 0, len(entry.question)))
    for start, end in found:
        clause_start = max((border for _, border in borders if border <= start), default=0)
        clause_end = min((border for border, _ in borders if border >= end), default=len(sentence))
        if (
            _OTHER_SHARE.match(sentence[end:])
            or _OTHER_BEFORE.search(sentence[clause_start:start])
            or _BY_ITSELF.search(sentence, clause_start, clause_end)
        ):
            continue
        told = _successes(sentence, clause_start, clause_end)
        outcomes = [*_OUTCOME.finditer(sentence, clause_start, clause_end)]
        if outcomes and (
            asked
            or _SOME_REMEDY.search(sentence)
            or vocabulary.named(sentence)
            or vocabulary.known(f"{entry.question}\n{entry.focus}")
        ):
            told += outcomes
        gaps = {_gap(match.span(), (start, end)): match.span() for match in told}
        if gaps and min(gaps) < FAR:
            yield gaps[min(gaps)]
        elif asked and not _OTHER_MATTER.search(sentence):
            yield start, end


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1])


def _successes(text: str, start: int, end: int) -> list[re.Match[str]]:
    return [
        match
        for match in _SUCCESS.finditer(text, start, end)
        if not ((other := _NO_SUCCESS.get(match.group().lower())) and other.search(text[: match.start()]))
    ]


def _said_of(
    sentence: str, place: tuple[int, int], before: Sequence[str], entry: Entry, vocabulary: Vocabulary
) -> list[str]:
    """Return the names of what a claim at `place` of a sentence is said of, none where nothing is named."""
    if named := vocabulary.named(sentence):
        nearest = min(named, key=lambda thing: (_gap(thing[:2], place), -thing.start))
        return _together(sentence, named, nearest)
    for text in reversed(before):
        if named := vocabulary.known(text):
            return _together(text, named, named[0])
    named = vocabulary.named(entry.question)
    return _together(entry.question, named, named[0]) if named else []


def _together(text: str, named: Sequence[Thing], one: Thing) -> list[str]:
    """Return the names that are listed with `one`: "TMS and ECT"."""
    first = last = named.index(one)
    while first and is_nameless(text[named[first - 1].end : named[first].start]):
        first -= 1
    while last + 1 < len(named) and is_nameless(text[named[last].end : named[last + 1].start]):
        last += 1
    return [thing.name for thing in named[first : last + 1]]


def _is_covered(name: str, settings: Settings) -> bool:
    return bool(disclosures_naming(name, settings.disclosures, settings.clinic.name))
