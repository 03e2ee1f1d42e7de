"""What holds for every page, whatever it shows."""

import json
import re

import html5lib
import pytest
from flask.testing import FlaskClient

from tests.conftest import ROOT
from tests.web import clinic

READ = [
    "/",
    "/q/200001/how-well-does-ketamine-work",
    "/q/200003/what-should-i-bring",
    "/q/FAQ-7/puedo-comer-antes",
    "/q/100010/x",
    "/q/999999/x",
    "/articles/infusions?entry=200003",
    "/desk",
    "/embed",
    "/embed?entry=200001",
]
ASKED = ["ketamine infusion drive", clinic.CRISIS_QUERY, clinic.EMERGENCY_QUERY, clinic.MEANS_QUERY, "zebra"]


def pages(client: FlaskClient) -> dict[str, str]:
    found = {path: client.get(path).text for path in READ}
    for path in ("/search", "/desk", "/embed"):
        found |= {f"{path}: {query}": client.post(path, data={"q": query}).text for query in ASKED}
    return found


def test_every_page_parses_without_an_error(client: FlaskClient, rebuilding: FlaskClient) -> None:
    parser = html5lib.HTMLParser(strict=True)
    for text in [*pages(client).values(), rebuilding.get("/").text, rebuilding.get("/desk").text]:
        parser.parse(text)


def test_every_page_has_one_first_heading_and_no_id_twice(client: FlaskClient) -> None:
    for name, text in pages(client).items():
        assert text.count("<h1") == 1, name
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert sorted(ids) == sorted(set(ids)), name


def test_every_page_names_its_language_and_fits_a_phone(client: FlaskClient) -> None:
    for name, text in pages(client).items():
        assert '<html lang="en">' in text, name
        assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in text, name


def test_no_page_names_another_host_but_as_a_link(client: FlaskClient) -> None:
    for name, text in pages(client).items():
        loaded = re.findall(r'(?:src|action|href)="(https?://[^"]+)"', text)
        links = re.findall(r'<(?:a|link rel="(?:canonical|alternate)")[^>]* href="(https?://[^"]+)"', text)
        assert loaded == links, name


@pytest.mark.parametrize("key", ["", "safety", "hits"])
def test_the_reply_in_the_docs_has_the_keys_of_the_reply(client: FlaskClient, key: str) -> None:
    docs = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", docs, re.DOTALL)
    written = json.loads(example)
    given = client.post("/api/v1/search", data={"q": "drive home"}).json
    assert given is not None

    def keys(reply: dict[str, object]) -> list[str]:
        part = reply[key] if key else reply
        first = part[0] if isinstance(part, list) else part
        assert isinstance(first, dict)
        return list(first)

    assert keys(written) == keys(given)
