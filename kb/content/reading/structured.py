"""Questions and answers that a publisher marked up for machines: JSON-LD and microdata."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag

from kb.content.documents import PublishedQuestion
from kb.content.reading.html import iterate_json_scripts, visible_text
from kb.content.reading.places import attribute

DEEPEST = 30  # Past this, nested JSON holds no FAQ.


def things_of_page(page: BeautifulSoup) -> list[Mapping[str, Any]]:
    """Return every JSON-LD object of a page, nested ones too; scripts that do not parse hold none."""
    things: list[Mapping[str, Any]] = []
    for script in iterate_json_scripts(page):
        try:
            things += _objects(json.loads(script), DEEPEST)
        except (ValueError, RecursionError):
            continue
    return things


def _objects(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inner:
        yield from _objects(part, depth - 1)


def published_questions(
    page: BeautifulSoup, things: list[Mapping[str, Any]]
) -> tuple[PublishedQuestion, ...]:
    """Return the publisher's questions in their order, each once."""
    found = [*_of_json(things), *_of_microdata(page)]
    return tuple({pair.question.casefold(): pair for pair in reversed(found)}.values())[::-1]


def _of_json(things: list[Mapping[str, Any]]) -> Iterator[PublishedQuestion]:
    for thing in things:
        if thing.get("@type") != "Question":
            continue
        answer = thing.get("acceptedAnswer") or thing.get("suggestedAnswer") or {}
        if isinstance(answer, list):
            answer = answer[0] if answer else {}
        text = answer.get("text") if isinstance(answer, dict) else None
        name = thing.get("name") or thing.get("text")
        if isinstance(name, str) and isinstance(text, str) and name.strip() and text.strip():
            yield PublishedQuestion(visible_text(name), visible_text(text))


def _of_microdata(page: BeautifulSoup) -> Iterator[PublishedQuestion]:
    for element in page.find_all(itemtype=True):
        if not attribute(element, "itemtype").rstrip("/").endswith("schema.org/Question"):
            continue
        name, answer = element.find(itemprop="name"), element.find(itemprop="text")
        if isinstance(name, Tag) and isinstance(answer, Tag):
            question, text = (" ".join(part.get_text(" ").split()) for part in (name, answer))
            if question and text:
                yield PublishedQuestion(question, text)
