"""kb.toml is read once, and a mistake in it is named."""

import re
from pathlib import Path

import pytest

from kb.errors import KbError
from kb.settings import STANDARD, Settings, read_settings
from tests.conftest import ROOT


def test_the_projects_own_settings_have_crisis_lines_and_no_invented_phone() -> None:
    settings = read_settings(ROOT / "kb.toml")
    assert (settings.lines.emergency, settings.lines.lifeline) == ("911", "988")
    assert settings.clinic.phone == ""


def test_no_file_gives_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings(STANDARD) == Settings()


def test_a_file_that_was_named_and_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(KbError, match=r"nowhere\.toml: is not there"):
        read_settings(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("region = ", "no valid TOML"),
        ("[clinic]\nphon = '1'", "clinic.phon"),
        ("accent = 'red'", "accent"),
        ("embedding_sites = ['https://a.example/path']", "embedding_sites"),
        ("embedding_sites = ['*']", "no origin"),
        ("embedding_sites = '*'", 'must be a list, as ["one", "two"]'),
        ("[[disclosures]]\nterms = 'a'\ntext = 'b'\nsource = 'c'", "[disclosures 1.terms]: must be a list"),
        ("[[disclosures]]\nterms = ['a']\ntext = 'b'", "[disclosures 1.source]: is missing: add it"),
        ("[disclosures]\ntext = 'b'", "must stand under a line with two brackets"),
        ("region = 3", "[region]: must be text, in quotes"),
        ("clinic = 'x'", "[clinic]: must be a table"),
        ("[reviews]\nwithhold_after = -1", "must not be below 0"),
        (
            "region = 'US-NY'\n[crisis_lines.US-MA]\nlifeline = '988'",
            'region "US-NY" has no lines here, only US-MA have',
        ),
    ],
)
def test_a_mistake_is_named_in_one_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "kb.toml"
    path.write_text(text)
    with pytest.raises(KbError) as caught:
        read_settings(path)
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not re.search("[Ii]nput|tuple|dictionary|Value error", str(caught.value))
