"""The command line: each subcommand prints its result, and the exit code tells who must act."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot import cli
from tests.authoring.project import Project
from tests.test_app import WORLD

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the developer's machine takes part."""
    for name in ("PLAINLY_KNOWLEDGE", "PLAINLY_COUNTRY", "PLAINLY_LOG_LEVEL", "TELEGRAM_TOKEN", "TELEGRAM_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PLAINLY_CACHE", "off")


@pytest.fixture
def knowledge(tmp_path: Path) -> str:
    """The folder of a small knowledge base that can be used."""
    project = Project(tmp_path)
    project.write("knowledge/countries/world.yaml", WORLD)
    return str(project.root)


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put a text on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))


def test_ask_prints_the_reply(knowledge: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A question on the command line is answered on standard output, the country's number in it."""
    assert cli.main(["--knowledge", knowledge, "ask", "i bleed", "--country", "gb"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Call 999 now.\n")
    assert err == ""


def test_ask_reads_standard_input(
    knowledge: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a question on the command line it is read from standard input."""
    typed(monkeypatch, "i\nbleed\n")
    assert cli.main(["--knowledge", knowledge, "ask"]) == 0
    assert capsys.readouterr().out.startswith("Call your local number now.\n")


def test_ask_an_empty_question(knowledge: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty question is a question, not a request to read standard input."""
    assert cli.main(["--knowledge", knowledge, "ask", ""]) == 0
    assert capsys.readouterr().out.strip()


def test_ask_json(knowledge: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The reply comes as one JSON object when asked for."""
    assert cli.main(["--knowledge", knowledge, "ask", "i bleed", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["level"], answer["flags"]) == ("emergency", ["bleed"])


def test_ask_jsonl(knowledge: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of questions is answered line by line, and a malformed line makes the exit code 1."""
    typed(monkeypatch, '{"id": 1, "text": "i bleed"}\nnonsense\n')
    assert cli.main(["--knowledge", knowledge, "ask", "--jsonl"]) == 1
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["id"], first["level"], "error" in second) == (1, "emergency", True)


def test_explain(knowledge: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A message is explained stage by stage, with the person's own words; a command has nothing to explain."""
    assert cli.main(["--knowledge", knowledge, "explain", "im bleeding"]) == 0
    assert 'bleeding "bleeding": present' in capsys.readouterr().out
    assert cli.main(["--knowledge", knowledge, "explain", "/help"]) == 0
    assert capsys.readouterr().out == "A command has nothing to explain.\n"


def test_chat(knowledge: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A conversation is held on standard input and output."""
    typed(monkeypatch, "i bleed\n/quit\n")
    assert cli.main(["--knowledge", knowledge, "chat", "--country", "GB"]) == 0
    assert "Call 999 now." in capsys.readouterr().out


def test_check(knowledge: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A check counts what it found, prints each problem on standard error, and fails for errors only."""
    code = cli.main(["--knowledge", knowledge, "check"])
    out, err = capsys.readouterr()
    assert code == 0, err
    assert out.startswith("0 errors, ")
    (tmp_path / "knowledge/answers/mess.yaml").write_text("a: [")
    assert cli.main(["--knowledge", knowledge, "check"]) == 1
    out, err = capsys.readouterr()
    assert err.count("answers/mess.yaml:1: ") >= 1
    assert not out.startswith("0 errors")


def test_check_writes_schemas(knowledge: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The schemas for editors are written when asked for, and named."""
    for old in (tmp_path / "knowledge/schema").glob("*.json"):
        old.unlink()
    cli.main(["--knowledge", knowledge, "check", "--write-schemas"])
    written = {path.name for path in (tmp_path / "knowledge/schema").glob("*.json")}
    named = {line.split()[1] for line in capsys.readouterr().out.splitlines() if line.startswith("wrote ")}
    assert named == written
    assert "answer.json" in written


@pytest.mark.parametrize("command", [["ask", "hi"], ["explain", "hi"], ["chat"]])
def test_a_broken_knowledge_base_is_exit_1(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A knowledge base that cannot be used is told as file and line, and nothing is answered from it."""
    project = Project(tmp_path)
    project.write("knowledge/answers/mess.yaml", "a: [")
    assert cli.main(["--knowledge", str(project.root), *command]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "answers/mess.yaml:" in err


def test_a_wrong_setting_is_exit_2(
    knowledge: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A setting that cannot be used is told by its name."""
    monkeypatch.setenv("TELEGRAM_TOKEN", "a")
    monkeypatch.setenv("TELEGRAM_TOKEN_FILE", "b")
    assert cli.main(["--knowledge", knowledge, "ask", "hi"]) == 2
    assert "TELEGRAM_TOKEN_FILE" in capsys.readouterr().err


LABELLED = '{"id": "p1", "text": "i bleed", "level": "emergency", "rows": ["RF01"]}\n'
CALM = '{"id": "n1", "text": "good morning", "level": "none"}\n'


def measured(knowledge: str, path: Path, text: str, *more: str) -> int:
    """The exit code of measuring a file with this text."""
    path.write_text(text, encoding="utf-8")
    return cli.main(["--knowledge", knowledge, "measure", str(path), *more])


def test_measure(knowledge: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The tables of a run over all files are printed, and a message that was judged wrong is no failure."""
    (tmp_path / "more.jsonl").write_text(CALM.replace("good morning", "i bleed"), encoding="utf-8")
    code = measured(knowledge, tmp_path / "a.jsonl", LABELLED + CALM, str(tmp_path / "more.jsonl"))
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    assert [line.split() for line in out.splitlines() if "emergency caught" in line or "over-triaged" in line] == [
        ["emergency", "caught", "1", "1", "100.0"],
        ["not", "over-triaged", "1", "2", "50.0"],
    ]


def test_measure_names_misses_by_id(knowledge: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A message that was judged wrong is named by its id when asked for, and its text is never printed."""
    wrong = CALM.replace("good morning", "i bleed") + LABELLED.replace("i bleed", "hello")
    assert measured(knowledge, tmp_path / "a.jsonl", wrong, "--misses") == 0
    out, err = capsys.readouterr()
    assert "alarm: n1: emergency, due none (bleed)" in out
    assert "too low: p1: none, due emergency" in out
    assert "i bleed" not in out + err
    assert "hello" not in out + err
    assert measured(knowledge, tmp_path / "a.jsonl", wrong) == 0
    assert "n1" not in capsys.readouterr().out


def test_measure_goes_on_after_a_bad_line(knowledge: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line that cannot be read is named by file and line, the others are measured, and the exit code is 1."""
    path = tmp_path / "a.jsonl"
    assert measured(knowledge, path, "nonsense\n" + LABELLED) == 1
    out, err = capsys.readouterr()
    assert err.startswith(f"{path}:1: not valid JSON")
    assert ["not", "too", "low", "1", "1", "100.0"] in [line.split() for line in out.splitlines()]


def test_measure_writes_a_page(knowledge: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page named after the files is written beside what is printed."""
    page = tmp_path / "page.html"
    assert measured(knowledge, tmp_path / "a.jsonl", LABELLED, "--html", str(page)) == 0
    assert "emergency caught" in capsys.readouterr().out
    assert "<title>a.jsonl</title>" in page.read_text(encoding="utf-8")


def test_measure_compares_verdicts(knowledge: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Verdicts that are accepted are the same in the next run; one that changed is told, and the exit code is 1."""
    path, file = tmp_path / "a.jsonl", tmp_path / "verdicts.txt"
    assert measured(knowledge, path, LABELLED + CALM, "--verdicts", str(file), "--accept") == 0
    accepted = file.read_text(encoding="utf-8")
    assert accepted == "p1 emergency bleed\nn1 none\n"
    capsys.readouterr()
    assert measured(knowledge, path, LABELLED + CALM, "--verdicts", str(file)) == 0
    assert capsys.readouterr().out.endswith("\n0 of 2 verdicts have changed\n")
    assert measured(knowledge, path, LABELLED.replace("i bleed", "hi") + CALM, "--verdicts", str(file)) == 1
    assert capsys.readouterr().out.endswith("\nlowered: p1: emergency bleed -> none\n1 of 2 verdicts have changed\n")
    assert file.read_text(encoding="utf-8") == accepted


@pytest.mark.parametrize("more", [("missing.jsonl",), ("a.jsonl", "--verdicts", "missing.txt")])
def test_measure_without_its_file_is_exit_2(
    more: tuple[str, ...],
    knowledge: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A file of messages or verdicts that is not there is told by its name."""
    monkeypatch.chdir(tmp_path)
    assert measured(knowledge, tmp_path / "a.jsonl", CALM, *more) == 2
    assert "missing." in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["unheard-of"], ["explain"], ["ask", "a", "b"], ["measure"]])
def test_a_wrong_command_line_is_exit_2(arguments: list[str]) -> None:
    """A command line that cannot be read ends with exit code 2."""
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    assert left.value.code == 2


def test_asking_loads_no_channel(knowledge: str) -> None:
    """A question from the command line loads neither the Telegram library nor another server."""
    code = (
        "import sys; from bot.cli import main; main(sys.argv[1:]);"
        "print([name for name in ('telegram', 'starlette', 'pydantic', 'asyncio') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--knowledge", knowledge, "ask", "i bleed"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
