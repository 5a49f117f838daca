"""The shape of the project: sizes, the direction of imports, a pure core, and text that speaks of itself alone."""

from __future__ import annotations

import ast
import io
import os
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BOT = ROOT / "bot"

MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40
MAX_LINES = {"core": 4000, "channels": 1800, "authoring": 900, "beside": 1000}
"""Lines of each part of the bot, at most (docs/decisions/0007); `beside` is all the rest."""

LAYERS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli",),
    ("channels", "authoring", "__init__"),
    ("app",),
    ("loader", "stores", "ops", "settings", "shelf"),
    ("core/__init__",),
    ("core/turn",),
    ("core/commands",),
    ("core/reply",),
    ("core/flows", "core/cards", "core/trace"),
    ("core/clocks",),
    ("core/book",),
    ("core/tellings",),
    ("core/triage", "core/match"),
    ("core/session",),
    ("core/reading",),
    ("core/assertion",),
    ("core/concepts",),
    ("core/spelling", "core/measures", "core/patterns"),
    ("core/normalise", "core/schema"),
    ("core/wording", "core/blocks"),
    ("core/knowledge",),
    ("core/document",),
    ("errors",),
)
"""Stages from top to bottom: a stage imports only from rows below its own. A stage is a file or a folder."""

RANK = {stage: rank for rank, row in enumerate(LAYERS) for stage in row}

PURE_LIBRARIES = frozenset(
    "__future__ abc bisect collections contextlib copy dataclasses datetime decimal difflib enum fractions functools "
    "hashlib heapq itertools json math operator re statistics string textwrap types typing unicodedata zoneinfo "
    "rapidfuzz snowballstemmer Stemmer bot".split()
)
"""All that the core may import: a library that is not here might read the world."""

WORLDLY_CALLS = frozenset("open print input eval exec compile __import__ breakpoint".split())
CLOCK_READS = frozenset("now utcnow today".split())
EMPTY_NAMES = frozenset("utils util helpers helper manager managers base common misc".split())

SILENCER = re.compile(r"#\s*(?:noqa|type:\s*ignore|ruff:\s*noqa|mypy:|pragma:\s*no \w+|fmt:\s*\w+)(?:\[[^\]]*\])?")
WORD = re.compile(r"(?<![\w=-])[A-Za-z'’-]+(?![\w=-])")
FOREIGN = re.compile(r"(?<![\w.-])/(?:work|root|tmp)/|\.\./shared")
LEFT_OUT = frozenset(".git .venv .env .hypothesis .mypy_cache .pytest_cache .ruff_cache __pycache__ build dist".split())


def modules() -> list[Path]:
    """Every Python file of the bot."""
    return sorted(path for path in BOT.rglob("*.py") if "__pycache__" not in path.parts)


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file of the project, without what is installed or built."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(set(folders) - LEFT_OUT)
        for path in (Path(folder, name) for name in sorted(set(files) - LEFT_OUT)):
            try:
                yield path, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def shown(path: Path) -> str:
    """A path as people write it: relative to the project."""
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def stage_of(path: Path) -> str:
    """The stage a file belongs to: `core/match` for bot/core/match.py and for any file of bot/core/match/."""
    parts = path.relative_to(BOT).with_suffix("").parts
    return "/".join(parts[:2]) if parts[0] == "core" else parts[0]


def home_of(name: str) -> Path | None:
    """The file that an imported name stands in, or none when it is no module of the bot."""
    base = ROOT.joinpath(*name.split("."))
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def imported_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import, wherever in the file it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{'.' * node.level}{node.module or ''}.{alias.name}") for alias in node.names)


def target_of(name: str) -> Path | None:
    """The file of the bot that `import name` or `from package import name` reaches."""
    return home_of(name) or home_of(name.rpartition(".")[0])


def wrong_imports(path: Path, tree: ast.AST) -> list[str]:
    """Imports of a file that do not point to a lower row of `LAYERS`."""
    stage, wrong = stage_of(path), []
    for line, name in imported_names(tree):
        target = target_of(name) if name.split(".")[0] == "bot" else None
        if target is None or stage_of(target) == stage:
            continue
        if RANK.get(stage_of(target), -1) <= RANK.get(stage, len(LAYERS)):
            wrong.append(f"{shown(path)}:{line}: {stage} may not import {stage_of(target)}")
    return sorted(set(wrong))


