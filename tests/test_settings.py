"""kb.toml is read once, and a mistake in it is named."""

from pathlib import Path

import pytest

from kb.errors import KbError
from kb.settings import Settings, read_settings
from tests.conftest import ROOT


def test_the_projects_own_settings_have_crisis_lines_and_no_invented_phone() -> None:
    settings = read_settings(ROOT / "kb.toml")
    assert (settings.lines.emergency, settings.lines.lifeline) == ("911", "988")
    assert settings.clinic.phone == ""


def test_no_file_gives_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "kb.toml") == Settings()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("region = ", "no valid TOML"),
        ("[clinic]\nphon = '1'", "clinic.phon"),
        ("accent = 'red'", "accent"),
        ("embedding_sites = ['https://a.example/path']", "embedding_sites"),
        ("embedding_sites = ['*']", "no origin"),
    ],
)
def test_a_mistake_is_named_in_one_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "kb.toml"
    path.write_text(text)
    with pytest.raises(KbError) as caught:
        read_settings(path)
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)
