"""Reading knowledge/: every kind of broken file is one problem with its file and line, and nothing else happens."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot import loader
from bot.core.document import Document, Node
from bot.core.schema import build
from bot.errors import KnowledgeError
from bot.loader import MAX_BYTES, MAX_DEPTH, MAX_NODES, load, read_folder, read_text, read_words

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
BROKEN = {
    "brackets": ("a: b\nc: " + "[" * 30_000, 2, f"nested more than {MAX_DEPTH} levels deep"),
    "maps": ("{a: " * 40, 1, f"nested more than {MAX_DEPTH} levels deep"),
    "anchor": (BOMB, 1, "an anchor (&a) is not allowed"),
    "alias": (BOMB, 3, "an alias (*b) is not allowed"),
    "anchored list": ("x: y\nz: &list\n  - a\n", 2, "an anchor (&list) is not allowed"),
    "tag": ("a: b\nc: !!python/object/apply:os.system [ls]\n", 2, "a tag ("),
    "tagged text": ("a: !!int 3\n", 1, "a tag (tag:yaml.org,2002:int) is not allowed"),
    "merge": ("a: b\n<<: {c: d}\n", 2, "a merge key (<<) is not allowed"),
    "twice": ("a: b\nc: d\na: e\n", 3, "the key 'a' stands here twice"),
    "twice inside": ("a:\n  - {b: c, b: d}\n", 2, "the key 'b' stands here twice"),
    "documents": ("a: b\n---\nc: d\n", 2, "a second document (---) in one file"),
    "list as key": ("a: b\n? [c]\n: d\n", 2, "a list or a map cannot be a key"),
    "empty": ("", 1, "the file is empty"),
    "comment only": ("# nothing\n", 1, "the file is empty"),
    "tab": ("a: b\n\tc: d\n", 2, "not readable as YAML"),
    "colon": ("a: b\nc: d: e\n", 2, "not readable as YAML: mapping values"),
    "open quote": ('a: b\nc: "d\n', 3, "not readable as YAML"),
    "control": ("a: b\nc: \x07\n", 2, "not readable as YAML"),
    "many": ("- a\n" * (MAX_NODES + 9), MAX_NODES, f"more than {MAX_NODES:,} values"),
    "many lists": ("[" + "[]," * MAX_NODES + "]", 1, f"more than {MAX_NODES:,} values"),
}


def texts(node: Node) -> object:
    """A node as plain lists, maps and texts."""
    if isinstance(node.value, str):
        return node.value
    if isinstance(node.value, tuple):
        return [texts(child) for child in node.value]
    return {key: texts(child) for key, child in node.value.items()}


def read(text: str) -> Node:
    """The top node of a text that can be read."""
    document, problems = read_text("a.yaml", text.encode())
    assert document is not None, problems
    return document.root


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file(name: str) -> None:
    """A broken file gives no document, and a problem that names the line and says how to mend it."""
    text, line, what = BROKEN[name]
    document, problems = read_text("answers/a.yaml", text.encode())
    assert document is None
    found = [problem for problem in problems if problem.line == line and problem.what.startswith(what)]
    assert found, problems
    assert found[0].path == "answers/a.yaml"
    assert found[0].mend


@pytest.mark.parametrize("name", BROKEN)
def test_without_libyaml(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Where PyYAML was built without libyaml, the same files are refused."""
    monkeypatch.setattr(loader, "_PARSER", yaml.SafeLoader)
    document, problems = read_text("a.yaml", BROKEN[name][0].encode())
    assert document is None
    assert problems


def test_not_utf8() -> None:
    """Bytes that are not UTF-8 are a problem on their line."""
    document, problems = read_text("a.yaml", b"a: b\nc: \xff\n")
    assert document is None
    assert str(problems[0]) == "a.yaml:2: not UTF-8 text: save the file as UTF-8"


def test_too_large(tmp_path: Path) -> None:
    """A file over the limit is refused before it is parsed, and one at the limit is read."""
    (tmp_path / "at.yaml").write_bytes(b"a: " + b"x" * (MAX_BYTES - 3))
    (tmp_path / "over.yaml").write_bytes(b"a: " + b"x" * MAX_BYTES)
    documents, problems = read_folder(tmp_path)
    assert [document.path for document in documents] == ["at.yaml"]
    assert [(problem.path, problem.what) for problem in problems] == [("over.yaml", f"larger than {MAX_BYTES:,} bytes")]


def test_every_problem_of_a_file() -> None:
    """Reading goes on after a problem that leaves the rest readable, so that all are mended at once."""
    _, problems = read_text("a.yaml", b"a: &x b\na: *x\n<<: c\nd: !e f\n")
    assert [(problem.line, problem.what.split(" (")[0]) for problem in problems] == [
        (1, "an anchor"),
        (2, "the key 'a' stands here twice"),
        (2, "an alias"),
        (3, "a merge key"),
        (4, "a tag"),
    ]


