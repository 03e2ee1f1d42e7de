"""Figures on how well something works: each needs a disclosure that is about that very thing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kb.checks.articles import Checked
from kb.checks.figures import shares
from kb.checks.findings import Finding
from kb.content.entries import Entry
from kb.content.sentences import sentence_spans
from kb.content.splitting.grammar import tags
from kb.content.terms import Term, common_terms
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

_REMEDIES = frozenset({"treatment", "drug", "drug class"})
# Words that stand for whatever was spoken of: they name nothing.
_NAMELESS = frozenset(
    """because although though a an the this that these those it its they them he she we you i who which both each
    other another one such and or of in for with on to from by as at is are was were be been may can could will
    would should might must do does did has have had not also often usually only even still really very most
    many some all any more than less about up nearly almost around over under well how what when if then so out
    every no say says show shows people person patients patient adults women men children everyone someone
    anyone users participants cases treatment treatments therapy therapies medicine medicines medication
    medications drug drugs tablet tablets pill pills dose doses infusion infusions injection injections course
    courses session sessions spray nasal iv option options approach method procedure first second third half
    thirds quarters study studies trial trials research symptoms symptom pain result results rate rates success
    percent per cent times time weeks months years days hours el la los las un una de que se en con por para y o
    este esta lo más tratamiento tratamientos medicamento""".split()
)
_WORDS = re.compile(r"[^\W_][\w'’-]*")
_NAME = r"[^\W\d_][\w'’-]*"
# Who or what is said to work, of names that no vocabulary holds.
_UNKNOWN = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<name>{_NAME}(?:\s{_NAME}){{0,3}})\s(?:helps?|helped|cures?|cured|works?|worked|relieves?|relieved|prevents?"
        r"|prevented|eases?|eased|(?:is|are|was|were)\s(?:\w+\s)?effective|ayudan?|alivian?|funcionan?|curan?)\b",
        r"\b(?:treated\swith|respon\w+\sto|tak(?:e|es|ing)|took|given|using|relief\s(?:from|with)|improve\w*\s(?:on|with)"
        r"|(?:people|patients|adults|those)\son|(?:effect\w*|efficacy|success\srates?)\sof|remission\s(?:on|with))"
        rf"\s(?P<name>{_NAME}(?:\s{_NAME})?)",
        rf"^(?P<name>{_NAME}(?:\s{_NAME})?)\s(?:is|are)\san?\s(?:\w+\s){{0,2}}(?:drug|medicine|medication|treatment|therapy)\b",
    )
]


class _Thing(NamedTuple):
    """Something that is said to work, and where a text names it."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Vocabulary:
    """What the clinic's words, the common ones of medicine, and its disclosures call a remedy, or something else."""

    remedies: re.Pattern[str]
    others: frozenset[str]
    clinic_name: str

    def known(self, text: str) -> list[_Thing]:
        """Return the remedies of the vocabulary that `text` names, in order."""
        found = (_Thing(*match.span(), match.group()) for match in self.remedies.finditer(text))
        return [
            thing
            for thing in found
            if not _is_nameless(thing.name) and not self._is_of_the_clinic(thing, text)
        ]

    def _is_of_the_clinic(self, thing: _Thing, text: str) -> bool:
        at = self.clinic_name.find(thing.name)
        return (
            thing.name != self.clinic_name
            and at >= 0
            and text.startswith(self.clinic_name, max(thing.start - at, 0))
        )

    def named(self, text: str) -> list[_Thing]:
        """Return the known remedies that `text` names, and what else it says to work, in order."""
        known = self.known(text)
        unknown = (
            thing for pattern in _UNKNOWN for match in pattern.finditer(text) for thing in _named_by(match)
        )
        more = [
            thing
            for thing in unknown
            if thing.name.lower() not in self.others
            and not any(thing.start < other.end and other.start < thing.end for other in known)
        ]
        return sorted({*known, *more})


def _named_by(match: re.Match[str]) -> Iterator[_Thing]:
    """Yield what a match names: its last words without those that name nothing, where they end in a noun."""
    words = [word for word in _WORDS.finditer(match["name"]) if word.group().lower() not in _NAMELESS]
    while words and not tags(words[-1].group())[-1][1].startswith("NN"):
        words.pop()
    if words:
        # Of "patients say that lithium carbonate" it is the last two.
        first = words[-2] if len(words) > 1 and words[-1].start() - words[-2].end() == 1 else words[-1]
        start, end = match.start("name") + first.start(), match.start("name") + words[-1].end()
        yield _Thing(start, end, match.string[start:end])


def _is_nameless(text: str) -> bool:
    return all(word.lower() in _NAMELESS for word in _WORDS.findall(text))


def vocabulary_of(terms: tuple[Term, ...], settings: Settings) -> Vocabulary:
    """Return what the clinic's terms, the common ones and the disclosures call remedies."""
    disclosed = tuple(term for one in settings.disclosures for term in one.terms)
    return _vocabulary(terms, disclosed, settings.clinic.name.strip())


@lru_cache(maxsize=4)
def _vocabulary(terms: tuple[Term, ...], disclosed: tuple[str, ...], clinic_name: str) -> Vocabulary:
    known = (*terms, *common_terms(terms))
    remedies = {form for term in known if term.kind in _REMEDIES for form in (*term.same, *term.lay)} | {
        *disclosed
    }
    others = {
        form.lower() for term in known if term.kind not in _REMEDIES for form in (*term.same, *term.lay)
    }
    longest_first = sorted((form for form in remedies if form.strip()), key=len, reverse=True)
    names = "|".join(r"\s+".join(map(re.escape, form.split())) for form in longest_first)
    return Vocabulary(re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE), frozenset(others), clinic_name)


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
                    told, term = (
                        (names and bare[0]) or "something",
                        bare[0] if names else "that it is said of",
                    )
                    problem = f'"{sentence}" says how well {told} works, and no disclosure covers it'
                    remedy = f"add [[disclosures]] with the term {term} to kb.toml"
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


def _together(text: str, named: Sequence[_Thing], one: _Thing) -> list[str]:
    """Return the names that are listed with `one`: "TMS and ECT"."""
    first = last = named.index(one)
    while first and _is_nameless(text[named[first - 1].end : named[first].start]):
        first -= 1
    while last + 1 < len(named) and _is_nameless(text[named[last].end : named[last + 1].start]):
        last += 1
    return [thing.name for thing in named[first : last + 1]]


def _is_covered(name: str, settings: Settings) -> bool:
    return bool(disclosures_naming(name, settings.disclosures, settings.clinic.name))
