"""What the documents promise is there: commands, the changelog, and figures that can be had again."""

from __future__ import annotations

import argparse
import importlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
MAKE = re.compile(r"(?:^[ \t]*|`|\$ |&& |; )make (?:[A-Z]+=\S+ )*([a-z][a-z -]*)", re.MULTILINE)
BOT = re.compile(r"(?:python3? -m bot|\bplainly) ([a-z][a-z-]*)")
FIGURE = re.compile(
    r"\d\s?%|\d\s?(?:ms|s|µs|MB|MiB|KB|KiB)\b|\b\d[\d,.]*\s(?:of|out of)\s(?:the\s)?\d|"
    r"\b\d[\d,]*\s(?:milli)?(?:seconds?|tests|cases|messages|answers|red flags|phrases|phrasings|concepts)\b|"
    r"\b\d[\d,]*\slines of code\b"
)
NEAR = 8
"""How many lines may lie between a figure and the command that gives it."""


def read(name: str) -> str:
    """The text of a document at the top of the project."""
    path = ROOT / name
    assert path.is_file(), f"{name} is missing: write it"
    return path.read_text(encoding="utf-8")


def code_of(text: str) -> str:
    """Everything in a document that is marked as code."""
    return "\n".join(match.group() for match in CODE.finditer(text))


def targets() -> set[str]:
    """The targets of the Makefile."""
    return set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))


def subcommands() -> set[str]:
    """The subcommands that the command line knows."""
    actions = importlib.import_module("bot.cli").build_parser()._actions
    return {name for action in actions if isinstance(action, argparse._SubParsersAction) for name in action.choices}


def far_figures(text: str) -> list[tuple[int, str]]:
    """Measured figures of a document that have no command near them."""
    lines = text.splitlines()
    told = [n for n, line in enumerate(lines) if MAKE.search(line) or BOT.search(line) or "python -m " in line]
    return [
        (number + 1, line.strip())
        for number, line in enumerate(lines)
        if FIGURE.search(line) and not any(abs(number - n) <= NEAR for n in told)
    ]


def test_make_targets_exist() -> None:
    """Every `make` command of the README and of CONTRIBUTING is a target of the Makefile."""
    for name in ("README.md", "CONTRIBUTING.md"):
        named = {word for words in MAKE.findall(code_of(read(name))) for word in words.split()}
        unknown = named - targets()
        assert not unknown, f"{name}: mend the command or add the target to the Makefile: {sorted(unknown)}"


def test_subcommands_exist() -> None:
    """Every `python -m bot` command of the README and of CONTRIBUTING is a subcommand."""
    for name in ("README.md", "CONTRIBUTING.md"):
        unknown = set(BOT.findall(code_of(read(name)))) - subcommands()
        assert not unknown, f"{name}: mend the command or add it to bot/cli.py: {sorted(unknown)}"


def test_readme_shows_how_to_start() -> None:
    """The README names the commands that a newcomer needs first."""
    named = {word for words in MAKE.findall(code_of(read("README.md"))) for word in words.split()}
    assert {"chat", "test"} <= named, "README.md: show `make chat` and `make test`"


def test_every_target_is_explained() -> None:
    """`make help` has a line for each target that people type."""
    bare = re.findall(r"^([a-z-]+):(?!.*## ).*$", read("Makefile"), re.MULTILINE)
    assert not bare, f"Makefile: write what each does after ##: {bare}"


def test_changelog_has_unreleased() -> None:
    """The changelog has a place for what is not released yet, and it is the first."""
    heads = re.findall(r"^## (.*)$", read("CHANGELOG.md"), re.MULTILINE)
    assert heads[:1] == ["[Unreleased]"], "CHANGELOG.md: start with a section `## [Unreleased]`"


def test_readme_figures_stand_near_a_command() -> None:
    """Whoever reads a measured figure in the README sees beside it the command that gives it."""
    far = far_figures(read("README.md"))
    assert not far, f"README.md: name the command that gives each figure within {NEAR} lines of it: {far}"


def test_a_lone_figure_is_seen() -> None:
    """The check of figures tells a measured figure from a plain number, and a near command from a far one."""
    lone = "It answers in 12 ms."
    assert far_figures(lone)
    assert not far_figures(f"{lone}\n\n`python -m bot ask` prints it.")
    assert far_figures(lone + "\n" * (NEAR + 2) + "`make bench`")
    assert not far_figures("It needs Python 3.11. In an emergency call 999.")
