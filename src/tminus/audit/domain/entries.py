"""What verifying looks at: rows of the log as stored, heads, anchors; and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Stored:
    """One row of the log exactly as its columns hold it; nothing in it is believed."""

    stream: UUID
    seq: int
    at: datetime
    type: str
    actor_id: UUID | None
    actor: str
    iteration_id: UUID | None
    step_id: UUID | None
    detail: Any
    canonical: bytes
    prev_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """A stream's newest number and hash, as its head row holds them."""

    stream: UUID
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head that somebody kept outside the database: on paper, in a mailbox, in a file."""

    stream: UUID
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written. `code` is for programs; `seq` 0 = the stream as a whole."""

    stream: UUID
    seq: int
    code: str
    sentence: str
