"""The score table gives Whoosh's own scores, and ranking is exact."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import index, query, scoring

from kb.search.ranking import rank, score_all
from kb.search.score_table import ScoreTable, open_table
from kb.search.whoosh_index import SEARCHED, write_index, write_score_table
from tests.entries import FASTING_ENTRY, THREE, entry

WORDS = ("park", "visit", "infus", "hour", "water", "patient", "free", "medicin", "stomach")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("index")
    for part in ("whoosh", "table"):
        (made / part).mkdir()
    assert write_index(made / "whoosh", THREE) == 3
    write_score_table(made / "whoosh", made / "table")
    return made


@pytest.fixture(scope="module")
def table(folder: Path) -> ScoreTable:
    return open_table(folder / "table", SEARCHED)


@pytest.fixture(scope="module")
def searcher(folder: Path) -> Iterator[object]:
    with index.open_dir(folder / "whoosh").searcher(weighting=scoring.BM25F()) as opened:
        yield opened


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("name", SEARCHED)
def test_scores_equal_whooshs_own(table: ScoreTable, searcher: object, name: str, word: str) -> None:
    hits = searcher.search(query.Term(name, word), limit=None)  # type: ignore[attr-defined]
    expected = {hit.docnum: pytest.approx(hit.score, rel=1e-5) for hit in hits}
    entries, scores = table.fields[name].bm25(word)
    assert dict(zip(entries.tolist(), scores.tolist(), strict=True)) == expected


def test_best_entry_stands_first(table: ScoreTable) -> None:
    assert [ranked.number for ranked in rank(table, ["infus", "eat"], 10)] == [2]
    assert [ranked.number for ranked in rank(table, ["visit", "hour"], 10)] == [1, 2]


def test_a_synonym_finds_what_the_question_does_not_say(table: ScoreTable) -> None:
    assert [ranked.number for ranked in rank(table, ["stomach"], 10)] == [2]


def test_no_term_finds_nothing(table: ScoreTable) -> None:
    assert rank(table, [], 10) == []
    assert rank(table, ["zebra"], 10) == []


@given(st.lists(st.sampled_from((*WORDS, "zebra")), max_size=6), st.integers(1, 5))
def test_top_is_the_head_of_the_whole_order(table: ScoreTable, terms: list[str], limit: int) -> None:
    assert rank(table, terms, limit) == rank(table, terms, 1000)[:limit]


def test_a_repeated_term_counts_once(table: ScoreTable) -> None:
    assert score_all(table, ["park", "park"]).tolist() == score_all(table, ["park"]).tolist()


def test_a_bad_entry_leaves_no_lock_behind(tmp_path: Path) -> None:
    class Broken(Exception):
        pass

    def entries() -> Iterator[object]:
        yield FASTING_ENTRY
        raise Broken

    with pytest.raises(Broken):
        write_index(tmp_path, entries())  # type: ignore[arg-type]
    assert write_index(tmp_path, [entry()]) == 1
