"""What a page hides: for good, or only until a reader unfolds it, as the answers of an accordion."""

import re
from collections.abc import Iterable

from bs4 import Tag

from kb.content.reading.places import attribute, place_by_class, place_by_name

HIDDEN_TAGS = frozenset(
    """head script style noscript template svg math iframe object video audio canvas datalist rp map frameset
    noframes noembed""".split()
)
HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# What says that an element unfolds another, and what names the other.
UNFOLDING = ("aria-expanded", "aria-controls")
TOGGLE, TOGGLING = (
    ("data-bs-toggle", "data-toggle"),
    frozenset({"collapse", "accordion", "toggle", "tab", "pill"}),
)
NAMING = ("aria-controls", "data-bs-target", "data-target", "href")
# "Read more" unfolds the rest of what stands above it, and asks nothing.
OPENS_MORE = re.compile(
    r"(?i)(?:(?:read|show|see|view|learn|load|expand|open|hide|close|collapse) )?(?:more|less|all|everything)\b.{0,30}"
    r"|(?:leer|ver|mostrar) (?:más|menos|todo)"
)
HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "button"})
FOLDS = frozenset({"accordion", "collapse", "collapsible", "toggle", "expander", "expand", "faq"})
BETWEEN_WORDS = re.compile(r"[^a-z]+")
# A panel is a part of a page; a hidden paragraph is a note to nobody.
PANELS = frozenset({"div", "section", "article", "dd", "ul", "ol"})
MOST_WORDS_OF_A_HEAD = 40
# Boxes that come and go over a page, and boxes to be filled in: not read, whatever opens them.
OTHER_ROLES = frozenset({"dialog", "alertdialog", "tooltip", "menu", "listbox", "tree", "status", "alert"})
OTHER_PARTS = ["nav", "form", "input", "select", "textarea", "dialog", "menu"]
LINKS_OF_A_MENU = 0.5  # of its letters


def unfolds(element: Tag) -> bool:
    """Return whether an element is a button that unfolds a panel, and whose words say what the panel tells."""
    is_button = element.name == "button" or attribute(element, "role") == "button"
    return is_button and _says_that_it_unfolds(element) and OPENS_MORE.fullmatch(_words(element)) is None


class Hidden:
    """Tells which elements of a page no reader sees; `elements` are all of the page."""

    def __init__(self, elements: Iterable[Tag]) -> None:
        self._unfolded = {
            name.removeprefix("#")
            for element in elements
            if _says_that_it_unfolds(element)
            for attribute_name in NAMING
            for name in attribute(element, attribute_name).split()
        }

    def __contains__(self, element: Tag) -> bool:
        if element.name in HIDDEN_TAGS or (element.name == "dialog" and not element.has_attr("open")):
            return True
        style = element.get("style")
        hides = element.has_attr("hidden") or (
            isinstance(style, str) and HIDING_STYLE.search(style) is not None
        )
        return hides and not self._is_panel(element)

    def _is_panel(self, element: Tag) -> bool:
        """Return whether a hidden element is text that a reader unfolds, and no menu, dialog or form."""
        if attribute(element, "id") not in self._unfolded and not _follows_its_head(element):
            return False
        if attribute(element, "role") in OTHER_ROLES or place_by_name(element) or place_by_class(element):
            return False
        if element.name in OTHER_PARTS or element.find(OTHER_PARTS) is not None:
            return False
        linked = sum(len(_words(link)) for link in element.find_all("a"))
        return linked < LINKS_OF_A_MENU * max(len(_words(element)), 1)


def _says_that_it_unfolds(element: Tag) -> bool:
    if element.has_attr("aria-haspopup"):
        return False
    return any(element.has_attr(name) for name in UNFOLDING) or any(
        attribute(element, name) in TOGGLING for name in TOGGLE
    )


def _follows_its_head(element: Tag) -> bool:
    """Return whether a hidden element stands right under what a reader presses to see it."""
    before = element.find_previous_sibling()
    if before is None or element.name not in PANELS:
        return False
    words = _words(before)
    if not words or len(words.split()) > MOST_WORDS_OF_A_HEAD or OPENS_MORE.fullmatch(words):
        return bool(words) and _says_that_it_unfolds(before)
    classes = BETWEEN_WORDS.split(f"{attribute(before, 'class')} {attribute(element, 'class')}".lower())
    return (
        words.endswith("?")
        or any(_says_that_it_unfolds(part) for part in [before, *before.find_all(True)])
        or (before.name in HEADS and not FOLDS.isdisjoint(classes))
        or (before.name == "button" and not before.has_attr("aria-haspopup"))
    )


def _words(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())
