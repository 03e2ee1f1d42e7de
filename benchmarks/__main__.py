"""Run the benchmarks named on the command line, or all of them.

    python -m benchmarks [--write] [NAME ...]

Each prints a section of Markdown. With --write the section replaces the one of that name in
docs/measurements.md.
"""

import argparse
import importlib
import pkgutil
import re
import sys
from pathlib import Path

import benchmarks
from benchmarks.corpora import NoCorpora

MEASUREMENTS = Path(__file__).resolve().parent.parent / "docs" / "measurements.md"
# Modules that hold a `section()`, in the order of an article's way.
NAMES = tuple(
    name
    for _, name, _ in pkgutil.iter_modules(benchmarks.__path__)
    if not name.startswith("_") and name not in {"corpora", "known_items", "report"}
)


def write_section(name: str, text: str) -> None:
    """Put the section between its markers in docs/measurements.md, at the end when it is new."""
    opening, closing = f"<!-- {name} -->", f"<!-- end of {name} -->"
    marked = f"{opening}\n{text.strip()}\n{closing}\n"
    page = MEASUREMENTS.read_text(encoding="utf-8")
    pattern = re.compile(re.escape(opening) + r".*?" + re.escape(closing) + r"\n", re.DOTALL)
    replaced = pattern.sub(lambda _: marked, page)
    MEASUREMENTS.write_text(replaced if opening in page else f"{page.rstrip()}\n\n{marked}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure speed, memory and quality.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(NAMES)}; default: all")
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/measurements.md")
    options = parser.parse_args()
    for name in options.names or NAMES:
        try:
            text = importlib.import_module(f"benchmarks.{name}").section()
        except NoCorpora as error:
            print(f"SKIPPED {name}: {error}", file=sys.stderr)
            continue
        print(text, flush=True)
        if options.write:
            write_section(name, text)


if __name__ == "__main__":
    main()
