"""The terms that may be suggested: what entries are about, by each of its names, and the clinic's own terms.

Whatever is suggested stands in what is served: a name of an entry's focus, or a term of which the entry holds a form.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.content.entries import Entry
from kb.content.terms import Term
from kb.search.suggesting.lines import MOST_OWNERS, Draft, folded_line

# Two letters are an abbreviation, typed out before it could be suggested.
SHORTEST = 3
# Of the entries that hold a term, best those about it, then those that ask of it.
FOCUS, SYNONYM, ASKED, SAID = 0, 2, 4, 6
OTHER_TYPE = 1  # what a thing is says more of it than anything else


class Form(NamedTuple):
    """One form of a term: folded, with a space on each side, so that it is found as whole words."""

    text: str
    term: int


@dataclass(frozen=True, slots=True)
class ClinicTerms:
    """The clinic's terms by the first word of each of their right forms."""

    terms: Sequence[Term]
    forms: Mapping[str, Sequence[Form]]

    def held(self, text: str) -> set[int]:
        """Return the places of the terms of which the text holds a form."""
        if not self.forms:
            return set()
        padded = f" {folded_line(text)} "
        words = self.forms.keys() & set(padded.split())
        return {form.term for word in words for form in self.forms[word] if form.text in padded}


def clinic_terms_of(terms: Sequence[Term]) -> ClinicTerms:
    """Return the terms, ready to be looked for in entries."""
    forms: dict[str, list[Form]] = defaultdict(list)
    for place, term in enumerate(terms):
        for name in term.same:
            if folded := folded_line(name):
                forms[folded.split()[0]].append(Form(f" {folded} ", place))
    return ClinicTerms(tuple(terms), dict(forms))


class TermDrafts:
    """Takes entries one after the other and keeps the terms in them."""

    def __init__(self, clinic: ClinicTerms) -> None:
        self._clinic = clinic
        self._drafts: list[Draft] = []
        self._holders: dict[int, list[tuple[int, int]]] = defaultdict(list)

    def add(self, number: int, entry: Entry) -> None:
        """Keep the terms of the entry with this number."""
        other = OTHER_TYPE * (entry.qtype != "definition")
        for rank, names in ((FOCUS, (entry.focus,)), (SYNONYM, entry.synonyms)):
            self._drafts += [
                Draft(name, name, number, name, rank + other)
                for name in names
                if len(folded_line(name)) >= SHORTEST
            ]
        asked = self._clinic.held("\n".join((entry.question, entry.focus, *entry.synonyms)))
        for term in asked:
            self._holders[term].append((ASKED + other, number))
        for term in self._clinic.held(entry.answer) - asked:
            self._holders[term].append((SAID + other, number))

    def drafts(self) -> Iterator[Draft]:
        """Yield what was kept. Lay words and spellings lead to a term and are not shown; slang does neither."""
        yield from self._drafts
        for place, holders in self._holders.items():
            term = self._clinic.terms[place]
            for rank, number in sorted(holders)[:MOST_OWNERS]:
                for typed, shown, about, lang in _forms(term):
                    yield Draft(typed, shown, number, about, rank, is_about=False, lang=lang)


def _forms(term: Term) -> Iterator[tuple[str, str, str, str]]:
    """Yield what may be typed for a term, what it shows, the name in it, and its language where that may be another."""
    yield from ((name, name, name, "") for name in (term.name, *term.names, *term.brands))
    yield from ((name, name, name, "es") for name in term.spanish)
    # Of what is asked of a thing ("effective", "free") what people say says more: only of a thing it is another word.
    lay = term.lay if term.kind != "other" else ()
    yield from ((typed, term.name, "", "") for typed in (*lay, *term.misspelt))


def term_drafts(entries: Iterable[Entry], clinic: ClinicTerms) -> Iterator[Draft]:
    """Yield the terms of entries, numbered in order."""
    kept = TermDrafts(clinic)
    for number, entry in enumerate(entries):
        kept.add(number, entry)
    return kept.drafts()
