"""An entry's own queries are its tests: who pushes it out of the first three is told."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kb.checks import check_folder, rehearse
from kb.indexing import build_folder
from kb.publishing import Publication, prepare_publication
from kb.settings import Settings

TODAY = date(2026, 11, 23)
CLINIC = Settings()


def article(folder: Path, name: str, answers: dict[str, str], queries: str = "") -> Path:
    """Write an article with an entry for each question, the first with `queries`."""
    path = folder / f"{name}.md"
    path.write_text(
        f"# {name}\n\n" + "".join(f"## {asked}\n\n{answer}\n\n" for asked, answer in answers.items())
    )
    tables = []
    for number, (asked, answer) in enumerate(answers.items()):
        own = f'queries = ["{queries}"]\n' if queries and not number else ""
        tables.append(
            f'[[entry]]\nid = "{name}{number}"\nstatus = "published"\nquestion = "{asked}"\nanswer = "{answer}"\n{own}'
        )
    path.with_name(f"{name}.qa.toml").write_text("\n".join(tables))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    article(made, "parking", {"Where can I park?": "You can park behind the house."}, "parking garage")
    return made


def test_an_id_that_another_article_has_blocks(folder: Path) -> None:
    path = article(folder, "visits", {"How long is a visit?": "It takes an hour."})
    entries = path.with_name("visits.qa.toml")
    entries.write_text(entries.read_text().replace("visits0", "parking0"))
    found = [finding for finding in check_folder(folder, CLINIC, TODAY) if finding.blocks]
    assert [(finding.place, finding.entry, finding.problem) for finding in found] == [
        (f"{entries}:2", "parking0", "parking.md has the same id")
    ]


def told(index: Path, publication: Publication) -> list[str]:
    return [finding.entry for finding in rehearse(publication.article, publication.published, index, CLINIC)]


def test_a_query_that_finds_its_entry_is_fine(folder: Path) -> None:
    assert not [finding for finding in check_folder(folder, CLINIC, TODAY) if "query" in finding.problem]


def test_a_query_that_does_not_is_named_with_its_line(folder: Path) -> None:
    more = {f"What does the parking garage at door {door} cost?": f"Door {door} is free." for door in "abcd"}
    article(folder, "garage", more)
    found = [finding for finding in check_folder(folder, CLINIC, TODAY) if "query" in finding.problem]
    assert [(finding.entry, finding.place) for finding in found] == [
        ("parking0", f"{folder / 'parking.qa.toml'}:2")
    ]


def test_a_publication_that_pushes_an_entry_out_is_told_before_it_is_served(
    folder: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    build_folder(folder, index, CLINIC, lambda _: None)
    more = {f"What does the parking garage at door {door} cost?": f"Door {door} is free." for door in "abcd"}
    path = article(folder, "garage", more)
    publication = prepare_publication(path, [f"garage{number}" for number in range(4)], "", TODAY)
    assert told(index, publication) == ["parking0"]
    harmless = Publication(publication.article, publication.published[:1], publication.entries)
    assert told(index, harmless) == []


def test_a_rehearsal_names_the_queries_of_what_is_published(folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    build_folder(folder, index, CLINIC, lambda _: None)
    path = article(folder, "visits", {"How long is a visit?": "It takes an hour."}, "zebra")
    publication = prepare_publication(path, ["visits0"], "", TODAY)
    assert told(index, publication) == ["visits0"]
    silent = replace(publication.published[0], queries=())
    assert told(index, Publication(publication.article, (silent,), (silent,))) == []