def test_everything_is_text() -> None:
    """What YAML takes for numbers, dates, truth or nothing stays the text that was written."""
    tree = texts(read("a: no\nb: 1_000\nc: 2026-01-01\nd: ~\ne: 0o7\nf:\ng: [1.0, .inf]\nh: {}\ni: []\n"))
    assert tree == {
        **{"a": "no", "b": "1_000", "c": "2026-01-01", "d": "~", "e": "0o7", "f": ""},
        **{"g": ["1.0", ".inf"], "h": {}, "i": []},
    }


def test_lines() -> None:
    """A value in a map stands on the line of its key, and a value in a list on its own."""
    root = read("a: b\nc:\n  - d\n\n  - >-\n    e\n    f\n")
    assert isinstance(root.value, dict)
    assert root.value["a"].line == 1
    assert root.value["c"].line == 2
    assert [node.line for node in root.value["c"].value] == [3, 5]
    assert [node.value for node in root.value["c"].value] == ["d", "e f"]


def test_depth_at_the_limit() -> None:
    """A file may be as deep as the limit, and no deeper."""
    assert read_text("a.yaml", ("[" * MAX_DEPTH + "]" * MAX_DEPTH).encode())[0] is not None
    assert read_text("a.yaml", ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).encode())[0] is None


def test_which_files(tmp_path: Path) -> None:
    """Schemas, retired entries, hidden files and the words are not read; a wrong ending is a problem."""
    for name in ("answers/b.yaml", "answers/a.yaml", "schema/a.json", "retired/a.yaml", "answers/.a.yaml.swp"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("id: a\n")
    for name in ("README.md", "real-words.txt", "sources.yaml", "answers/c.yml"):
        (tmp_path / name).write_text("a: b\n")
    documents, problems = read_folder(tmp_path)
    assert [document.path for document in documents] == ["answers/a.yaml", "answers/b.yaml", "sources.yaml"]
    assert [str(problem).split(":")[0] for problem in problems] == ["answers/c.yml"]


def test_all_files_at_once(tmp_path: Path) -> None:
    """Problems of several files, of form and of sense, come in one error, sorted by place."""
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers/a.yaml").write_text("id: a\nid: b\n")
    (tmp_path / "answers/b.yaml").write_text("id: b\ngruop: x\n")
    (tmp_path / "sources.yaml").write_text("[" * 30_000)
    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path)
    places = [f"{problem.path}:{problem.line}" for problem in caught.value.problems]
    assert places == sorted(places)
    assert {"answers/a.yaml:2", "answers/b.yaml:2", "sources.yaml:1"} <= set(places)
    assert "answers/b.yaml:2: unknown key 'gruop'" in str(caught.value)


def test_what_can_be_used(tmp_path: Path) -> None:
    """One broken file does not hide the good ones from the tools of authors."""
    (tmp_path / "wording").mkdir()
    (tmp_path / "wording/en.yaml").write_text("hello: Hi\n")
    (tmp_path / "reviews.yaml").write_text("")
    documents, problems = read_folder(tmp_path)
    assert build(documents)[0].wording["en"] == {"hello": "Hi"}
    assert [problem.path for problem in problems] == ["reviews.yaml"]


def test_no_folder(tmp_path: Path) -> None:
    """A knowledge folder that is not there is a problem, not an empty knowledge base."""
    with pytest.raises(KnowledgeError, match="there is no such folder"):
        load(tmp_path / "nowhere")


def test_words(tmp_path: Path) -> None:
    """The ordinary words are read one a line below the comment; without the file there are none."""
    assert read_words(tmp_path) == frozenset()
    (tmp_path / "real-words.txt").write_text("# where they are from\nhut\npaint\n")
    assert read_words(tmp_path) == {"hut", "paint"}


YAML_LIKE = st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"#%@`?,<~. \n\t\0\x85\ufeff\u2028é🩸"), max_size=60)


@given(YAML_LIKE | st.text(max_size=60))
def test_no_text_crashes_the_loader(text: str) -> None:
    """Any text gives either a document without problems, or problems on lines of the file."""
    data = text.encode("utf-8", "surrogatepass")
    document, problems = read_text("a.yaml", data)
    assert (document is None) == bool(problems)
    assert all(1 <= problem.line <= len((text + "x").splitlines()) + text.count("\0") + 1 for problem in problems)


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_loader(data: bytes) -> None:
    """Any bytes give either a document or problems."""
    document, problems = read_text("a.yaml", data)
    assert isinstance(document, Document) != bool(problems)
