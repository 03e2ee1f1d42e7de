"""Where textblob's files lie.

The package is not imported: with it comes nltk, which takes a second and much memory, for nothing that we use.
"""

from importlib.util import find_spec
from pathlib import Path

from kb.errors import KbError


def textblob_file(name: str) -> Path:
    """Return the path of a file in textblob's wheel. Raises KbError when it is not there."""
    spec = find_spec("textblob")
    remedy = "install the project again: pip install -e ."
    if spec is None or not spec.submodule_search_locations:
        raise KbError("textblob", "is not installed", remedy)
    path = Path(next(iter(spec.submodule_search_locations))) / name
    if not path.is_file():
        raise KbError(path, "is missing", remedy)
    return path
