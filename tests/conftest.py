"""What tests of every level share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no fault of the code: laws are held, time is measured in benchmarks/.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def nothing_waits_for_the_disk() -> Iterator[None]:
    """No test cuts the power, so none can tell whether a file was synced; test_killed counts the calls."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real articles and questions; tests that need it are skipped, loudly, where it is absent."""
    folder = Path(os.environ.get("KB_CORPORA", ROOT.parent / "shared"))
    if not (folder / "splitting" / "articles").is_dir():
        pytest.skip(f"NO CORPORA at {folder}: set KB_CORPORA to test on real articles and questions")
    return folder
