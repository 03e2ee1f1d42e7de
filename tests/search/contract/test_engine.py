"""What any engine must do. A new engine is added to ENGINES and passes this suite unchanged."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from kb.content.documents import Block, Document, Metadata
from kb.content.entries import Entry
from kb.errors import IndexUnavailable, KbError
from kb.search.engine import Engine, View, WhooshEngine
from kb.search.generation import Contents
from kb.search.index.changes import Change
from kb.search.index.listing import listed
from tests.entries import FASTING_ENTRY, PARKING_ENTRY, THREE, VISITS_ENTRY, entry

ENGINES: dict[str, Callable[[Path], Engine]] = {"whoosh": WhooshEngine}

SHOES = entry(
    id="100004",
    article="shoes.md",
    question="May I wear shoes in the massage room?",
    answer="Please take off your shoes.",
    synonyms=("footwear",),
)
SHOES_DOCUMENT = Document(
    "shoes.md",
    SHOES.answer,
    (Block(0, len(SHOES.answer), "paragraph", SHOES.answer),),
    Metadata(title="Shoes"),
)


@pytest.fixture(params=ENGINES, scope="module")
def make(request: pytest.FixtureRequest) -> Callable[[Path], Engine]:
    return ENGINES[request.param]


@pytest.fixture(scope="module")
def built(make: Callable[[Path], Engine], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which all three were built, for tests to copy."""
    folder = tmp_path_factory.mktemp("built")
    make(folder).build(Contents(THREE, list, dict, dict))
    return folder


@pytest.fixture
def engine(make: Callable[[Path], Engine], built: Path, tmp_path: Path) -> Engine:
    copytree(built, tmp_path, dirs_exist_ok=True)
    return make(tmp_path)


def ask(engine: Engine, query: str) -> list[Entry]:
    view = engine.view()
    question = view.read(query)
    meaning = view.meaning(question)
    numbers = [one.number for one in view.rank(question, meaning, 10)]
    return [found.entry for found in view.show(numbers, question, meaning)]


def publish(engine: Engine, entry: Entry, document: Document | None = None) -> None:
    engine.change([Change(entry.id, entry, document)])


def withdraw(engine: Engine, entry_id: str, replaced_by: str = "") -> None:
    engine.change([Change(entry_id, replaced_by=replaced_by)])


def test_what_was_built_is_found_whole(engine: Engine) -> None:
    assert ask(engine, "parking")[0] == PARKING_ENTRY
    assert [engine.view().entry(one.id) for one in THREE] == list(THREE)


def test_every_entry_is_listed_and_changes_show(engine: Engine) -> None:
    before = engine.view()
    assert before.listed() == tuple(listed(one) for one in THREE)
    edited = replace(PARKING_ENTRY, question="Where do I park?", tags=("parking",))
    publish(engine, SHOES)
    publish(engine, edited)
    withdraw(engine, VISITS_ENTRY.id)
    assert engine.view().listed() == tuple(listed(one) for one in (edited, FASTING_ENTRY, SHOES))
    assert before.listed() == tuple(listed(one) for one in THREE)


def test_nothing_is_listed_where_nothing_is(make: Callable[[Path], Engine], tmp_path: Path) -> None:
    engine = make(tmp_path)
    engine.build(Contents([], list, dict, dict))
    assert engine.view().listed() == ()


def test_before_the_first_build_it_says_so(make: Callable[[Path], Engine], tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="indexer.py build"):
        make(tmp_path).view()
    with pytest.raises(IndexUnavailable, match="indexer.py build"):
        make(tmp_path).change([Change(SHOES.id, SHOES)])


def test_a_published_entry_is_found_at_once_in_every_process(
    engine: Engine, make: Callable[[Path], Engine], tmp_path: Path
) -> None:
    other = make(tmp_path)
    assert ask(other, "shoes") == []
    publish(engine, SHOES)
    for one in (engine, other, make(tmp_path)):
        assert ask(one, "footwear")[0] == SHOES
        assert ask(one, "parking")[0] == PARKING_ENTRY


def test_an_edited_entry_is_found_by_its_new_words_alone(engine: Engine) -> None:
    publish(engine, replace(PARKING_ENTRY, question="Where do bicycles go?", answer="In the yard.", end=12))
    assert ask(engine, "bicycles")[0].id == PARKING_ENTRY.id
    assert "100001" not in [one.id for one in ask(engine, "free for patients")]


def test_a_withdrawn_entry_is_gone_and_says_what_replaced_it(engine: Engine) -> None:
    withdraw(engine, FASTING_ENTRY.id, VISITS_ENTRY.id)
    assert FASTING_ENTRY not in ask(engine, "eat before infusion")
    assert engine.view().entry(FASTING_ENTRY.id) is None
    assert engine.view().gone == {FASTING_ENTRY.id: VISITS_ENTRY.id}


def test_a_withheld_entry_is_gone_and_nothing_is_said_of_it(engine: Engine) -> None:
    engine.change([Change(FASTING_ENTRY.id, withheld=True)])
    assert FASTING_ENTRY not in ask(engine, "eat before infusion")
    assert engine.view().entry(FASTING_ENTRY.id) is None
    assert engine.view().gone == {}


