"""The clinic's terms, ready to be recognised in a query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kb.content.terms import THE_CLINIC, Term
from kb.search.words.analysis import all_terms, content_stems, words_of

# How a form stands to its term: the thing itself, a word that leads to it, a spelling mistake, or slang.
Role = Literal["same", "leads", "misspelt", "street"]

# An entry that says the thing by another of its names answers nearly as well as one in the asker's words.
SAME_WEIGHT = 0.9
# What is said of a wider thing is the next best, and must not push aside what is said of the thing itself.
WIDER_WEIGHT = 0.8
WIDER_FALL = 0.95  # for each step further


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a term, as the stems of all its words."""

    stems: tuple[str, ...]
    term: Term
    role: Role
    own: bool = True  # of the clinic's own terms


@dataclass(frozen=True, slots=True)
class Recognised:
    """A form that stands in a query at the words [start, end)."""

    form: Form
    start: int
    end: int


class Vocabulary:
    """Terms by the first stem of each of their forms: the clinic's own, and the words of medicine that are common."""

    def __init__(self, own: Sequence[Term], common: Sequence[Term] = ()) -> None:
        self.own = tuple(own)
        self._terms = terms = (*own, *common)
        self._by_name = {term.name.casefold(): term for term in terms}
        self._forms: dict[str, list[Form]] = {}
        for place, term in enumerate(terms):
            stems_of = {
                form: tuple(part.text for part in all_terms(form))
                for forms in _roles(term).values()
                for form in forms
            }
            right = {stems_of[form] for form in term.same}
            for role, forms in _roles(term).items():
                for form in forms:
                    stems = stems_of[form]
                    # "antidepressent" has the stem of the right spelling: nothing to lead to.
                    if stems and not (role == "misspelt" and stems in right):
                        self._forms.setdefault(stems[0], []).append(Form(stems, term, role, place < len(own)))
        self._beside = {
            term.name: frozenset(stem for word in term.street_beside for stem in content_stems(word))
            for term in terms
        }
        self._drugs = {
            word: term
            for term in terms
            if term.kind == "drug" or _is_drug(term)
            for word in _single_words(term)
        }

    @property
    def clinic(self) -> Term | None:
        """The clinic itself, None when the settings do not name it."""
        return next((term for term in self.own if term.lay == THE_CLINIC), None)

    def words(self) -> set[str]:
        """Return the words of every form that is spelt right, folded: they are never corrected."""
        forms = (form for term in self._terms for form in (*term.same, *term.lay, *term.street))
        return words_of("\n".join(forms))

    def drug(self, word: str) -> Term | None:
        """Return the drug that a word (folded) names, None for any other word."""
        return self._drugs.get(word)

    def recognise(self, words: Sequence[frozenset[str]]) -> list[Recognised]:
        """Return the forms in a query, longest first and not across each other; forms of equal words together.

        `words` holds for each word of the query the stems that it may have.
        """
        everything = frozenset(stem for stems in words for stem in stems)
        found = [
            Recognised(form, start, start + len(form.stems))
            for start, stems in enumerate(words)
            for first in stems
            for form in self._forms.get(first, ())
            if _stands(form.stems, words, start) and self._allowed(form, everything)
        ]
        found.sort(key=lambda recognised: (recognised.start - recognised.end, recognised.start))
        kept: list[Recognised] = []
        for one in found:
            if all(
                (one.start, one.end) == (other.start, other.end)
                or one.end <= other.start
                or other.end <= one.start
                for other in kept
            ):
                kept.append(one)
        return sorted(kept, key=lambda recognised: recognised.start)

    def _allowed(self, form: Form, everything: frozenset[str]) -> bool:
        beside = self._beside[form.term.name]
        return form.role != "street" or not beside or bool(beside & everything - set(form.stems))

    def wider(self, term: Term) -> Iterable[tuple[int, Term]]:
        """Return the terms that this one is a kind of, and those that they are, each with how many steps away."""
        seen = {term.name.casefold()}
        waiting = [(1, name.casefold()) for name in term.kind_of]
        while waiting:
            steps, name = waiting.pop(0)
            if name in seen or name not in self._by_name:
                continue
            seen.add(name)
            yield steps, self._by_name[name]
            waiting += [(steps + 1, other.casefold()) for other in self._by_name[name].kind_of]


def _is_drug(term: Term) -> bool:
    # A brand name belongs to a product one can take, whatever its kind is called.
    return bool(term.brands)


def _single_words(term: Term) -> set[str]:
    # A drug's brands may only lead to it (medicines.toml); what people call it otherwise is of several words.
    forms = (*term.same, *term.lay) if term.kind == "drug" else (term.name, *term.brands)
    return {word for form in forms if len(words := words_of(form)) == 1 for word in words}


def _roles(term: Term) -> Mapping[Role, tuple[str, ...]]:
    return {"same": term.same, "leads": term.lay, "misspelt": term.misspelt, "street": term.street}


def _stands(stems: tuple[str, ...], words: Sequence[frozenset[str]], start: int) -> bool:
    return start + len(stems) <= len(words) and all(
        stem in words[start + place] for place, stem in enumerate(stems)
    )
