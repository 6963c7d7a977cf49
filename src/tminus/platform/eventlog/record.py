"""From a fact to a row of the log: canonical bytes and the hash that chains it to the row before.

hash = SHA-256(hash of the previous entry ‖ canonical bytes); the first entry follows an empty hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.kernel.facts import Fact


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log, as written and as read."""

    stream: UUID
    seq: int
    at: datetime
    type: str
    actor: Actor
    iteration_id: UUID | None
    step_id: UUID | None
    detail: Mapping[str, Any]
    canonical: bytes
    prev_hash: bytes
    hash: bytes

    @property
    def sentence(self) -> str:
        """The fact in words, as it was stated."""
        return str(self.detail.get("sentence", self.type))

    @property
    def prev(self) -> int:
        """The number of the entry before it in the same iteration; 0 = it is the first. Shows a hole."""
        return int(self.detail.get("prev", 0))


def canonical_bytes(
    stream: UUID,
    seq: int,
    at: datetime,
    type_: str,
    actor: Actor,
    links: tuple[UUID | None, UUID | None],
    detail: Mapping[str, Any],
) -> bytes:
    """Return the bytes that are hashed: JSON with sorted keys, no blanks, UTF-8, UTC microseconds."""
    document = {
        "stream": str(stream),
        "seq": seq,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "type": type_,
        "actorId": str(actor.id) if actor.id else None,
        "actor": actor.name,
        "iterationId": str(links[0]) if links[0] else None,
        "stepId": str(links[1]) if links[1] else None,
        "detail": detail,
    }
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def chain_hash(prev_hash: bytes, canonical: bytes) -> bytes:
    """Return the hash of an entry."""
    return hashlib.sha256(prev_hash + canonical).digest()


def entry_of(fact: Fact, place: tuple[UUID, int, int], at: datetime, actor: Actor, prev_hash: bytes) -> Entry:
    """Make the entry that states `fact`; `place` = stream, number, number before it in its iteration."""
    stream, seq, prev = place
    detail = {"sentence": fact.sentence, **fact.detail}
    if fact.iteration_id:
        detail["prev"] = prev
    links = (fact.iteration_id, fact.step_id)
    canonical = canonical_bytes(stream, seq, at, fact.type, actor, links, detail)
    return Entry(
        stream,
        seq,
        at,
        fact.type,
        actor,
        *links,
        detail,
        canonical,
        prev_hash,
        chain_hash(prev_hash, canonical),
    )
