"""Tell from an element's name, role and classes which part of a page it is."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from bs4 import Tag

from kb.content.documents import PLACES, Place

BETWEEN_WORDS = re.compile(r"[^a-z]+")
# Classes of these say what the whole page is like, not what it holds.
WHOLE_PAGE = frozenset({"html", "body", "main", "article"})


@cache
def _rules() -> dict[str, dict[str, Place]]:
    """Return for "tags", "roles" and "words" the place that each names."""
    rules: dict[str, dict[str, Place]] = {"tags": {}, "roles": {}, "words": {}}
    source = files(__package__).joinpath("places.toml").read_text(encoding="utf-8")
    for place, named in tomllib.loads(source).items():
        assert place in PLACES, place
        for by, names in named.items():
            rules[by] |= dict.fromkeys(names, place)
    return rules


def attribute(element: Tag, name: str) -> str:
    """Return an attribute as one string, lists such as `class` joined by spaces; empty when absent."""
    value = element.get(name)
    if value is None:
        return ""
    return value if isinstance(value, str) else " ".join(value)


def place_by_name(element: Tag) -> Place:
    """Return the place that the element's tag or role names."""
    rules = _rules()
    if element.name == "header" and element.find_parent(["main", "article"]) is None:
        # A page's own header holds its title too: what is a heading there stays the article's.
        return "header"
    return rules["tags"].get(element.name) or rules["roles"].get(attribute(element, "role").lower(), "")


def place_by_class(element: Tag) -> Place:
    """Return the place that a class or the id names."""
    if element.name in WHOLE_PAGE:
        return ""
    names = f"{attribute(element, 'class')} {attribute(element, 'id')}".lower().split()
    words = _rules()["words"]
    for name in names:
        for word in (name, *BETWEEN_WORDS.split(name)):
            if word in words:
                return words[word]
    return ""
