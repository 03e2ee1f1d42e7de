"""What stands at the head of an article between two rules, `key: value` a line; its mistakes named by their lines."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from kb.content.reading.metadata import DATE_FIELDS, FRONT_MATTER_KEYS, date_of, language_code
from kb.errors import KbError

BLOCK = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
KNOWN = frozenset(name for names in FRONT_MATTER_KEYS.values() for name in names)
UNCLOSED = re.compile(rf"\A\s*---[ \t]*\n(?:{'|'.join(sorted(KNOWN))}):[ \t]")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values at the head of an article, and the line of each key; `body` is the article without them."""

    body: str
    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def unknown(self, place: str | Path) -> list[KbError]:
        """Return what to say of each key that says nothing to us: it is misspelt, or another program's."""
        return [_unknown(f"{place}:{line}", key) for key, line in self.lines.items() if key not in KNOWN]


def _unknown(place: str, key: str) -> KbError:
    near = get_close_matches(key, FRONT_MATTER_KEYS, 1)
    remedy = f'write "{near[0]}", or remove it' if near else "see what is in docs/editor.md, or leave it"
    return KbError(place, f'"{key}" is not understood', remedy)


def split_front_matter(name: str, source: str) -> FrontMatter:
    """Return what stands at the head of an article, and the article without it.

    Raises KbError, naming the line, when it has no end, does not parse, or holds a value that its key cannot have.
    Only our own keys are held to that: a "date" or "published" of another's may be anything.
    """
    match = BLOCK.match(source)
    if match is None:
        if UNCLOSED.match(source):
            raise KbError(f"{name}:1", "the front matter has no end", 'close it with a line "---"')
        return FrontMatter(source)
    before = source[: match.start(1)].count("\n") + 1
    loader = yaml.SafeLoader(match.group(1))
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _unparsed(name, before + (mark.line if mark else 0), error) from error
    if not isinstance(node, yaml.MappingNode):
        # Two rules with a sentence between them are a way to set a sentence off, not front matter.
        return FrontMatter(source)
    loader.flatten_mapping(node)
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = before + key_node.start_mark.line
        try:
            key = str(loader.construct_object(key_node, deep=True))
            values[key] = loader.construct_object(value_node, deep=True)
        except (yaml.YAMLError, ValueError) as error:  # ValueError: a date such as 2026-02-31
            raise _unparsed(name, line, error) from error
        lines[key] = line
        _refuse_wrong(f"{name}:{line}", key, values[key])
    return FrontMatter(source[match.end() :], values, lines)


def _unparsed(name: str, line: int, error: Exception) -> KbError:
    problem = getattr(error, "problem", None) or str(error)
    return KbError(
        f"{name}:{line}",
        f"the front matter does not parse ({problem})",
        'write it as "key: value", one a line',
    )


def _is_name(value: Any) -> bool:
    return any(character.isalpha() for character in str(value)) and not isinstance(value, bool)


# What a value must be, and what to write where it is not.
RULES: dict[str, tuple[Callable[[Any], object], str, str]] = {
    **dict.fromkeys(DATE_FIELDS, (date_of, "is no date", "write it as 2026-11-23, or remove the line")),
    **dict.fromkeys(
        ("author", "reviewed_by"), (_is_name, "is no name", "write the person's name, or remove the line")
    ),
    "lang": (lambda value: language_code(str(value)), "is no language", 'write its code, "en" or "es"'),
}


def _refuse_wrong(place: str, key: str, value: Any) -> None:
    if key not in RULES or value in (None, ""):
        return
    is_right, problem, remedy = RULES[key]
    if not is_right(value):
        raise KbError(place, f'{key} "{value}" {problem}', remedy)
