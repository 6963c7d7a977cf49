"""The problem document as the OpenAPI file describes it, for every route alike."""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string"}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457; a refusal may carry further members, each described by its `code`.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "description": "urn:tminus:problem:<code>"},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what happened, and what was not lost"},
        "code": {"type": "string", "description": "for programs"},
        "hint": {"type": "string", "description": "what to do"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"description": words, "content": {"application/problem+json": {"schema": PROBLEM}}}
    for status, words in (
        ("4XX", "Refused, in words; nothing was changed."),
        ("5XX", "The server or its database failed; the sentence says what is known."),
    )
}
