"""Say whether the process is alive, and whether it can answer."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from kb.search.generation import IndexUnavailable
from kb.web.site import current_site

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def healthy() -> ResponseReturnValue:
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@pages.get("/readyz")
def ready() -> ResponseReturnValue:
    try:
        name = current_site().knowledge_base.generation()
    except IndexUnavailable as error:
        return Response(f"{error.problem}\n", status=503, content_type="text/plain; charset=utf-8")
    return Response(f"{name}\n", content_type="text/plain; charset=utf-8")
