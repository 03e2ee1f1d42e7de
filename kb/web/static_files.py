"""Hold static files in memory while they are sent, so that none stays open."""

from flask import Flask, Response, request


def register(app: Flask) -> None:
    """Have `app` close each static file before the first byte of it is sent."""
    app.after_request(hold)


def hold(response: Response) -> Response:
    """Return `response` with the bytes of its file in place of the open file.

    A server closes a file when it has sent it. Werkzeug's own does not when the browser has gone away meanwhile: the
    file stays open until it is collected as garbage. Ours are small, so they are read at once.
    """
    if request.endpoint != "static":
        return response
    if request.method == "HEAD" or response.status_code == 304:
        response.close()
        return response
    response.direct_passthrough = False
    content = response.get_data()
    response.close()
    response.set_data(content)
    return response