def worldly(tree: ast.AST) -> list[tuple[int, str]]:
    """Lines of a file that could read or change the world, and what they use."""
    found = [(line, f"import of {n}") for line, n in imported_names(tree) if n.split(".")[0] not in PURE_LIBRARIES]
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in WORLDLY_CALLS:
            found.append((node.lineno, f"{node.id}()"))
        elif isinstance(node, ast.Attribute) and node.attr in CLOCK_READS:
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if owner in {"datetime", "date"}:
                found.append((node.lineno, f"{owner}.{node.attr}()"))
    return found


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def undocumented(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Public functions, classes and methods that have no docstring."""
    places: list[ast.Module | ast.ClassDef] = [tree]
    while places:
        for node in places.pop().body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith(
                "_"
            ):
                if ast.get_docstring(node) is None:
                    yield node.lineno, node.name
                if isinstance(node, ast.ClassDef):
                    places.append(node)


def unexplained(source: str) -> Iterator[tuple[int, str]]:
    """Comments that silence a tool without a reason of at least three words beside them."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        silenced = SILENCER.search(token.string) if token.type == tokenize.COMMENT else None
        if silenced and len(WORD.findall(token.string[silenced.end() :])) < 3:
            yield token.start[0], token.string


def test_files_are_short() -> None:
    """No file of the bot has more than 300 lines."""
    sizes = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    long = [f"{name}: {lines} lines" for name, lines in sizes.items() if lines > MAX_FILE_LINES]
    assert not long, f"split each into a folder of the same name (at most {MAX_FILE_LINES} lines a file): {long}"


def test_functions_are_short() -> None:
    """No function of the bot has more than 40 lines."""
    long = [
        f"{shown(path)}:{node.lineno}: {node.name}"
        for path in modules()
        for node in functions(parsed(path))
        if (node.end_lineno or node.lineno) - node.lineno + 1 > MAX_FUNCTION_LINES
    ]
    assert not long, f"split each into named steps of at most {MAX_FUNCTION_LINES} lines: {long}"


def test_every_part_of_the_bot_keeps_to_its_room() -> None:
    """Core, channels, tools for writers and the rest each stay under their number of lines."""
    lines = dict.fromkeys(MAX_LINES, 0)
    for path in modules():
        part = path.relative_to(BOT).parts[0]
        lines[part if part in lines else "beside"] += len(path.read_text(encoding="utf-8").splitlines())
    full = {part: count for part, count in lines.items() if count >= MAX_LINES[part]}
    assert not full, f"take something out before more goes in: {full}"


def test_every_module_has_its_place() -> None:
    """Each file of the bot belongs to a stage of the table of layers."""
    homeless = [shown(path) for path in modules() if stage_of(path) not in RANK]
    assert not homeless, f"place each of these in LAYERS of tests/test_architecture.py: {homeless}"


def test_imports_go_one_way() -> None:
    """A stage imports only from stages below its own."""
    wrong = [line for path in modules() for line in wrong_imports(path, parsed(path))]
    assert not wrong, "pass the value in as an argument, or move the code down:\n" + "\n".join(wrong)


def test_no_import_is_relative() -> None:
    """Every import names its module in full, so that the direction can be read and checked."""
    wrong = [f"{shown(p)}:{line}" for p in modules() for line, name in imported_names(parsed(p)) if name[0] == "."]
    assert not wrong, f"write the full name (from bot... import ...): {wrong}"


def test_core_is_pure() -> None:
    """Nothing in the core imports or calls what reads the world."""
    wrong = [
        f"{shown(path)}:{line}: {what}"
        for path in sorted((BOT / "core").rglob("*.py"))
        for line, what in worldly(parsed(path))
    ]
    advice = "take the value as an argument from an edge; a library that touches nothing goes into PURE_LIBRARIES"
    assert not wrong, f"{advice}:\n" + "\n".join(wrong)


def test_public_names_have_docstrings() -> None:
    """Each module, public class and public function says what it is."""
    bare = [f"{shown(p)}:1: the module" for p in modules() if ast.get_docstring(parsed(p)) is None]
    bare += [f"{shown(p)}:{line}: {name}" for p in modules() for line, name in undocumented(parsed(p))]
    assert not bare, "write one sentence for each:\n" + "\n".join(bare)


def test_names_say_something() -> None:
    """No file or folder has a name that would fit any other."""
    empty = [shown(path) for path in (*BOT.rglob("*"), *(ROOT / "tests").rglob("*.py")) if path.stem in EMPTY_NAMES]
    assert not empty, f"name each for the one thing that it does: {empty}"


def test_every_ignore_has_its_reason() -> None:
    """A comment that silences a tool says why, on the same line."""
    files = [*modules(), *sorted((ROOT / "tests").rglob("*.py"))]
    bare = [f"{shown(p)}:{line}: {text}" for p in files for line, text in unexplained(p.read_text(encoding="utf-8"))]
    assert not bare, "mend the cause, or write the reason after the code (# noqa: X123  # why):\n" + "\n".join(bare)


def test_tests_mirror_the_bot() -> None:
    """Each module has its test file at its own place; a stage of the core that is a folder may share one."""
    missing = []
    for path in modules():
        inside = path.relative_to(BOT)
        if path.stem in {"__init__", "__main__"}:
            continue
        own = ROOT / "tests" / inside.with_name(f"test_{inside.name}")
        stage = ROOT / "tests" / "core" / f"test_{inside.parent.name}.py"
        shared = len(inside.parts) == 3 and inside.parts[0] == "core" and stage.is_file()
        if not own.is_file() and not shared:
            missing.append(f"{shown(path)} -> {shown(own)}")
    assert not missing, "write a test file for each:\n" + "\n".join(missing)


def test_text_speaks_of_the_project_alone() -> None:
    """No file names a folder of the machine that it was written on."""
    found = [
        f"{shown(path)}:{number}: {line.strip()[:80]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if FOREIGN.search(line)
    ]
    assert not found, "write a path relative to the project, or ask the system for a folder:\n" + "\n".join(found)


def test_lock_files_name_no_host() -> None:
    """The locked versions can be installed from any package index, and each is held by its hash."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text, f"{name}: take the address out; the index is the choice of whoever installs"
        pinned = re.findall(r"^[\w.-]+==.*\\$", text, re.MULTILINE)
        assert pinned, f"{name}: compile it with hashes; the command stands at its top"


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "from pathlib import Path",
        "from os.path import join",
        "def f():\n    import time",
        "text = open('x')",
        "show = print",
        "import datetime\nlater = datetime.datetime.now()",
        "from datetime import date\nclock = date.today",
    ],
)
def test_purity_sees_each_way_out(source: str) -> None:
    """The check of the core catches every common way to read the world, also when it is hidden in a function."""
    assert worldly(ast.parse(source))


@pytest.mark.parametrize(
    "source", ["from datetime import datetime", "import re\nre.compile('x')", "later = session.now"]
)
def test_purity_allows_plain_values(source: str) -> None:
    """The check of the core leaves alone what only handles values."""
    assert not worldly(ast.parse(source))


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("core/knowledge.py", "from bot import errors\nfrom bot.core import document"),
        ("loader.py", "import bot.core.knowledge"),
        ("core/match/ranking.py", "from bot.core.knowledge import Answer"),
    ],
)
def test_direction_allows_the_way_down(file: str, source: str) -> None:
    """The check of imports accepts any step towards a lower row, whichever way it is written."""
    assert wrong_imports(BOT / file, ast.parse(source)) == []


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("core/document.py", "from bot.core.knowledge import Answer"),
        ("core/document.py", "from bot.core import knowledge"),
        ("errors.py", "def f():\n    import bot.core.document"),
        ("core/unheard_of.py", "from bot.core import knowledge"),
    ],
)
def test_direction_refuses_the_way_up(file: str, source: str) -> None:
    """The check of imports catches a step upwards, whichever way it is written, and any from an unplaced module."""
    assert wrong_imports(BOT / file, ast.parse(source))


@pytest.mark.parametrize(
    "silencer", ["noqa: E501, D103", "type: ignore[no-untyped-call]", "pragma: no cover", "fmt: off"]
)
def test_a_bare_ignore_is_seen(silencer: str) -> None:
    """The check of ignores tells a reason from its absence."""
    assert list(unexplained(f"x = 1  # {silencer}\n"))
    assert not list(unexplained(f"x = 1  # {silencer}  # an address cannot be broken\n"))
