"""Headers of every response: what a browser may load, who may frame us, what may be kept."""

from datetime import date
from hashlib import sha256

from flask import Flask, Request, Response, g, request

from kb.web.addresses import split_address
from kb.web.site import current_site

# A function of the generation and the settings alone: kept, and asked for again with their ETag.
REVALIDATED = frozenset(
    {
        "patient.home",
        "patient.entry",
        "patient.article",
        "patient.topics",
        "patient.topic",
        "patient.topics_of_letter",
        "patient.about",
        "patient.offline",
        "patient.worker",
        "machines.robots",
        "machines.sitemap",
        "machines.sitemap_part",
        "machines.feed",
        "machines.manifest",
        "embed.frame",
        "rendering.theme",
    }
)

# Results of a POST. "no-store" would make Back ask whether to send the form again.
RESULTS = frozenset({"patient.search", "patient.search_by_link", "patient.feedback", "embed.frame_results"})

# What search engines may list; everything else says noindex.
INDEXED = frozenset(
    {
        "patient.home",
        "patient.entry",
        "patient.article",
        "patient.topics",
        "patient.topic",
        "patient.topics_of_letter",
        "patient.about",
        "machines.robots",
        "machines.sitemap",
        "machines.sitemap_part",
        "machines.feed",
        "machines.manifest",
        "rendering.theme",
    }
)

# Other sites put these into a frame.
FRAMED = frozenset({"embed.frame", "embed.frame_results"})

# Scripts of other sites read these.
SHARED = frozenset(
    {
        "embed.element",
        "embed.oembed",
        "api.get_search",
        "api.post_search",
        "api.get_suggest",
        "api.post_suggest",
        "api.get_entry",
    }
)
# What the element imports.
SHARED_FILES = frozenset({"/static/asking.js"})

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


def register(app: Flask) -> None:
    """Have `app` set the headers of every response."""
    app.after_request(set_headers)


def set_headers(response: Response) -> Response:
    """Return `response` with the headers of its route."""
    endpoint = request.endpoint or ""
    sites = current_site().settings.embedding_sites
    headers = response.headers
    headers["Content-Security-Policy"] = content_policy(sites if endpoint in FRAMED else ())
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Permissions-Policy"] = PERMISSIONS
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    shared = endpoint in SHARED or request.path in SHARED_FILES
    loaded = shared or endpoint in FRAMED
    headers["Cross-Origin-Resource-Policy"] = "cross-origin" if loaded else "same-origin"
    if endpoint not in INDEXED | {"static"} or response.status_code >= 400:
        headers["X-Robots-Tag"] = "noindex"
    if request.path.startswith("/api/") or shared:
        _share_with_sites(response, sites)
    return _set_caching(response, endpoint)


def content_policy(framing_sites: tuple[str, ...]) -> str:
    """Return the content security policy. Only `framing_sites` (origins) may frame the page."""
    return "; ".join(
        [
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {' '.join(framing_sites) or chr(39) + 'none' + chr(39)}",
        ]
    )


def may_search(asking: Request, sites: tuple[str, ...]) -> bool:
    """Return whether a POST to the API comes from us, from one of `sites`, or from no browser at all."""
    origin = asking.headers.get("Origin")
    if origin is None or origin in sites:
        return True
    if asking.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    # Only the host: behind a proxy that ends TLS our own scheme is not the visitor's.
    return split_address(origin).netloc == asking.host


def comes_from_us(asking: Request) -> bool:
    """Return whether a form that writes was sent by a page of ours.

    Under our referrer policy Chromium sends `Origin: null`, so what it says of the site itself goes first.
    """
    site = asking.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return split_address(asking.headers.get("Origin", "")).netloc == asking.host


def _share_with_sites(response: Response, sites: tuple[str, ...]) -> None:
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if origin not in sites:
        return
    response.headers["Access-Control-Allow-Origin"] = origin
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Max-Age"] = "600"


def _set_caching(response: Response, endpoint: str) -> Response:
    headers = response.headers
    if endpoint == "static" and response.status_code in {200, 304}:
        # The address of a static file holds a hash of what is in it, where our pages ask for it.
        kept = "public, max-age=31536000, immutable" if "v" in request.args else "no-cache"
        headers["Cache-Control"] = kept
    elif response.status_code == 200 and endpoint in RESULTS:
        headers["Cache-Control"] = "private, max-age=0"
    elif response.status_code == 200 and endpoint in REVALIDATED | {"embed.element"}:
        # Asked for again each time, so that a withdrawn answer is gone at once.
        token = g.get("page_token", "")
        # A page with a form belongs to who fetched it: its token counts once.
        headers["Cache-Control"] = "private, no-cache" if token else "public, no-cache"
        # The hash of the whole: a change of entry, template or setting shows alike. A token is no change, but the
        # day is, so that none grows old in a browser.
        day = date.today().isoformat() if token else ""
        response.set_etag(sha256(response.get_data().replace(token.encode(), day.encode())).hexdigest()[:32])
        response.make_conditional(request)
    else:
        headers["Cache-Control"] = "no-store"
    return response
