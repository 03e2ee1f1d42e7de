"""The command line: what people and programs get from it."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer import main
from kb.asking import Gone, KnowledgeBase
from kb.settings import Settings

ARTICLE = """\
# Visits

## How long is a first visit?

A first visit takes one hour. Bring a list of your medicines.

## Can I eat before an infusion?

Do not eat for four hours before an infusion. Water is fine.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "visits.md").write_text(ARTICLE)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_an_article_goes_in_and_its_answer_comes_out(folder: Path) -> None:
    assert run("split", "articles/visits.md", "--write").exit_code == 0
    assert run("publish", "visits.md", "--by", "A. Editor").exit_code == 0
    reply = json.loads(run("search", "how long is the first visit", "--json").stdout)
    assert reply["outcome"] == "answer"
    assert reply["safety"] == "none"
    assert reply["hits"][0]["question"] == "How long is a first visit?"
    assert reply["hits"][0]["answer"] == "A first visit takes one hour. Bring a list of your medicines."


def test_split_prints_an_entry_a_line_for_programs(folder: Path) -> None:
    result = run("split", "articles/visits.md", "--jsonl")
    entries = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(entry["article"], entry["question"]) for entry in entries] == [
        ("visits.md", "How long is a first visit?"),
        ("visits.md", "Can I eat before an infusion?"),
    ]
    assert {"qtype", "answer", "start", "end"} <= entries[0].keys()
    assert not (folder / "articles" / "visits.qa.toml").exists()


def test_split_names_each_question_whose_answer_no_reader_sees(folder: Path) -> None:
    marked_up = [
        {"@type": "Question", "name": name, "acceptedAnswer": {"text": answer}}
        for name, answer in {"Can I park?": "Yes, behind us.", "Do I pay?": "No. It is free."}.items()
    ]
    (folder / "articles" / "visits.html").write_text(
        f'<script type="application/ld+json">{json.dumps(marked_up)}</script>'
        "<h1>Visits</h1><h2>Can I park?</h2><p>Yes, behind <b>us</b>.</p>"
    )
    shown = run("split", "articles/visits.html", "--explain")
    assert shown.stderr.splitlines() == [
        "left out: its answer stands only in the page's data for machines, not in the article: Do I pay?"
    ]


def test_publishing_one_id_publishes_only_that_one(folder: Path) -> None:
    run("split", "articles/visits.md", "--write")
    text = (folder / "articles" / "visits.qa.toml").read_text()
    entry_id = text.split('id = "')[1][:6]
    assert run("publish", "visits.md", entry_id).exit_code == 0
    text = (folder / "articles" / "visits.qa.toml").read_text()
    assert (text.count('status = "published"'), text.count('status = "draft"')) == (1, 1)


def test_publishing_an_unknown_id_names_it_and_changes_nothing(folder: Path) -> None:
    run("split", "articles/visits.md", "--write")
    before = (folder / "articles" / "visits.qa.toml").read_text()
    result = run("publish", "visits.md", "999999")
    assert result.exit_code == 2
    assert "999999" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert (folder / "articles" / "visits.qa.toml").read_text() == before


def test_an_id_of_another_article_is_not_published(folder: Path) -> None:
    (folder / "articles" / "parking.md").write_text(
        "# Parking\n\n## Where can I park?\n\nBehind the house.\n"
    )
    run("split", "articles/visits.md", "articles/parking.md", "--write")
    entries = folder / "articles" / "visits.qa.toml"
    own, other = (
        path.read_text().split('id = "')[1][:6] for path in (entries, entries.with_name("parking.qa.toml"))
    )
    assert run("publish", "parking.md").exit_code == 0
    entries.write_text(entries.read_text().replace(own, other))
    result = run("publish", "visits.md")
    assert result.exit_code == 2
    assert result.stderr.startswith(f'articles/visits.qa.toml: id "{other}" stands in parking.md as well')
    assert len(result.stderr.splitlines()) == 1
    assert 'status = "published"' not in entries.read_text()
    assert json.loads(run("search", "where can I park", "--json").stdout)["outcome"] == "answer"


