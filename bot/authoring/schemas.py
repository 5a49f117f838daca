"""JSON Schema files that let an editor complete and check knowledge files while they are written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.authoring.material import Material
from bot.core.schema import fields
from bot.core.schema.fields import Field, Table
from bot.errors import Problem

_CONDITION = {"$ref": "#/$defs/condition"}
_LIMIT = f"^({fields.LIMIT})$"
_PATTERNS = {"date": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "time": _LIMIT, "limit": _LIMIT}


def write_schemas(root: Path) -> tuple[Path, ...]:
    """Write the schema files into a knowledge folder, and return their paths."""
    (root / "schema").mkdir(exist_ok=True)
    texts = {root / "schema" / f"{name}.json": text for name, text in schema_texts().items()}
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return tuple(texts)


def check_schemas(material: Material) -> Iterator[Problem]:
    """The schema files for editors are those that the field tables give."""
    for name, text in schema_texts().items():
        path = material.root / "schema" / f"{name}.json"
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            mend = "run python -m bot check --write-schemas"
            yield Problem(f"schema/{name}.json", 1, "not what the field tables give", mend)


def schema_texts() -> dict[str, str]:
    """Return the text of every schema file by its name."""
    conditions = [{"type": "string", "minLength": 1}, *map(_map, fields.CONDITIONS.values())]
    concepts = {"type": "object", "additionalProperties": _map(fields.CONCEPT)}
    schemas = {
        "answer": _map(fields.ANSWER),
        "red-flag": _map(fields.RED_FLAG) | {"$defs": {"condition": {"anyOf": conditions}}},
        "lexicon": concepts | {"propertyNames": {"pattern": f"^({fields.ID})$"}},
        "country": _map(fields.COUNTRY),
        "sources": {"type": "object", "additionalProperties": _map(fields.SOURCE)},
    }
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {
        name: json.dumps(head | {"title": f"Plainly: {name}"} | schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas.items()
    }


def _map(table: Table) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {field.name: {"description": field.about} | _value(field) for field in table},
        "required": [field.name for field in table if field.required],
        "additionalProperties": False,
    }


def _value(field: Field) -> dict[str, Any]:
    if field.kind == "condition":
        return _CONDITION
    if field.kind == "conditions":
        return {"type": "array", "items": _CONDITION, "minItems": 1}
    if field.kind in ("map", "maps"):
        parts = _map(field.parts)
        return parts if field.kind == "map" else {"type": "array", "items": parts}
    text: dict[str, Any] = {"type": "string"}
    if field.choices:
        text["enum"] = list(field.choices)
    elif pattern := _PATTERNS.get(field.kind) or (field.pattern and f"^({field.pattern})$"):
        text["pattern"] = pattern
    elif field.required or field.kind in ("texts", "phrases"):
        text["minLength"] = 1
    if field.kind in ("texts", "phrases"):
        return {"type": "array", "items": text} | ({"minItems": field.least} if field.least else {})
    return text | ({"maxLength": field.most} if field.most else {})
