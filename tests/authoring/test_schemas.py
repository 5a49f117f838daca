"""JSON Schema files for editors."""

from __future__ import annotations

import json

from bot.authoring.schemas import schema_texts, write_schemas
from bot.core.knowledge import LEVELS
from bot.core.schema.fields import ANSWER
from tests.authoring.project import Project


def test_same_fields() -> None:
    """The schema of an answer knows the keys of the field table, and no others."""
    schema = json.loads(schema_texts()["answer"])
    assert list(schema["properties"]) == [field.name for field in ANSWER]
    assert schema["required"] == [field.name for field in ANSWER if field.required]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["title"]["maxLength"] == 60


def test_red_flag() -> None:
    """The schema of a red flag knows the levels and the forms of a condition."""
    schema = json.loads(schema_texts()["red-flag"])
    assert schema["properties"]["level"]["enum"] == list(LEVELS)
    assert schema["properties"]["when"]["$ref"] == "#/$defs/condition"
    forms = [tuple(form["properties"]) for form in schema["$defs"]["condition"]["anyOf"] if "properties" in form]
    assert forms == [("all",), ("any",), ("together",), ("not",), ("fact", "lasting", "ago", "as"), ("measure", "is")]


def test_drift(project: Project) -> None:
    """A schema file that is old or missing is found, and writing the files again mends it."""
    project.write("knowledge/schema/answer.json", "{}\n")
    (project.root / "schema" / "country.json").unlink()
    assert [line.split(":")[0] for line in project.problems()] == [
        "error schema/answer.json",
        "error schema/country.json",
    ]
    names = sorted(path.name for path in write_schemas(project.root))
    assert names == ["answer.json", "country.json", "lexicon.json", "red-flag.json", "sources.json"]
    assert project.problems() == []
