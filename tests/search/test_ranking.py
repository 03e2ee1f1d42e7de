"""The score table gives Whoosh's own scores, and ranking is exact."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import index, query, scoring

from kb.search.building import build
from kb.search.encoders.static import static_encoder
from kb.search.generation import Contents, Generation
from kb.search.index.score_table import NOTHING_REMOVED, Statistics
from kb.search.index.segments import Collection, segment_of
from kb.search.index.whoosh_index import write_index
from kb.search.opening import open_current
from kb.search.ranking.order import gather, rank
from kb.search.words.analysis import fold
from kb.search.words.cutting import SEARCHED, CutEntry, cut
from tests.entries import FASTING_ENTRY, THREE, entry

WORDS = ("parking", "visit", "infusion", "hour", "water", "patient", "free", "medicine", "stomach")
STEMS = ("park", "visit", "infus", "hour", "water", "patient", "free", "medicin", "stomach")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("index")
    build(made, Contents(THREE, list, dict, dict))
    return made


@pytest.fixture(scope="module")
def opened(folder: Path) -> Generation:
    return open_current(folder)


@pytest.fixture(scope="module")
def in_memory() -> Collection:
    return Collection([segment_of(THREE, static_encoder())], [], NOTHING_REMOVED)


@pytest.fixture(scope="module")
def searcher(folder: Path, opened: Generation) -> Iterator[object]:
    with index.open_dir(folder / opened.name / "whoosh").searcher(weighting=scoring.BM25F()) as whooshs:
        yield whooshs


def found(generation: Generation, text: str, limit: int = 10) -> list[str]:
    question = generation.read(text)
    ranked = generation.rank(question, generation.meaning(question), limit)
    return [generation.live.collection.entry(one.number).id for one in ranked]


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("name", SEARCHED)
def test_scores_equal_whooshs_own(opened: Generation, searcher: object, name: str, stem: str) -> None:
    hits = searcher.search(query.Term(name, stem), limit=None)  # type: ignore[attr-defined]
    expected = {hit.docnum: pytest.approx(hit.score, rel=1e-5) for hit in hits}
    collection = opened.live.collection
    entries, scores = collection.statistics.bm25(collection.segments[0].table, name, stem)
    assert dict(zip(entries.tolist(), scores.tolist(), strict=True)) == expected


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("name", SEARCHED)
def test_entries_in_memory_score_as_if_indexed(
    opened: Generation, in_memory: Collection, name: str, stem: str
) -> None:
    mapped = opened.live.collection.segments[0].table
    table = in_memory.segments[0].table
    assert [array.tolist() for array in Statistics([table]).bm25(table, name, stem)] == [
        array.tolist() for array in Statistics([mapped]).bm25(mapped, name, stem)
    ]


def test_best_entry_stands_first(opened: Generation) -> None:
    assert found(opened, "eat before infusion")[0] == "100003"
    assert found(opened, "how long is the visit")[0] == "100002"
    assert found(opened, "parking")[0] == "100001"


def test_a_synonym_finds_what_the_question_does_not_say(opened: Generation) -> None:
    assert found(opened, "empty stomach")[0] == "100003"


def test_a_question_without_words_finds_nothing(opened: Generation) -> None:
    assert found(opened, "") == []
    assert found(opened, "what is the") == []


@given(st.lists(st.sampled_from((*WORDS, "zebra")), max_size=6), st.integers(1, 5))
def test_top_is_the_head_of_the_whole_order(opened: Generation, words: list[str], limit: int) -> None:
    assert found(opened, " ".join(words), limit) == found(opened, " ".join(words), 1000)[:limit]


def test_a_repeated_word_counts_once(opened: Generation) -> None:
    once, twice = opened.read("free parking"), opened.read("free parking free")
    assert [group.alternatives for group in twice.groups] == [group.alternatives for group in once.groups]
    meaning = opened.meaning(once).whole
    collection = opened.live.collection
    assert rank(collection, twice, meaning, 10) == rank(collection, once, meaning, 10)


def test_entries_that_could_not_rise_are_left_out_without_a_trace(
    opened: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = (*WORDS, "visit hour", "free parking")
    many = [
        entry(id=f"{one}-{other}", question=f"{one} {other}?", answer=f"{other} {one}. Ask about {one}.")
        for one in words
        for other in words
    ]
    collection = Collection([segment_of(many, static_encoder())], [], NOTHING_REMOVED)
    question = opened.read("free parking at the visit")
    meaning = static_encoder().encode([question.text])[0]
    monkeypatch.setattr("kb.search.ranking.order.COMPARED_FIRST", len(many))
    compared_with_all = rank(collection, question, meaning, 10)
    monkeypatch.setattr("kb.search.ranking.order.COMPARED_FIRST", 30)
    assert len(gather(collection, question, meaning).numbers) < len(many)
    assert rank(collection, question, meaning, 10) == compared_with_all


@given(st.text())
def test_any_text_is_read_and_ranked(opened: Generation, text: str) -> None:
    ids = found(opened, text)
    assert len(set(ids)) == len(ids) <= 3


@pytest.mark.parametrize(
    "text",
    [
        "*", "~", "a", "a AND (b OR", 'x:"', "'; DROP TABLE entries; --", "\x00\x1b[31m", "🙂🙂", "مرحبا",
        "\u202eparking",         "parking^10 title:[a TO z]", "%%%", "a" * 1_000_000, "parking " * 120_000, "\n" * 1000,
    ],
)  # fmt: skip
def test_hostile_text_is_words_or_nothing(opened: Generation, text: str) -> None:
    expected = "100001" if "park" in fold(text) else None
    assert next(iter(found(opened, text)), None) in {expected, *(one.id for one in THREE if not expected)}


def test_a_bad_entry_leaves_no_lock_behind(tmp_path: Path) -> None:
    class Broken(Exception):
        pass

    def entries() -> Iterator[CutEntry]:
        yield cut(FASTING_ENTRY)
        raise Broken

    table = tmp_path / "table"
    table.mkdir()
    with pytest.raises(Broken):
        write_index(tmp_path, table, entries())
    assert write_index(tmp_path, table, [cut(entry())]) == 1
