"""Who did it: taken from the session or the token, never from a request's body."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person (`id` set), the machine's own user (`cli:root`), or the system."""

    id: UUID | None
    name: str


SYSTEM = Actor(None, "system")
"""Tminus itself: the ticker, milestones, gates."""
