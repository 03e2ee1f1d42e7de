"""Find the sentences of kb.toml that must stand beside an answer that gives a number."""

import re
from collections.abc import Iterable

from kb.content.documents import Document
from kb.content.entries import Entry
from kb.settings import Disclosure

# Figures are also written as words. "One" alone is mostly no number ("one may feel"): with a half, a third
# or "in three" the other word gives it away. Too many disclosures do no harm, a missing one does.
_NUMBER_WORDS = re.compile(
    r"(?<!\w)(?:"
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|billions?|dozens?"
    r"|half|halves|thirds?|quarters?|fifths?|tenths?|twice|double[ds]?|triple[ds]?|per\s?cent|percentage"
    r"|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|veinte|treinta|cuarenta|cincuenta|sesenta"
    r"|setenta|ochenta|noventa|cien|cientos?|mil|miles|mill[oó]n(?:es)?|mitad|tercios?|tercera|cuartos?"
    r"|por\s?ciento|doble|triple"
    r")(?!\w)",
    re.IGNORECASE,
)


def disclosures_for(
    entry: Entry, disclosures: Iterable[Disclosure], clinic_name: str = ""
) -> tuple[Disclosure, ...]:
    """Return those of `disclosures` that must stand beside `entry`, in their order.

    The rule: its answer (or its staff wording) gives a number, and its question, focus or answer names
    one of the disclosure's terms as a whole word, whatever the case. A term inside the clinic's own name is none.
    """
    said = f"{entry.answer}\n{entry.say_this}"
    return _for_text(said, f"{entry.question}\n{entry.focus}", disclosures, clinic_name)


def disclosures_for_article(
    document: Document, disclosures: Iterable[Disclosure], clinic_name: str = ""
) -> tuple[Disclosure, ...]:
    """Return those of `disclosures` that must stand on the page of the whole article, by the same rule."""
    about = document.metadata
    return _for_text(document.text, f"{about.title}\n{about.focus}", disclosures, clinic_name)


def gives_number(text: str) -> bool:
    """Return whether `text` says a number, in digits, signs such as ½, or words (English or Spanish)."""
    return any(char.isnumeric() for char in text) or _NUMBER_WORDS.search(text) is not None


def disclosures_naming(
    text: str, disclosures: Iterable[Disclosure], clinic_name: str = ""
) -> tuple[Disclosure, ...]:
    """Return those of `disclosures` one of whose terms `text` names, by the same rule."""
    # As it is written, to the letter: of a clinic called "Light Therapy", "light therapy" is not the name.
    others = re.sub(_whole(clinic_name), "|", text) if clinic_name.strip() else text
    return tuple(
        disclosure
        for disclosure in disclosures
        # A name that says no more than a term says it.
        if _names_any(text if _names_only(clinic_name, disclosure.terms) else others, disclosure.terms)
    )


def _for_text(
    said: str, about: str, disclosures: Iterable[Disclosure], clinic_name: str
) -> tuple[Disclosure, ...]:
    return disclosures_naming(f"{about}\n{said}", disclosures, clinic_name) if gives_number(said) else ()


def _names_any(text: str, terms: Iterable[str]) -> bool:
    return any(term.strip() and re.search(_whole(term), text, re.IGNORECASE) for term in terms)


def _names_only(name: str, terms: Iterable[str]) -> bool:
    return any(re.fullmatch(_whole(term), name.strip(), re.IGNORECASE) for term in terms)


def _whole(words: str) -> str:
    """Return a pattern of the words as a whole, whatever the white space between them."""
    joined = r"\s+".join(re.escape(word) for word in words.split())
    return rf"(?<!\w){joined}(?!\w)"
