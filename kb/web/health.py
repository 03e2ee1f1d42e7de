"""Say whether the process is alive, and whether it can answer."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from kb.errors import IndexUnavailable
from kb.web.site import current_site

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def healthy() -> ResponseReturnValue:
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@pages.get("/readyz")
def ready() -> ResponseReturnValue:
    knowledge_base = current_site().knowledge_base
    try:
        said = f"{knowledge_base.generation()}\n"
        failure = knowledge_base.failure()
    except IndexUnavailable as error:
        return Response(f"{error.problem}\n", status=503, content_type="text/plain; charset=utf-8")
    if failure is not None:
        # It answers, so it is ready; but not with what was built last.
        said += f"an older generation serves: the new one {failure.problem}\n"
    return Response(said, content_type="text/plain; charset=utf-8")
