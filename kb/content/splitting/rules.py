"""Rules kept as data: read once, patterns compiled, templates filled."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kb.content.splitting import grammar

SLOT = re.compile(r"\{(?:(\w+) )?(\w+)\}")
SPACES = re.compile(r"\s+")


@cache
def table(name: str) -> dict[str, Any]:
    """Return the rules of a file beside this module."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, entry: str) -> frozenset[str]:
    """Return a list of words in the rules of a file."""
    return frozenset(table(name)[entry].split())


@cache
def pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a passage is about: `name` as it stands in running text, `phrase` with its article where it needs one."""

    name: str
    phrase: str
    owner: str = "you"  # whom the article speaks for, as its reader would say it
    condition: bool = (
        True  # whether people have it, and want to be rid of it: what has no symptoms is asked for none
    )
    kind: str = ""  # condition, medicine, procedure or thing; "" where nothing tells


def question_of(rule: Mapping[str, Any], kind: str) -> str | None:
    """Return the template of a rule for a subject of a kind, None where the rule asks nothing of such a subject.

    `of` names the kinds that the question makes sense of; of others the rule asks what `otherwise` says, if anything.
    """
    if not kind or kind in rule.get("of", (kind,)):
        return str(rule["question"])
    otherwise = rule.get("otherwise")
    return None if otherwise is None else str(otherwise)


def fill(template: str, groups: Mapping[str, str | None], about: Subject) -> str:
    """Return a question from its template; see headings.toml for what a slot may say."""

    def slot(match: re.Match[str]) -> str:
        how, name = match[1] or "", match[2]
        value = groups.get(name) or ""
        if name == "org":
            value = about.owner
        elif name == "focus" or (name == "or_focus_x" and not groups.get("x")):
            value = about.phrase
        elif name in {"take", "taking"}:
            used = pattern(table("kinds")["used_names"]).search(about.name)
            value = {"take": "use", "taking": "using"}[name] if used else name
        elif name == "or_focus_x":
            value = groups["x"] or ""
        before = template[: match.start()].split()
        return _written(how, value, about, before[-1] if before else "")

    question = SPACES.sub(" ", SLOT.sub(slot, template)).strip()
    question = re.sub(r"\s+([?,;.])", r"\1", question)
    return grammar.upper_first(question)


def _written(how: str, value: str, about: Subject, before: str) -> str:
    simple = {
        "": lambda: value,
        "np": lambda: grammar.as_asked(in_running_text(value)),
        "me": lambda: grammar.as_asked(value, before),
        "is": lambda: grammar.is_or_are(value),
        "does": lambda: grammar.do_or_does(value),
        "base": lambda: _base(value),
        "or_focus": lambda: grammar.as_asked(in_running_text(value)) if value else about.phrase,
        "our": lambda: (
            "you"
            if value.lower() == "we"
            else "your clinic"
            if value.lower() in {"our clinic", "the clinic", "our team"}
            else value
        ),
        "your": lambda: "you" if value.lower() == "us" else re.sub(r"(?i)^our ", "your ", value),
        "you_for": lambda: "you" if value.lower() == "we" else value.lower(),
        "modal": lambda: {
            "must": "must",
            "should": "should",
            "could": "could",
            "can": "can",
            "may": "can",
        }.get(value.lower(), "do"),
        "may": lambda: {"may": "can", "might": "could"}.get(value.lower(), value.lower()),
        "d_my": lambda: {"your": "my"}.get(value.lower(), value.lower()),
    }
    return simple[how]()


def _base(phrase: str) -> str:
    """Return a phrase that begins with a verb, the verb in its base form: "managing pain" is "manage pain"."""
    first, _, rest = phrase.strip().partition(" ")
    return f"{grammar.lemma(first.lower())} {grammar.as_asked(rest)}".strip()


def in_running_text(phrase: str) -> str:
    """Return a noun phrase as it stands within a sentence."""
    return grammar.lower_first(phrase.strip(" ,;:.–—-"))
