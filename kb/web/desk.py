"""Door two: the front desk, with a caller on the line. Shows only what is public."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from kb.asking import is_crisis_entry
from kb.content.entries import Entry
from kb.safety import staff_card_for
from kb.web.answers import Answers, ask
from kb.web.public import PublicHit
from kb.web.site import current_site

pages = Blueprint("desk", __name__, url_prefix="/desk")


@dataclass(frozen=True, slots=True)
class DeskHit:
    """A hit with what the desk says of it."""

    public: PublicHit
    say: str
    staff_wording: bool  # not the article's own words
    do_not_say: str
    hand_off: str
    answer_html: str


@pages.get("", strict_slashes=False)
def desk() -> ResponseReturnValue:
    return render_template("desk.html", query="", answers=None, hits=())


@pages.post("", strict_slashes=False)
def desk_results() -> ResponseReturnValue:
    query = request.form.get("q", "")
    answers = ask(query, staff_card_for, exact="exact" in request.form)
    return render_template("desk.html", query=query, answers=answers, hits=_desk_hits(answers))


def what_to_say(entry: Entry, sentence: str) -> str:
    """Return the words to read out: the staff's wording, else the short answer, else the best sentence."""
    return entry.say_this or entry.short or sentence


def _desk_hits(answers: Answers | None) -> tuple[DeskHit, ...]:
    if answers is None:
        return ()
    knowledge_base = current_site().knowledge_base
    return tuple(
        DeskHit(
            public=public,
            say=what_to_say(hit.entry, public.sentence),
            staff_wording=bool(hit.entry.say_this) and hit.entry.say_this not in hit.entry.answer,
            do_not_say=hit.entry.do_not_say,
            hand_off=hit.entry.hand_off,
            answer_html=knowledge_base.answer_html(hit.entry),
        )
        for hit, public in zip(answers.reply.hits, answers.hits, strict=True)
        # In an emergency nothing stands open to be read out but what to do.
        if answers.reply.safety.level != "emergency" or is_crisis_entry(hit.entry)
    )
