"""What a text names as a remedy: by the clinic's words and the common ones of medicine, or by what it says of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kb.content.splitting.grammar import tags
from kb.content.terms import Term, common_terms
from kb.settings import Settings

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


class Thing(NamedTuple):
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

    def known(self, text: str) -> list[Thing]:
        """Return the remedies of the vocabulary that `text` names, in order."""
        found = (Thing(*match.span(), match.group()) for match in self.remedies.finditer(text))
        return [
            thing
            for thing in found
            if not is_nameless(thing.name) and not self._is_of_the_clinic(thing, text)
        ]

    def _is_of_the_clinic(self, thing: Thing, text: str) -> bool:
        at = self.clinic_name.find(thing.name)
        return (
            thing.name != self.clinic_name
            and at >= 0
            and text.startswith(self.clinic_name, max(thing.start - at, 0))
        )

    def named(self, text: str) -> list[Thing]:
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


def _named_by(match: re.Match[str]) -> Iterator[Thing]:
    """Yield what a match names: its last words without those that name nothing, where they end in a noun."""
    words = [word for word in _WORDS.finditer(match["name"]) if word.group().lower() not in _NAMELESS]
    while words and not tags(words[-1].group())[-1][1].startswith("NN"):
        words.pop()
    if words:
        # Of "patients say that lithium carbonate" it is the last two.
        first = words[-2] if len(words) > 1 and words[-1].start() - words[-2].end() == 1 else words[-1]
        start, end = match.start("name") + first.start(), match.start("name") + words[-1].end()
        yield Thing(start, end, match.string[start:end])


def is_nameless(text: str) -> bool:
    """Return whether no word of `text` names anything."""
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
