"""Fetch a page from the web, from public addresses only."""

import http.client
import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urljoin, urlsplit

from kb.errors import KbError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

LARGEST_PAGE = 5_000_000  # bytes, as for any article
MOST_REDIRECTS = 5
SECONDS = 20.0  # for each step of a connection
REDIRECTS = frozenset({301, 302, 303, 307, 308})
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: its bytes untouched, the address that answered, the file ending of its type."""

    url: str
    data: bytes
    suffix: str


def is_public(address: Address) -> bool:
    """Return whether an address is on the public internet: not private, loopback, link-local or reserved."""
    return address.is_global and not address.is_multicast


def fetch(url: str, allowed: Callable[[Address], bool] = is_public) -> Fetched:
    """Return the page at `url`, redirects followed; every address on the way must be `allowed`.

    Raises KbError when it cannot be had: another scheme, an address that is not allowed, an error of the
    server, a type that we do not read, over 5 MB.
    """
    for _ in range(MOST_REDIRECTS + 1):
        response = _get(url, allowed)
        if response.status not in REDIRECTS:
            return _accepted(url, response)
        try:
            url = urljoin(url, response.headers.get("Location", ""))
        except ValueError as error:
            raise _no_address(response.headers["Location"]) from error
    raise KbError(url, f"redirects more than {MOST_REDIRECTS} times", "name the page's final address")


@dataclass(frozen=True, slots=True)
class _Response:
    status: int
    headers: Message
    data: bytes


def _get(url: str, allowed: Callable[[Address], bool]) -> _Response:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise _no_address(url) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise _no_address(url)
    try:
        address = _allowed_address(url, parts.hostname, parts.port or parts.scheme, allowed)
        connection = _Secure if parts.scheme == "https" else _Plain
        opened = connection(parts.hostname, parts.port, timeout=SECONDS)
        opened.address = address
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        opened.request(
            "GET", path, headers={"Accept": ", ".join(SUFFIXES), "User-Agent": "clinic-knowledge-base"}
        )
        answer = opened.getresponse()
        data = answer.read(LARGEST_PAGE + 1)
        opened.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise KbError(
            url, f"cannot be fetched ({error})", "check the address, or save the page and import it"
        ) from error
    return _Response(answer.status, answer.headers, data)


def _no_address(url: str) -> KbError:
    return KbError(url, "is no web address", "give one that starts with https://")


def _allowed_address(url: str, host: str, port: int | str, allowed: Callable[[Address], bool]) -> str:
    """Return an address of the host. All of them must be allowed: which one is used is not ours to choose."""
    addresses = [
        ipaddress.ip_address(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ]
    for address in addresses:
        if not allowed(address):
            raise KbError(url, f"leads to {address}, which is not public", "name a page on the public web")
    return str(addresses[0])


class _Plain(http.client.HTTPConnection):
    """Connects to the address that was checked, so that a second look-up cannot name another."""

    address = ""

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _Secure(http.client.HTTPSConnection):
    """The same, with the certificate checked against the host's name."""

    address = ""

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), self.timeout)
        context: Any = self._context  # type: ignore[attr-defined]
        self.sock = context.wrap_socket(plain, server_hostname=self.host)


def _accepted(url: str, response: _Response) -> Fetched:
    if response.status != 200:
        raise KbError(url, f"answered {response.status}", "check the address")
    if len(response.data) > LARGEST_PAGE:
        raise KbError(
            url, f"is over {LARGEST_PAGE // 1_000_000} MB", "save the part that you need and import that"
        )
    kind = response.headers.get_content_type()
    if kind not in SUFFIXES:
        raise KbError(url, f'is of type "{kind}"', f"we read {', '.join(sorted(set(SUFFIXES.values())))}")
    return Fetched(url, response.data, SUFFIXES[kind])
