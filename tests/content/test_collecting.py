"""The garbage collector is held back, and left as it was."""

import gc

import pytest

from kb.content.collecting import held_back


def test_collector_rests_inside_and_works_after() -> None:
    with held_back():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_collector_works_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="torn"), held_back():
        raise ValueError("torn")
    assert gc.isenabled()


def test_collector_that_rested_before_rests_after() -> None:
    gc.disable()
    try:
        with held_back():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
