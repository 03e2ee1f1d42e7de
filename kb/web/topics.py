"""Browse: the topics, those of one letter where they are many, and the questions of one topic."""

from itertools import groupby

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from kb.catalogue import Topic
from kb.web.language import Pages
from kb.web.site import current_site

# More than these are no list that anyone reads: they are put under their letters.
MOST_IN_A_LIST = 60
# Shown beside the letters: where most is to be found.
LARGEST_SHOWN = 24

# Topics that begin with a figure. A letter's address is the letter itself.
FIGURES = "0-9"


def register(pages: Pages) -> None:
    """Add the pages of topics to the patient's `pages`."""
    pages.page("/topics")(topics)
    pages.page("/topics/letter/<letter>")(topics_of_letter)
    pages.page("/topics/<slug>")(topic)


def topics() -> ResponseReturnValue:
    catalogue = current_site().knowledge_base.catalogue()
    if len(catalogue.topics) <= MOST_IN_A_LIST:
        groups = [("", list(catalogue.topics.values()))]
        return render_template("topics.html", groups=groups, letters=(), letter="")
    groups = [("", largest_topics(LARGEST_SHOWN))]
    return render_template("topics.html", groups=groups, letters=_letters(), letter="")


def topics_of_letter(letter: str) -> ResponseReturnValue:
    found = (
        current_site().knowledge_base.catalogue().letters.get("#" if letter == FIGURES else letter.upper())
    )
    if not found or letter != letter.lower():
        abort(404)
    groups = [("", list(found))]
    if len(found) > MOST_IN_A_LIST:
        # Two letters make a heading, so that the eye need not read them all.
        by_start = sorted(found, key=_start)
        groups = [(start, list(members)) for start, members in groupby(by_start, key=_start)]
    return render_template("topics.html", groups=groups, letters=_letters(), letter=letter)


def topic(slug: str) -> ResponseReturnValue:
    chosen = current_site().knowledge_base.catalogue().topics.get(slug)
    if chosen is None:
        abort(404)
    return render_template("topic.html", topic=chosen)


def largest_topics(most: int) -> list[Topic]:
    """Return the topics with the most questions, at most `most`, by name."""
    found = current_site().knowledge_base.catalogue().topics.values()
    # Stable: of equals, the first by name.
    largest = sorted(found, key=lambda topic: -len(topic.entries))[:most]
    return sorted(largest, key=lambda topic: topic.name.casefold())


def _start(topic: Topic) -> str:
    """Return the two letters that `topic` begins with; the first alone where none follows it at once."""
    first, second = topic.slug[0].upper(), topic.slug[1:2]
    return first + second if second.isalpha() else first


def _letters() -> list[str]:
    letters = current_site().knowledge_base.catalogue().letters
    return [FIGURES if letter == "#" else letter.lower() for letter in letters]
