"""What entries hold: stems by field, and the asked words of each sentence."""

from pathlib import Path

import numpy as np

from kb.search.index.holdings import BITS, holdings_of, open_holdings, write_holdings
from kb.search.index.stored import StoredEntries, StoredWriter
from kb.search.words.cutting import cut
from tests.entries import FASTING_ENTRY, PARKING, THREE

HOLDINGS = holdings_of(map(cut, THREE))


def test_an_entry_holds_the_stems_of_its_fields_and_names() -> None:
    held = HOLDINGS.fields_with(np.array([0, 2]), ["park", "empti", "zebra"])
    assert held.tolist() == [
        [BITS["question"] | BITS["answer"] | BITS["names"], 0],
        [0, BITS["synonyms"] | BITS["names"]],
        [0, 0],
    ]


def test_the_asked_words_of_a_sentence_are_weighed_once_and_all_placed() -> None:
    weights, ranges = HOLDINGS.asked_in(np.array([0, 1]), {"park": 1.0, "free": 2.0, "zebra": 4.0})
    assert weights == [1.0, 3.0]
    assert [[PARKING[start:end] for start, end in found] for found in ranges] == [
        ["park"],
        ["Parking", "free"],
    ]


def test_nothing_asked_finds_nothing() -> None:
    assert HOLDINGS.asked_in(np.array([0, 1]), {"zebra": 1.0}) == ([0.0, 0.0], [(), ()])
    assert HOLDINGS.fields_with(np.array([], np.int64), ["park"]).tolist() == [[]]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_holdings(tmp_path, HOLDINGS)
    opened = open_holdings(tmp_path, len(THREE), 6)
    assert (
        opened.fields_with(np.arange(3), ["hour"]).tolist()
        == HOLDINGS.fields_with(np.arange(3), ["hour"]).tolist()
    )


def test_a_stored_entry_is_read_whole_and_its_article_alone(tmp_path: Path) -> None:
    writer = StoredWriter(tmp_path)
    for entry in THREE:
        writer.add(entry)
    writer.finish()
    stored = StoredEntries(tmp_path, len(THREE))
    assert stored.entry(2) == FASTING_ENTRY
    assert [stored.article(number) for number in range(3)] == ["parking.md", "visits.md", "visits.md"]
