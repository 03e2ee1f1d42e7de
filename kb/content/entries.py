"""An entry: one question, answered in the article's own words."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from pydantic import ConfigDict, TypeAdapter, with_config

Status = Literal["draft", "published", "withdrawn", "rejected", "orphaned"]
Audience = Literal["public", "staff"]
Qtype = Literal[
    "definition", "prevalence", "symptoms", "causes", "risk_factors", "diagnosis", "stages", "types",
    "treatment", "effectiveness", "side_effects", "benefits", "self_care", "prevention", "outlook",
    "complications", "when_to_see_doctor", "questions_for_doctor", "research", "inheritance", "transmission",
    "eligibility", "access", "services", "cost", "contact", "crisis", "privacy", "comparison",
    "recommendation", "info",
]  # fmt: skip

QTYPES = frozenset(get_args(Qtype))


# An unknown field is a misspelt one: refused where entries are read.
@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Auto:
    """What the splitter last wrote for an entry: the base that a merge compares with."""

    question: str
    answer: str
    short: str = ""
    qtype: Qtype = "info"
    focus: str = ""
    tags: tuple[str, ...] = ()
    alt_questions: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    lang: str = "en"
    reviewed_by: str = ""
    reviewed_on: date | None = None
    review_due: date | None = None


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One question and its answer; `answer` is `text[start:end]` of the article, to the character.

    An imported entry has no article page: its text is its own answer, `start` 0 and `end` its length.
    """

    id: str  # six digits, drawn once when first saved; or what an imported row brings; a draft's is throwaway
    article: str  # file name, "parking.md"
    question: str
    answer: str
    start: int  # code points into the article's canonical text
    end: int
    lang: str = "en"
    status: Status = "draft"
    replaced_by: str = ""
    audience: Audience = "public"
    alt_questions: tuple[str, ...] = ()
    qtype: Qtype = "info"
    focus: str = ""
    short: str = ""  # the sentence or two of the answer that say it; a span of the answer
    tags: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()  # other names of the focus
    say_this: str = ""  # staff wording; empty means `short`
    do_not_say: str = ""
    hand_off: str = ""
    queries: tuple[str, ...] = ()  # phrasings that must find this entry
    flags: tuple[str, ...] = ()
    approved_by: str = ""
    approved_on: date | None = None
    reviewed_by: str = ""  # a named clinician; empty until one did
    reviewed_on: date | None = None
    review_due: date | None = None
    published_on: date | None = None
    updated_on: date | None = None
    withdrawn_on: date | None = None
    source: str = ""
    previous_answer: str = ""  # the words that were published before the article changed them
    version: int = 1
    auto: Auto | None = None


def is_id(text: str) -> bool:
    """Return whether `text` can be an entry's id: it is one step of the address of a page."""
    return "/" not in text and text not in {"", ".", ".."}


_ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)


def entry_from_record(record: dict[str, Any]) -> Entry:
    """Return the entry that `record` (plain values, as TOML and JSON hold them) says.

    Raises pydantic.ValidationError naming the field that is wrong, missing or unknown.
    """
    return _ENTRY.validate_python(record)


def entry_from_json(text: str | bytes) -> Entry:
    """Return the entry that was written by `entry_to_json`."""
    return _ENTRY.validate_json(text)


def entry_to_json(entry: Entry) -> str:
    """Return the entry as JSON, without the fields that have their default value."""
    return _ENTRY.dump_json(entry, exclude_defaults=True).decode()
