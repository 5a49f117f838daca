"""JSON Schema files that let an editor complete and check knowledge files while they are written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.authoring.material import Material
from bot.core.schema.fields import (
    ANSWER,
    CONCEPT,
    COUNTRY,
    ID,
    LIMIT,
    MANNERS,
    MEASURES,
    RED_FLAG,
    SOURCE,
    Field,
    Table,
)
from bot.errors import Problem

_TEXT: Mapping[str, Any] = MappingProxyType({"type": "string", "minLength": 1})
_CONDITION: Mapping[str, Any] = MappingProxyType({"$ref": "#/$defs/condition"})


def write_schemas(root: Path) -> tuple[Path, ...]:
    """Write the schema files into a knowledge folder, and return their paths."""
    folder = root / "schema"
    folder.mkdir(exist_ok=True)
    paths = []
    for name, text in schema_texts().items():
        path = folder / f"{name}.json"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return tuple(paths)


def check_schemas(material: Material) -> Iterator[Problem]:
    """The schema files for editors are those that the field tables give."""
    for name, text in schema_texts().items():
        path = material.root / "schema" / f"{name}.json"
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            what = "not what the field tables give"
            yield Problem(f"schema/{name}.json", 1, what, "run python -m bot check --write-schemas")


def schema_texts() -> Mapping[str, str]:
    """Return the text of every schema file by its name."""
    schemas = {
        "answer": _map(ANSWER),
        "red-flag": _map(RED_FLAG) | {"$defs": {"condition": _condition()}},
        "lexicon": _keyed(_map(CONCEPT)) | {"propertyNames": {"pattern": _whole(ID)}},
        "country": _map(COUNTRY),
        "sources": _keyed(_map(SOURCE)),
    }
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {
        name: json.dumps(head | {"title": f"Plainly: {name}"} | schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas.items()
    }


def _map(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object", "properties": {field.name: _field(field) for field in table}}
    schema["required"] = [field.name for field in table if field.required]
    return schema | {"additionalProperties": False}


def _keyed(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": schema}


def _field(field: Field) -> dict[str, Any]:
    about: dict[str, Any] = {"description": field.about}
    if field.kind == "condition":
        return about | dict(_CONDITION)
    if field.kind == "map":
        return about | _map(field.parts)
    if field.kind == "maps":
        return about | {"type": "array", "items": _map(field.parts)}
    if field.kind == "texts":
        items = {"type": "string", "enum": list(field.choices)} if field.choices else dict(_TEXT)
        return about | {"type": "array", "items": items} | ({"minItems": field.least} if field.least else {})
    return about | _text(field)


def _text(field: Field) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if field.choices:
        return schema | {"enum": list(field.choices)}
    if field.kind == "date":
        return schema | {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    if field.pattern:
        return schema | {"pattern": _whole(field.pattern)}
    schema |= {"minLength": 1} if field.required else {}
    return schema | ({"maxLength": field.most} if field.most else {})


def _whole(pattern: str) -> str:
    return f"^({pattern})$"


def _condition() -> dict[str, Any]:
    limit = {"type": "string", "pattern": _whole(LIMIT)}
    manners = {"type": "array", "items": {"enum": list(MANNERS)}, "minItems": 1}
    several = {"type": "array", "items": dict(_CONDITION), "minItems": 1}
    fact = {"fact": dict(_TEXT), "lasting": limit, "ago": limit, "as": manners}
    measure = {"measure": {"enum": list(MEASURES)}, "is": limit}
    forms = [_form({name: several}, name) for name in ("all", "any", "together")]
    forms += [_form({"not": dict(_CONDITION)}, "not"), _form(fact, "fact"), _form(measure, "measure", "is")]
    return {"anyOf": [dict(_TEXT), *forms]}


def _form(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}