def test_a_published_answer_must_be_the_articles_words(folder: Path) -> None:
    run("split", "articles/visits.md", "--write")
    path = folder / "articles" / "visits.qa.toml"
    path.write_text(path.read_text().replace("takes one hour", "takes two hours"))
    result = run("publish", "visits.md")
    assert result.exit_code == 2
    assert "not the article's words" in result.stderr


def test_a_renamed_article_gets_no_second_entries(folder: Path) -> None:
    run("split", "articles/visits.md", "--write")
    (folder / "articles" / "visits.md").rename(folder / "articles" / "first.md")
    problem = "articles/visits.qa.toml: holds entries of first.md, which was renamed: rename it to first.qa.toml, or delete it\n"
    for command in (("split", "articles/first.md", "--write"), ("publish", "first.md")):
        result = run(*command)
        assert (result.exit_code, result.stderr) == (2, problem)
    assert not (folder / "articles" / "first.qa.toml").exists()
    assert run("check").exit_code == 1
    (folder / "articles" / "visits.qa.toml").rename(folder / "articles" / "first.qa.toml")
    assert run("publish", "first.md").exit_code == 0


def test_what_is_withheld_is_mended_by_the_commands_that_are_named(folder: Path) -> None:
    run("split", "articles/visits.md", "--write")
    run("publish", "visits.md")
    article = folder / "articles" / "visits.md"
    article.write_text(ARTICLE.replace("one hour", "two hours"))
    named = run("build").stderr.splitlines()[0].split('"')
    commands = [command.split()[1:] for command in named if command.startswith("indexer.py")]
    assert [command[0] for command in commands] == ["split", "publish"]
    result = run("publish", "visits.md")
    assert result.exit_code == 2
    assert "nothing to publish, and 1 entries are withheld" in result.stderr
    assert [run(*command).exit_code for command in commands] == [0, 0]
    assert run("build").exit_code == 0


@pytest.mark.parametrize(
    "command", [("publish", "faq.csv"), ("diff", "faq.csv"), ("split", "articles/faq.csv")]
)
def test_rows_are_told_to_be_served_already(folder: Path, command: tuple[str, ...]) -> None:
    (folder / "articles" / "faq.csv").write_text("id,question,answer\nf1,Why?,Because.\n")
    result = run(*command)
    assert result.exit_code == 2
    assert result.stderr.startswith("articles/faq.csv: holds ready questions and answers")


def test_a_withdrawn_answer_is_gone_at_once_and_after_a_build(folder: Path) -> None:
    (folder / "articles" / "faq.csv").write_text("id,question,answer\nf1,Where is it?,Behind the house.\n")
    run("split", "articles/visits.md", "--write")
    run("publish", "visits.md")
    entries = folder / "articles" / "visits.qa.toml"
    visit, fasting = re.findall('^id = "(.*)"', entries.read_text(), re.MULTILINE)
    # What cannot be read must not keep an answer public.
    (folder / "articles" / "visits.md").rename(folder / "visits.md")
    (folder / "articles" / "visits.md").write_bytes(b"")
    assert (
        run("withdraw", visit, "--replaced-by", fasting).stderr
        == f"Withdrawn: {visit}, replaced by {fasting}.\n"
    )
    assert run("withdraw", "f1").stderr == "Withdrawn: f1.\n"
    (folder / "visits.md").replace(folder / "articles" / "visits.md")
    knowledge_base = KnowledgeBase(Settings(), folder / "var" / "index")
    for _ in range(2):
        assert knowledge_base.gone(visit) == Gone(visit, fasting)
        assert knowledge_base.gone("f1") == Gone("f1", "")
        assert knowledge_base.entry(visit) is knowledge_base.entry("f1") is None
        assert knowledge_base.entry(fasting) is not None
        assert run("build").exit_code == 0
    assert f"withdrawn_on = {date.today()}" in entries.read_text()