def test_changes_made_together_are_seen_together(engine: Engine) -> None:
    before = engine.view()
    engine.change([Change(SHOES.id, SHOES), Change(PARKING_ENTRY.id)])
    after = engine.view()
    for view, ids in ((before, {"100001", "100002", "100003"}), (after, {"100002", "100003", "100004"})):
        assert {one.id for one in view.listed()} == ids


def test_what_was_withdrawn_can_be_published_again(engine: Engine) -> None:
    withdraw(engine, FASTING_ENTRY.id)
    publish(engine, FASTING_ENTRY)
    assert ask(engine, "eat before infusion")[0] == FASTING_ENTRY
    assert engine.view().gone == {}


def test_changes_score_as_a_full_build_would(
    engine: Engine, make: Callable[[Path], Engine], tmp_path: Path
) -> None:
    edited = replace(PARKING_ENTRY, answer="You can park in the street, free of charge.", end=43)
    publish(engine, SHOES)
    publish(engine, edited)
    withdraw(engine, VISITS_ENTRY.id)
    (tmp_path / "built").mkdir()
    built = make(tmp_path / "built")
    built.build(Contents([FASTING_ENTRY, SHOES, edited], list, dict, dict))
    for query in ("free parking", "shoes", "infusion massage", "water"):
        scores = []
        for view in (engine.view(), built.view()):
            question = view.read(query)
            meaning = view.meaning(question)
            ranked = view.rank(question, meaning, 10)
            found = {view.at(one.number).id: one.score for one in ranked}
            scores.append(found)
        assert scores[0] == pytest.approx(scores[1], abs=1e-5)


def test_a_question_is_read_as_it_is_spelt_on_request(engine: Engine) -> None:
    view = engine.view()
    assert [one.typed for one in view.read("parkin").corrections] == ["parkin"]
    exact = view.read("parkin", exact=True)
    assert (exact.corrections, exact.text) == ((), "parkin")


def test_a_view_stays_as_it_was_taken(engine: Engine) -> None:
    view = engine.view()
    withdraw(engine, PARKING_ENTRY.id)
    assert view.entry(PARKING_ENTRY.id) == PARKING_ENTRY
    assert engine.view().entry(PARKING_ENTRY.id) is None


def test_an_article_has_a_page_while_one_of_its_entries_is_served(engine: Engine) -> None:
    publish(engine, SHOES, SHOES_DOCUMENT)
    assert engine.view().articles["shoes"].document == SHOES_DOCUMENT
    assert engine.view().articles["shoes"].entry_ids == (SHOES.id,)
    withdraw(engine, SHOES.id)
    assert "shoes" not in engine.view().articles


def test_a_new_build_takes_over_with_all_its_own(engine: Engine) -> None:
    before = engine.view().name
    withdraw(engine, PARKING_ENTRY.id)
    manifest = engine.build(Contents([PARKING_ENTRY], list, dict, dict))
    assert (manifest.entries, manifest.articles) == (1, 0)
    assert engine.view().name == manifest.name != before
    assert engine.failure is None
    assert ask(engine, "parking") == [PARKING_ENTRY]


def test_a_build_that_fails_leaves_the_old_one(engine: Engine) -> None:
    def broken() -> object:
        yield PARKING_ENTRY
        raise KbError("rows.csv", "ends in the middle", "fetch it again")

    with pytest.raises(KbError, match=r"rows\.csv"):
        engine.build(Contents(broken(), list, dict, dict))  # type: ignore[arg-type]
    assert ask(engine, "eat before infusion")[0] == FASTING_ENTRY


def test_questions_and_terms_are_suggested_as_changes_come(
    engine: Engine, make: Callable[[Path], Engine], tmp_path: Path
) -> None:
    def suggested(view: View, typed: str) -> list[tuple[str, str, list[str]]]:
        lines = view.suggest(typed)
        return [(line.kind, line.text, [view.at(number).id for number in line.entries]) for line in lines]

    assert suggested(engine.view(), "foot") == []
    publish(engine, SHOES)
    withdraw(engine, VISITS_ENTRY.id)
    assert suggested(engine.view(), "footw") == [("term", "footwear", [SHOES.id])]
    (tmp_path / "built").mkdir()
    built = make(tmp_path / "built")
    built.build(Contents([PARKING_ENTRY, FASTING_ENTRY, SHOES], list, dict, dict))
    for typed in ("can i", "may i", "wher", "infusion", "footw", "empty st", "first visit", "sneakers"):
        assert suggested(engine.view(), typed) == suggested(built.view(), typed)


def test_every_answer_has_an_outcome(engine: Engine) -> None:
    view = engine.view()
    outcomes = []
    for query in ("where to park", "parking for trucks with horses", "lasagna"):
        question = view.read(query)
        meaning = view.meaning(question)
        outcomes.append(view.judge(question, meaning, view.rank(question, meaning, 10)).outcome)
    assert outcomes == ["answer", "not_covered", "nothing"]
