"""The one shape in which every slice states what has happened, for the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Fact:
    """One past fact: `type` for programs (`step.completed`), `sentence` for people, `detail` for both.

    `detail` is JSON: `before` and `after` with the changed members under their names in the API, and
    whatever else the fact needs to be understood alone.
    """

    type: str
    sentence: str
    iteration_id: UUID | None = None
    step_id: UUID | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
