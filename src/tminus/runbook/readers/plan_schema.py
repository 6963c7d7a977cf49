"""The JSON Schema of the plan file, made from the table the reader follows.

`python -m tminus.runbook.readers.plan_schema docs/reference/plan-file.schema.json` writes it anew.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tminus.runbook.domain.plan import STANDARD_TYPES, Behaviour, LinkKind
from tminus.runbook.readers.plan_format import CODE_PATTERN, FORMAT, OBJECTS, Field, Kind

_DURATION = r"^[-+]?(?=.*[0-9])(P.*|[0-9][0-9.,:]*\s*[a-zA-Z].*)$"
_SIMPLE: dict[Kind, dict[str, Any]] = {
    Kind.FORMAT: {"const": FORMAT},
    Kind.CODE: {"type": "string", "pattern": f"^{CODE_PATTERN}$"},
    Kind.LINE: {"type": "string"},
    Kind.TEXT: {"type": "string"},
    Kind.EMAIL: {"type": "string", "format": "email"},
    Kind.ZONE: {"type": "string", "examples": ["UTC", "Europe/Paris"]},
    Kind.FLAG: {"type": "boolean"},
    Kind.DURATION: {
        "type": "string",
        "pattern": _DURATION.replace("[-+]?", ""),
        "examples": ["45m", "2h 30m", "1.5h", "90s", "PT45M"],
    },
    Kind.LAG: {"type": "string", "pattern": _DURATION, "examples": ["10m", "-5m"]},
    Kind.STEP_TYPE: {"type": "string", "pattern": f"^{CODE_PATTERN}$", "examples": list(STANDARD_TYPES)},
    Kind.LINK_KIND: {"enum": [kind.value for kind in LinkKind]},
    Kind.BEHAVIOUR: {"enum": [behaviour.value for behaviour in Behaviour]},
    Kind.MOMENT: {"type": "string", "examples": ["T+14h 30m", "Sun 06:00"]},
}
_WITH_LENGTH = frozenset({Kind.CODE, Kind.LINE, Kind.TEXT, Kind.EMAIL})


def schema() -> dict[str, Any]:
    """Return the schema, draft 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Tminus plan file, format {FORMAT}",
        **_object("file"),
        "$defs": {name: _object(name) for name in OBJECTS if name != "file"},
    }


def schema_text() -> str:
    """Return the schema as the file in the documentation holds it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _object(name: str) -> dict[str, Any]:
    fields = OBJECTS[name]
    # Only a code is always needed: a file may speak of a known step without saying its name again.
    partly = any(field.key == "code" for field in fields)
    needed = [field.key for field in fields if field.needed and (field.key == "code" or not partly)]
    return {
        "type": "object",
        "properties": {field.key: _property(field) for field in fields},
        "required": needed,
        "additionalProperties": False,
    }


def _property(field: Field) -> dict[str, Any]:
    shape = _shape(field)
    described = {"description": field.meaning, **shape}
    if field.needed:
        return described
    if isinstance(shape.get("type"), str):
        return described | {"type": [shape["type"], "null"]}
    return {"description": field.meaning, "anyOf": [shape, {"type": "null"}]}


def _shape(field: Field) -> dict[str, Any]:
    if field.kind is Kind.OBJECT:
        return {"$ref": f"#/$defs/{field.of}"}
    if field.kind is Kind.LIST:
        return {"type": "array", "items": {"$ref": f"#/$defs/{field.of}"}}
    if field.kind is Kind.LINKS:
        return {"type": "array", "items": {"anyOf": [_SIMPLE[Kind.CODE], {"$ref": f"#/$defs/{field.of}"}]}}
    if field.kind in (Kind.CODES, Kind.WORDS):
        one = _SIMPLE[Kind.CODE if field.kind is Kind.CODES else Kind.LINE]
        return {"type": "array", "items": {**one, "maxLength": field.longest}}
    length = {"maxLength": field.longest} if field.kind in _WITH_LENGTH else {}
    filled = {"minLength": 1} if field.needed and field.kind is Kind.LINE else {}
    return _SIMPLE[field.kind] | filled | length


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8")
