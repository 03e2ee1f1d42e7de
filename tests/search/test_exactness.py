"""On real entries and real queries, the score table gives Whoosh's own scores."""

import gzip
import itertools
import json
import math
from pathlib import Path

import pytest
from whoosh import index, query, scoring

from kb.content.imported import read_rows
from kb.search.building import build
from kb.search.generation import Contents, Generation
from kb.search.opening import open_current
from kb.search.words.cutting import SEARCHED

SAMPLE = 1500  # a build of all would take a minute
SETS = ("liveqa_dev", "liveqa_messages_dev", "known_dev")


@pytest.fixture(scope="module")
def folder(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sample")
    packed = corpora / "search" / "medquad.jsonl.gz"
    if not packed.is_file():
        pytest.skip(f"NO CORPORA: {packed} is absent; set KB_CORPORA to test on real entries and queries")
    with gzip.open(packed, "rt", encoding="utf-8") as lines:
        # Every twelfth, so that all publishers are among them.
        sample = itertools.islice(lines, 0, None, 12)
        (made / "rows.jsonl").write_text("".join(itertools.islice(sample, SAMPLE)), encoding="utf-8")

    def report(error: Exception) -> None:
        raise error

    build(made / "index", Contents(read_rows(made / "rows.jsonl", report), list, dict, dict))
    return made / "index"


@pytest.fixture(scope="module")
def opened(folder: Path) -> Generation:
    return open_current(folder)


def test_every_term_of_every_query_scores_as_whoosh_scores_it(
    corpora: Path, folder: Path, opened: Generation
) -> None:
    queries = [
        json.loads(line)["query"]
        for name in SETS
        for line in (corpora / "search" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    stems = {
        stem
        for text in queries
        for group in opened.read(text).groups
        for alternative in group.alternatives
        for stem in alternative.stems
    }
    assert len(stems) > 500
    collection = opened.live.collection
    different = []
    with index.open_dir(folder / opened.name / "whoosh").searcher(weighting=scoring.BM25F()) as searcher:
        for name, stem in itertools.product(SEARCHED, sorted(stems)):
            hits = searcher.search(query.Term(name, stem), limit=None)
            whooshs = {hit.docnum: hit.score for hit in hits}
            numbers, scores = collection.statistics.bm25(collection.segments[0].table, name, stem)
            ours = dict(zip(numbers.tolist(), scores.tolist(), strict=True))
            if ours.keys() != whooshs.keys() or any(
                not math.isclose(ours[number], whooshs[number], rel_tol=1e-5) for number in ours
            ):
                different.append((name, stem))
    assert different == []
