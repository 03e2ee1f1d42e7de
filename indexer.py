"""The command line of the knowledge base."""

import sys

import click

from kb.commands.build import build
from kb.commands.check import check
from kb.commands.console import show_problem
from kb.commands.diff import diff
from kb.commands.feedback import feedback
from kb.commands.import_article import import_article
from kb.commands.publish import publish
from kb.commands.safety import safety, train_safety
from kb.commands.search import search
from kb.commands.serve import serve
from kb.commands.split import split
from kb.errors import KbError


class OneLineErrors(click.Group):
    """Shows errors that a person can mend as one line, with exit code 2."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except KbError as error:
            show_problem(error)
            sys.exit(2)
        except BrokenPipeError:
            # The reader of a pipe has seen enough, as `head` does.
            sys.stderr.close()
            sys.exit(0)


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    r"""Turn a clinic's articles into answers.

    \b
    The way of an article:
      1. Put parking.md into articles/.
      2. indexer.py split articles/parking.md           look at its questions and answers
      3. indexer.py split articles/parking.md --write   save them to articles/parking.qa.toml
      4. Read and edit that file.
      5. indexer.py check                               what must be mended first
      6. indexer.py publish parking.md                  make them public
      7. indexer.py search "where can I park"           try it
      8. indexer.py feedback                            what visitors say of the answers
    """


for command in (
    import_article,
    split,
    diff,
    check,
    publish,
    build,
    serve,
    search,
    feedback,
    safety,
    train_safety,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
