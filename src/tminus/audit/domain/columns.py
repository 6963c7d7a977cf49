"""Do a row's columns still say what its canonical bytes say?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tminus.audit.domain.entries import Stored


def altered_columns(row: Stored) -> list[str]:
    """Return the names of the columns that differ from the canonical bytes; `canonical` where it is no JSON."""
    try:
        said = json.loads(row.canonical)
    except ValueError:
        return ["canonical"]
    if not isinstance(said, dict):
        return ["canonical"]
    return [column for column, (member, value) in _shown(row).items() if not _said(said, member, value)]


def _shown(row: Stored) -> dict[str, tuple[str, Any]]:
    """Each column with its member in the canonical document, and its value as that document writes it."""
    return {
        "stream": ("stream", str(row.stream)),
        "seq": ("seq", row.seq),
        "at": ("at", _moment(row.at)),
        "type": ("type", row.type),
        "actor_id": ("actorId", _key(row.actor_id)),
        "actor": ("actor", row.actor),
        "iteration_id": ("iterationId", _key(row.iteration_id)),
        "step_id": ("stepId", _key(row.step_id)),
        "detail": ("detail", row.detail),
    }


def _said(said: Mapping[str, Any], member: str, value: Any) -> bool:
    return member in said and same(said[member], value)


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _key(value: UUID | None) -> str | None:
    return str(value) if value else None


def same(one: Any, other: Any) -> bool:
    """Compare two JSON values: numbers by value, but `true` is no 1, and a missing member no null."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)