def test_an_answer_can_be_withdrawn_before_anything_is_built(folder: Path) -> None:
    (folder / "articles" / "faq.csv").write_text("id,question,answer\nf1,Why?,Because.\n")
    assert run("withdraw", "f1").exit_code == 0
    assert json.loads(run("build", "--json").stdout)["entries"] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("999999",), 'articles: no entry has the id "999999": look it up on its page\n'),
        (
            ("f1", "--replaced-by", "f1"),
            "--replaced-by: entry f1 is not published: name a published entry, or none\n",
        ),
        (
            ("f1", "--replaced-by", "f2"),
            "--replaced-by: entry f2 is not published: name a published entry, or none\n",
        ),
        (("d1",), "articles/visits.qa.toml: entry d1 is not public (draft): nothing need be withdrawn\n"),
    ],
)
def test_what_cannot_be_withdrawn_is_said_and_nothing_is_saved(
    folder: Path, arguments: tuple[str, ...], message: str
) -> None:
    (folder / "articles" / "faq.csv").write_text("id,question,answer\nf1,Why?,Because.\nf2,When?,Now.\n")
    (folder / "articles" / "faq.qa.toml").write_text('[[entry]]\nid = "f2"\nstatus = "withdrawn"\n')
    (folder / "articles" / "visits.qa.toml").write_text(
        '[[entry]]\nid = "d1"\nquestion = "Why?"\nanswer = "So."\n'
    )
    before = {path: path.read_bytes() for path in (folder / "articles").iterdir()}
    result = run("withdraw", *arguments)
    assert (result.exit_code, result.stderr) == (2, message)
    assert {path: path.read_bytes() for path in (folder / "articles").iterdir()} == before


@pytest.mark.parametrize("command", [("split", "articles/visits.txt", "--write"), ("publish", "visits.txt")])
def test_entries_of_another_article_of_that_name_are_left_alone(
    folder: Path, command: tuple[str, ...]
) -> None:
    run("publish", "visits.md")
    before = (folder / "articles" / "visits.qa.toml").read_text()
    (folder / "articles" / "visits.txt").write_text("Visits\n\nA visit takes two hours.\n")
    result = run(*command)
    assert result.exit_code == 2
    assert result.stderr.startswith("articles/visits.txt: has the same name as visits.md")
    assert (folder / "articles" / "visits.qa.toml").read_text() == before


@pytest.mark.parametrize("command", ["diff", "publish"])
def test_a_path_is_named_as_it_was_given(folder: Path, command: str) -> None:
    assert run(command, "/elsewhere/visits.md").stderr.startswith("/elsewhere/visits.md: ")
    assert run(command, "articles/visits.md").exit_code == 0


def test_after_rows_come_a_check_and_a_build(folder: Path) -> None:
    (folder / "faq.csv").write_text("id,question,answer\na,Where can I park?,Behind the house.\n")
    result = run("import", "faq.csv", "--source", "The help desk")
    assert result.stderr == "Kept as articles/faq.csv. Next: indexer.py check, then indexer.py build\n"
    assert run("check").exit_code == 0


BLOCKED = """\
# Mood lamps

## How well does a mood lamp work?

A mood lamp works for 70% of people.
"""


def test_what_blocks_is_named_and_nothing_is_published(folder: Path) -> None:
    (folder / "articles" / "lamps.md").write_text(BLOCKED)
    run("split", "articles/lamps.md", "--write")
    entries = folder / "articles" / "lamps.qa.toml"
    before = entries.read_text()
    result = run("publish", "lamps.md")
    assert result.exit_code == 1
    entry_id = before.split('id = "')[1][:6]
    assert result.stdout == (
        f'blocks articles/lamps.qa.toml:4: entry {entry_id}: "A mood lamp works for 70% of people." says '
        'how well "mood lamp" works, and no disclosure covers it: add [[disclosures]] with the term "mood lamp" to '
        "kb.toml\n"
    )
    assert result.stderr == "Nothing was published: mend what blocks, or say --anyway.\n"
    assert entries.read_text() == before
    assert not (folder / "var").exists()


