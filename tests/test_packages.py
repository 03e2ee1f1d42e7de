"""What the code imports is what pyproject.toml declares, with bounds."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
OURS = {"app", "indexer", "kb", "tests", "benchmarks"}


def plain(name: str) -> str:
    return name.lower().replace("_", "-")


def declared(*extras: str) -> set[str]:
    requirements = chain(PROJECT["dependencies"], *(EXTRAS[extra] for extra in extras))
    return {plain(re.split(r"[^\w-]", requirement)[0]) for requirement in requirements}


def imported(files: Iterable[Path]) -> Iterator[str]:
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (name.name.split(".")[0] for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.split(".")[0]


@pytest.mark.parametrize(
    ("folders", "extras"),
    [(["*.py", "kb/**/*.py"], ["encoder"]), (["tests/**/*.py", "benchmarks/**/*.py"], ["test", "bench"])],
)
def test_every_imported_package_is_declared(folders: list[str], extras: list[str]) -> None:
    names = set(imported(chain.from_iterable(ROOT.glob(folder) for folder in folders)))
    foreign = names - OURS - sys.stdlib_module_names
    distributions = packages_distributions()
    known = declared(*extras)
    assert [
        name for name in sorted(foreign) if not known & set(map(plain, distributions.get(name, [name])))
    ] == []


def test_every_package_has_bounds() -> None:
    requirements = chain(PROJECT["dependencies"], *EXTRAS.values())
    assert [one for one in requirements if not re.search(r"==|>=.+,<", one)] == []
