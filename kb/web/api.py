"""The API: what the doors show, as JSON, for the element <kb-search> and for everyone else."""

from typing import Annotated, Any

from apiflask import APIBlueprint
from flask import abort, request, url_for
from flask_babel import force_locale, gettext
from pydantic import BaseModel, Field, StringConstraints

from kb.safety import assess
from kb.web.cards import cards_for
from kb.web.errors import problem
from kb.web.headers import may_search
from kb.web.language import spoken
from kb.web.public import (
    PublicEntry,
    PublicReply,
    PublicSuggestions,
    public_entry,
    public_reply,
    public_suggestions,
)
from kb.web.site import current_site

api = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Answers")

MOST_HITS = 10


class _Typed(BaseModel):
    q: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)] = Field(
        description="The question, of any length"
    )
    lang: str = Field("", description="BCP 47; of the card and the review line, where we speak it")


class SearchQuery(_Typed):
    """A question in someone's own words."""

    limit: int = Field(MOST_HITS, ge=1, le=MOST_HITS, description="The most hits to return")
    exact: bool = Field(False, description="Read no word as another spelling: see `corrections`")


class SuggestQuery(_Typed):
    """What was typed so far."""

    limit: int = Field(5, ge=1, le=MOST_HITS, description="The most suggestions to return")


Problems = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]


def _problems(descriptions: dict[int, str]) -> Problems:
    """Return the responses of these statuses as the API's description takes them."""
    content: dict[str, dict[str, Any]] = {"application/problem+json": {}}
    return {status: {"description": text, "content": content} for status, text in descriptions.items()}


SEARCH_PROBLEMS = {
    422: "No question in `q`",
    503: "Being rebuilt; `safety` is as in a reply, where there is a card to show",
}


@api.get("/search")
@api.input(SearchQuery, location="query")
@api.output(PublicReply)
@api.doc(responses=_problems(SEARCH_PROBLEMS))
def get_search(query_data: SearchQuery) -> PublicReply:
    """Search.

    Addresses are kept in logs and histories: send what a person typed by POST.
    """
    return _search(query_data)


@api.post("/search")
@api.input(SearchQuery, location="json_or_form")
@api.output(PublicReply)
@api.doc(responses=_problems({403: "Sent by a page of a foreign site", **SEARCH_PROBLEMS}))
def post_search(json_or_form_data: SearchQuery) -> PublicReply:
    """Search, with the question in the body.

    Pages of other sites may do so when kb.toml lists them.
    """
    if not may_search(request, current_site().settings.embedding_sites):
        abort(403)
    return _search(json_or_form_data)


@api.get("/suggest")
@api.input(SuggestQuery, location="query")
@api.output(PublicSuggestions)
@api.doc(responses=_problems(SEARCH_PROBLEMS))
def get_suggest(query_data: SuggestQuery) -> PublicSuggestions:
    """Suggest questions and terms."""
    return _suggest(query_data)


@api.post("/suggest")
@api.input(SuggestQuery, location="json_or_form")
@api.output(PublicSuggestions)
@api.doc(responses=_problems({403: "Sent by a page of a foreign site", **SEARCH_PROBLEMS}))
def post_suggest(json_or_form_data: SuggestQuery) -> PublicSuggestions:
    """Suggest questions and terms for what was typed so far, sent in the body."""
    if not may_search(request, current_site().settings.embedding_sites):
        abort(403)
    return _suggest(json_or_form_data)


@api.get("/entries/<entry_id>")
@api.output(PublicEntry)
@api.doc(
    responses=_problems(
        {
            404: "Unknown, or withheld for a while: then `being_checked` is true",
            410: "Withdrawn; `replaced_by` is the address of what replaced it, if anything did",
        }
    )
)
def get_entry(entry_id: str) -> Any:
    """Return one entry."""
    site = current_site()
    entry = site.knowledge_base.entry(entry_id)
    if entry is not None:
        return public_entry(entry, site.settings)
    gone = site.knowledge_base.gone(entry_id)
    if gone is None and site.knowledge_base.is_being_checked(entry_id):
        return problem(404, gettext("This answer is being checked."), being_checked=True)
    if gone is None:
        abort(404)
    replaced_by = None
    if gone.replaced_by:
        replaced_by = url_for("api.get_entry", entry_id=gone.replaced_by, _external=True)
    return problem(410, gettext("This answer was withdrawn."), replaced_by=replaced_by)


def _search(query: SearchQuery) -> PublicReply:
    site = current_site()
    with force_locale(spoken(query.lang)):
        reply = site.knowledge_base.ask(query.q, limit=query.limit, exact=query.exact)
        cards = cards_for(query.q, reply.safety)
        generation = site.knowledge_base.generation()
        pieces = site.knowledge_base.pieces
        return public_reply(reply, cards, site.settings, generation, pieces)


def _suggest(query: SuggestQuery) -> PublicSuggestions:
    knowledge_base = current_site().knowledge_base
    with force_locale(spoken(query.lang)):
        suggestions = knowledge_base.suggest(query.q, limit=query.limit)
        entries = ((one, knowledge_base.entry(one.entry_id)) for one in suggestions)
        safety = assess(query.q)
        return public_suggestions(
            [(one, entry) for one, entry in entries if entry is not None],
            safety,
            cards_for(query.q, safety),
        )