def test_what_blocks_is_published_when_one_says_so(folder: Path) -> None:
    (folder / "articles" / "lamps.md").write_text(BLOCKED)
    result = run("publish", "lamps.md", "--anyway")
    assert (result.exit_code, result.stderr) == (0, "Published 1 entries of lamps.md.\n")
    assert result.stdout.startswith("blocks articles/lamps.qa.toml: entry ")


def test_build_serves_drafts_only_when_asked(folder: Path) -> None:
    assert json.loads(run("build", "--json").stdout)["entries"] == 0
    assert json.loads(run("build", "--json", "--include-drafts").stdout)["entries"] == 2


def test_commands_work_where_the_environment_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_INDEX", "elsewhere")
    assert run("build").exit_code == 0
    assert (folder / "elsewhere" / "current").exists()
    assert run("build", "--index", "here").exit_code == 0
    assert (folder / "here" / "current").exists()
    assert not (folder / "var").exists()
    monkeypatch.setenv("KB_SETTINGS", "nowhere.toml")
    assert run("build").stderr.startswith("nowhere.toml: is not there")


def test_build_names_what_it_could_not_use_and_builds_the_rest(folder: Path) -> None:
    (folder / "articles" / "faq.csv").write_text("id,question,answer\nf1,Why?,So.\n")
    (folder / "articles" / "empty.md").write_text("")
    result = run("build", "--json")
    assert result.exit_code == 2
    assert result.stderr.startswith("articles/empty.md: ")
    assert len(result.stderr.splitlines()) == 1
    assert json.loads(result.stdout)["entries"] == 1


def test_build_writes_nothing_into_the_articles_folder(folder: Path) -> None:
    (folder / "articles").chmod(0o555)
    try:
        assert run("build", "--include-drafts").exit_code == 0
    finally:
        (folder / "articles").chmod(0o755)
    assert [path.name for path in (folder / "articles").iterdir()] == ["visits.md"]


def test_batch_gives_a_reply_for_each_line(folder: Path) -> None:
    run("build", "--include-drafts")
    (folder / "queries.jsonl").write_text(
        '{"id": "a", "query": "can i eat"}\n'
        '{"id": "b", "query": "zebra"}\n'
        '{"id": "c", "query": "i want to kill myself"}\n'
    )
    lines = [json.loads(line) for line in run("search", "--batch", "queries.jsonl").stdout.splitlines()]
    assert [(line["id"], line["outcome"], line["safety"]) for line in lines] == [
        ("a", "answer", "none"),
        ("b", "nothing", "none"),
        ("c", "nothing", "crisis"),
    ]
    assert set(lines[0]["hits"][0]) == {"id", "question", "answer", "score"}


def test_a_crisis_shows_its_card_before_anything_else(folder: Path) -> None:
    run("build", "--include-drafts")
    result = run("search", "i want to kill myself")
    assert result.stdout.splitlines()[0].strip() == "You can get help right now"


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (("search", "ketamine"), "var/index"),
        (("search",), "search"),
        (("search", "--batch", "nowhere.jsonl"), "nowhere.jsonl"),
        (("build", "--articles", "nowhere"), "nowhere"),
        (("split", "nowhere.md"), "nowhere.md"),
        (("publish", "nowhere.md"), "articles/nowhere.md"),
    ],
)
def test_a_mistake_is_one_line_that_names_the_place(
    folder: Path, arguments: tuple[str, ...], place: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{place}: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", sorted(main.commands))
def test_help_shows_each_example_on_a_line_of_its_own(command: str) -> None:
    shown = run(command, "--help").stdout
    assert "\\b" not in shown
    examples = [line for line in shown.splitlines() if "indexer.py " in line]
    assert all(line.startswith("    indexer.py ") and line.count("indexer.py ") == 1 for line in examples)


def test_the_main_help_shows_the_way_of_an_article_in_steps() -> None:
    steps = [
        line.split()[0]
        for line in run("--help").stdout.splitlines()
        if line.startswith("    ") and "." in line[:8]
    ]
    assert steps[:8] == [f"{number}." for number in range(1, 9)]


@pytest.mark.parametrize("command", ["split", "publish", "build", "search"])
def test_help_teaches(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 8
