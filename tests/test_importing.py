"""An article is brought in as it is, and only from the public web."""

import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest

from kb.content.entries_file import Provenance, entries_path, read_entries
from kb.content.library import Library, read_article
from kb.errors import KbError
from kb.fetching import Address, Fetched, fetch, is_public
from kb.importing import import_file, import_page

TODAY = date(2026, 11, 23)
PAGE = b"<html><head><title>Parking</title></head><body><h1>Parking</h1><p>Park behind the house.</p></body></html>"


class Pages(BaseHTTPRequestHandler):
    """A small site: a page, redirects, and pages that must not be taken."""

    def do_GET(self) -> None:
        port = self.headers["Host"].rpartition(":")[2]
        redirects = {
            "/moved": "/parking",
            "/inside": f"http://127.0.0.2:{port}/parking",
            "/round": "/round",
            "/file": "file:///etc/passwd",
            "/torn": "http://[",
        }
        if self.path in redirects:
            self.send_response(302)
            self.send_header("Location", redirects[self.path])
            self.end_headers()
            return
        self.send_response(404 if self.path == "/none" else 200)
        self.send_header(
            "Content-Type", "image/png" if self.path == "/picture" else "text/html; charset=utf-8"
        )
        self.end_headers()
        self.wfile.write(b"x" * 5_000_001 if self.path == "/large" else PAGE)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def unexpected(error: KbError) -> None:
    raise error


def only_first(address: Address) -> bool:
    return address == ip_address("127.0.0.1")


@pytest.mark.parametrize("path", ["/parking", "/moved"])
def test_a_page_is_fetched_as_it_is_and_redirects_are_followed(site: str, path: str) -> None:
    assert fetch(site + path, only_first) == Fetched(f"{site}/parking", PAGE, ".html")


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/inside", "127.0.0.2, which is not public"),
        ("/file", "no web address"),
        ("/torn", r"http://\[: is no web address"),
        ("/round", "redirects more than 5 times"),
        ("/none", "answered 404"),
        ("/picture", "image/png"),
        ("/large", "over 5 MB"),
    ],
)
def test_what_must_not_be_taken_is_refused(site: str, path: str, problem: str) -> None:
    with pytest.raises(KbError, match=problem):
        fetch(site + path, only_first)


def test_an_address_that_is_none_is_named() -> None:
    with pytest.raises(KbError, match=r"http://\[: is no web address"):
        fetch("http://[")


def test_an_address_of_this_machine_is_not_public(site: str) -> None:
    with pytest.raises(KbError, match="not public"):
        fetch(f"{site}/parking")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
    ],
)
def test_only_addresses_of_the_public_web_are_allowed(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public


def test_the_original_is_kept_with_its_address_and_date(tmp_path: Path) -> None:
    page = Fetched("https://www.example.org/visits/Parking", PAGE, ".html")
    path = import_page(page, tmp_path, "CC BY 4.0", TODAY, unexpected)
    assert path == tmp_path / "parking.html"
    assert path.read_bytes() == PAGE
    provenance = read_entries(entries_path(path), path.name).provenance
    assert provenance == Provenance(page.url, "CC BY 4.0", TODAY)
    assert read_article(path).document.metadata.source == page.url


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "Where to park.md"
    source.write_text("# Parking\n\nPark behind the house.\n")
    folder = tmp_path / "articles"
    folder.mkdir()
    path = import_file(source, folder, Provenance("", "", TODAY), unexpected)
    before = entries_path(path).read_bytes()
    assert (
        import_file(source, folder, Provenance("", "", TODAY), unexpected)
        == path
        == folder / "where-to-park.md"
    )
    assert entries_path(path).read_bytes() == before


def test_another_article_of_the_same_name_is_not_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "parking.md"
    source.write_text("# Parking\n\nPark behind the house.\n")
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "parking.md").write_text("# Ours\n\nWords of ours.\n")
    with pytest.raises(KbError, match="other content"):
        import_file(source, folder, Provenance("", "", TODAY), unexpected)
    assert (folder / "parking.md").read_text() == "# Ours\n\nWords of ours.\n"


@pytest.mark.parametrize("name", ["Parking.html", "parking.txt", "parking.csv"])
def test_a_file_that_would_share_an_entries_file_is_refused(tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    source.write_text("id,question,answer\n1,Where can I park?,Behind the house.\n")
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "parking.md").write_text("# Ours\n\nWords of ours.\n")
    (folder / "parking.qa.toml").write_text("# our entries\n")
    with pytest.raises(KbError, match=r"has the same name as parking\.md"):
        import_file(source, folder, Provenance("", "", TODAY), unexpected)
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "parking.md": "# Ours\n\nWords of ours.\n",
        "parking.qa.toml": "# our entries\n",
    }


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", "x"), ("a.md", ""), ("a.csv", "id,question\n1,Why?\n")]
)
def test_what_cannot_be_read_is_not_kept(tmp_path: Path, name: str, content: str) -> None:
    source = tmp_path / name
    source.write_text(content)
    folder = tmp_path / "articles"
    folder.mkdir()
    with pytest.raises(KbError):
        import_file(source, folder, Provenance("", "", TODAY), unexpected)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("First Visit (2).MD", "first-visit-2.md"),
        ("Depresión.md", "depresion.md"),
        ("???.md", "article.md"),
    ],
)
def test_a_file_name_becomes_an_address(tmp_path: Path, name: str, kept: str) -> None:
    source = tmp_path / name
    source.write_text("# Parking\n\nPark behind the house.\n")
    folder = tmp_path / "articles"
    folder.mkdir()
    assert import_file(source, folder, Provenance("", "", TODAY), unexpected) == folder / kept


ROWS = """\
id,question,answer
a,Where can I park?,Behind the house.
a,Where can I smoke?,Nowhere.
b,Is it free?,
"""


def test_what_is_wrong_with_rows_is_said_when_they_are_brought_in(tmp_path: Path) -> None:
    source, folder = tmp_path / "faq.csv", tmp_path / "articles"
    folder.mkdir()
    source.write_text(ROWS)
    problems: list[KbError] = []
    path = import_file(source, folder, Provenance("", "", TODAY), problems.append)
    assert [str(problem) for problem in problems] == [
        f'{path}:3: id "a" stands twice: give each row its own; the second was left out',
        f"{path}:4: no answer: fill it in; the row was left out",
        f"{path}: 1 of 1 rows do not say where they come from: add a column source, or import the file again with --source",
    ]


def test_rows_come_from_where_their_file_is_said_to_come_from(tmp_path: Path) -> None:
    source, folder = tmp_path / "faq.csv", tmp_path / "articles"
    folder.mkdir()
    rows = "a,Where can I park?,Behind the house.,\nb,Is it free?,Yes.,A leaflet\n"
    source.write_text(f"id,question,answer,source\n{rows}")
    import_file(source, folder, Provenance("", "", TODAY), lambda _: None)
    import_file(source, folder, Provenance("The help desk", "", TODAY), unexpected)
    entries = Library(folder, unexpected).entries()
    assert [entry.source for entry in entries] == ["The help desk", "A leaflet"]
