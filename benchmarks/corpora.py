"""Where the corpora are, and the scorers that come with them."""

import gzip
import importlib.util
import json
import os
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


class NoCorpora(Exception):
    """The corpora are not here: nothing can be measured."""


def corpora() -> Path:
    """Return the folder that KB_CORPORA names, else the one beside the checkout."""
    folder = Path(os.environ.get("KB_CORPORA", ROOT.parent / "shared"))
    if not (folder / "search" / "medquad.jsonl.gz").is_file():
        raise NoCorpora(f"no corpora at {folder}: set KB_CORPORA")
    return folder


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def unpack_medquad(folder: Path) -> Path:
    """Write the 17,896 question-and-answer pairs as medquad.jsonl into `folder`, and return its path."""
    path = folder / "medquad.jsonl"
    with gzip.open(corpora() / "search" / "medquad.jsonl.gz") as packed, path.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return path


def scorer(name: str) -> ModuleType:
    """Return the scorer of the folder `name` ("search", "queries") as a module."""
    path = corpora() / name / "score.py"
    spec = importlib.util.spec_from_file_location(f"scorer_of_{name}", path)
    if spec is None or spec.loader is None:
        raise NoCorpora(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
