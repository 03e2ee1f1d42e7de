"""The clinic's own vocabulary, `articles/terms.toml`: what people call a thing, and what it is called.

Relations go one way. Whoever asks for any form of a term finds what is said of the term under its real names;
whoever asks for a real name is not sent to what is said in lay words.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from kb.errors import KbError, plain_mistake
from kb.settings import Settings

FILE_NAME = "terms.toml"
Kind = Literal["condition", "treatment", "drug", "drug class", "substance", "service", "other"]
# How people who speak to the clinic call it.
THE_CLINIC = ("clinic", "your clinic", "this clinic", "your practice")


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing and its names.

    `names`, `brands` and `spanish` are the thing itself: each finds it, and it is found under each. `lay` and
    `misspelt` only lead to it. `street` names are recognised and never shown; where `street_beside` holds words,
    only beside one of them. `kind_of` names wider terms: a search for this one may fall back on what is said of
    those, never the other way. `related` things are not the same: one never stands for the other.
    """

    name: str
    kind: Kind = "other"
    names: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    spanish: tuple[str, ...] = ()
    lay: tuple[str, ...] = ()
    misspelt: tuple[str, ...] = ()
    street: tuple[str, ...] = ()
    street_beside: tuple[str, ...] = ()
    kind_of: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    note: str = ""

    @property
    def same(self) -> tuple[str, ...]:
        """The forms that are the thing itself."""
        return (self.name, *self.names, *self.brands, *self.spanish)


_TERM: TypeAdapter[Term] = TypeAdapter(Term)
_TERMS: TypeAdapter[tuple[Term, ...]] = TypeAdapter(tuple[Term, ...])


def read_terms(path: Path) -> tuple[Term, ...]:
    """Return the terms in `path`; none when there is no such file.

    Raises KbError naming the line of the term that is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise KbError(path, f"cannot be read ({error})", "make it a readable file in UTF-8") from error
    try:
        tables = tomllib.loads(text).get("term", [])
    except tomllib.TOMLDecodeError as error:
        raise KbError(path, f"is no valid TOML ({error})", "mend that line") from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise KbError(path, "has no [[term]] tables", "write each term under a line [[term]]")
    lines = [
        number for number, line in enumerate(text.splitlines(), 1) if line.strip().startswith("[[term]]")
    ]
    places = [f"{path}:{line}" for line in lines] + [str(path)] * (len(tables) - len(lines))
    terms = tuple(_term(place, table) for place, table in zip(places, tables, strict=False))
    _check(terms, places)
    return terms


def clinic_terms(folder: Path, settings: Settings) -> tuple[Term, ...]:
    """Return the terms of a folder of articles: its own, or else those in the file that the settings name.

    Raises KbError as `read_terms`, and when the file that the settings name is not there.
    """
    own = folder / FILE_NAME
    named = own if own.exists() or not settings.terms else Path(settings.terms)
    if named != own and not named.is_file():
        raise KbError(f'kb.toml [terms] "{named}"', "is no file", "name one, or leave it empty")
    terms = read_terms(named)
    return (*terms, *_clinic_itself(settings.clinic.name, terms))


@lru_cache(maxsize=1)
def _words_of_medicine() -> tuple[Term, ...]:
    return read_terms(Path(__file__).with_name("common_terms.toml"))


def common_terms(own: Sequence[Term]) -> tuple[Term, ...]:
    """Return the words of medicine that any clinic's patients use, less whatever the clinic's own terms call something.

    The clinic decides: a form of its terms is taken from the common ones, and a term that it names is left out whole.
    """
    forms = {form.casefold() for term in own for form in (term.name, *_forms(term))}

    def left(of: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(form for form in of if form.casefold() not in forms)

    return tuple(
        replace(
            term,
            names=left(term.names),
            brands=left(term.brands),
            spanish=left(term.spanish),
            lay=left(term.lay),
        )
        for term in _words_of_medicine()
        if term.name.casefold() not in forms
    )


@lru_cache(maxsize=1)
def _medicines() -> tuple[Term, ...]:
    names = tomllib.loads(Path(__file__).with_name("medicines.toml").read_text(encoding="utf-8"))["medicines"]
    return tuple(
        Term(
            name=generic,
            kind="drug",
            names=tuple(name for name in others if name.islower()),
            lay=tuple(name for name in others if not name.islower()),
        )
        for generic, others in names.items()
    )


def medicines(known: Sequence[Term]) -> tuple[Term, ...]:
    """Return the medicines of which no form stands in the terms `known`, with their names of medicines.toml.

    A medicine is told from other words, and from others that look like it, whether or not a clinic lists it.
    """
    forms = {form.casefold() for term in known for form in (term.name, *_forms(term))}
    return tuple(
        replace(term, lay=tuple(form for form in term.lay if form.casefold() not in forms))
        for term in _medicines()
        if forms.isdisjoint(form.casefold() for form in term.same)
    )


def _clinic_itself(name: str, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return the clinic as a term: who asks what "your clinic" does asks it of the clinic by name."""
    if not name or any(name.casefold() == form.casefold() for term in terms for form in term.same):
        return ()
    return (Term(name=name, kind="service", lay=THE_CLINIC),)


def _term(place: str, table: dict[str, object]) -> Term:
    try:
        term = _TERM.validate_python(table)
    except ValidationError as error:
        key, problem = plain_mistake(error)
        raise KbError(place, f"{key} {problem}", "mend that value") from error
    if not all(form.strip() for form in (term.name, *_forms(term))):
        raise KbError(place, f'"{term.name}" has an empty form', "fill it in or remove it")
    if term.street_beside and not term.street:
        raise KbError(place, f'"{term.name}" has street_beside without street', "remove street_beside")
    return term


def _forms(term: Term) -> tuple[str, ...]:
    return (*term.names, *term.brands, *term.spanish, *term.lay, *term.misspelt, *term.street)


def _check(terms: tuple[Term, ...], places: list[str]) -> None:
    known = {term.name.casefold() for term in terms}
    owner: dict[str, str] = {}
    for term, place in zip(terms, places, strict=False):
        for other in (*term.kind_of, *term.related):
            if other.casefold() not in known:
                raise KbError(
                    place, f'"{term.name}" names "{other}", which is no term', "add it, or remove it"
                )
        for form in term.same:
            before = owner.setdefault(form.casefold(), term.name)
            if before != term.name:
                raise KbError(
                    place,
                    f'"{form}" is a name of both "{before}" and "{term.name}"',
                    "keep it with one of them",
                )
        for other in term.related:
            clash = {form.casefold() for form in _forms(term)} & {other.casefold()}
            if clash:
                raise KbError(
                    place, f'"{other}" is both related to "{term.name}" and a form of it', "keep one"
                )


def terms_from_json(data: bytes) -> tuple[Term, ...]:
    """Return the terms written by `terms_to_json`."""
    return _TERMS.validate_json(data)


def terms_to_json(terms: tuple[Term, ...]) -> bytes:
    return _TERMS.dump_json(terms, exclude_defaults=True)
