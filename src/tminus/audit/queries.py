"""Verifying and exporting the log: reads alone, in one snapshot, in bounded memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.audit import store
from tminus.audit.domain.entries import Anchor, Finding, Head, Stored
from tminus.audit.domain.verify import StreamCheck
from tminus.platform.database import Database

NAMED_FINDINGS = 1_000
"""So many findings are named in all; the rest is counted."""
TRIGGERS = 2
"""Triggers that refuse every change of the log, always on: one for rows, one for statements."""


@dataclass(slots=True)
class Verdict:
    """What verifying led to. `notes` say what weakens the proof without being a change of the log."""

    streams: int = 0
    entries: int = 0
    anchors: int = 0
    findings: list[Finding] = field(default_factory=list)
    finding_count: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def evaluated(self) -> bool:
        """Whether anything was checked at all: nothing checked is never a success."""
        return self.entries > 0 or self.finding_count > 0

    def add(self, finding: Finding) -> None:
        """Count a finding, and name it while there is room."""
        self.finding_count += 1
        if len(self.findings) < NAMED_FINDINGS:
            self.findings.append(finding)


async def verify(database: Database, anchors: Sequence[Anchor] = (), stream: UUID | None = None) -> Verdict:
    """Check all streams, or one, against themselves and the anchors. Raises what the database raises."""
    verdict = Verdict(anchors=len(anchors))
    async with database.read() as connection:
        verdict.notes = await protection_notes(connection)
        known = {head.stream: head for head in await store.heads(connection)}
        wanted = [stream] if stream else await store.streams(connection)
        for one in wanted:
            await _verify_stream(connection, one, known.get(one), anchors, verdict)
        if stream is None:
            _unknown_streams(set(wanted), anchors, verdict)
    return verdict


async def _verify_stream(
    connection: AsyncConnection, stream: UUID, head: Head | None, anchors: Sequence[Anchor], verdict: Verdict
) -> None:
    check = StreamCheck(stream, anchors)
    async for row in store.rows_of(connection, stream):
        for finding in check.feed(row):
            verdict.add(finding)
    for finding in check.end(head):
        verdict.add(finding)
    verdict.streams += 1
    verdict.entries += check.checked


def _unknown_streams(known: set[UUID], anchors: Sequence[Anchor], verdict: Verdict) -> None:
    for stream in sorted({anchor.stream for anchor in anchors} - known):
        text = "An anchor is of this stream, of which nothing is left: all of it was removed."
        verdict.add(Finding(stream, 0, "stream_missing", text))


async def protection_notes(connection: AsyncConnection) -> list[str]:
    """Say in sentences where the log is less protected than it could be."""
    state = await store.protection(connection)
    notes = []
    if state.owns or state.superuser:
        notes.append(
            f"The role {state.role} both owns and uses the log: the triggers alone protect it. Give Tminus a role"
            " that owns nothing (TMINUS_DATABASE_URL) and keep the owner for upgrades (TMINUS_OWNER_URL)."
        )
    if state.triggers < TRIGGERS:
        notes.append(
            "The triggers that refuse every change of the log are missing or switched off; switch them on again:"
            " ALTER TABLE event_log ENABLE ALWAYS TRIGGER event_log_stays (and event_log_rows_stay)."
        )
    return notes


async def entries(database: Database, stream: UUID | None = None) -> AsyncIterator[Stored]:
    """Yield the log's rows, stream by stream, in order of their numbers, as of one moment."""
    async with database.read() as connection:
        for one in [stream] if stream else await store.streams(connection):
            async for row in store.rows_of(connection, one):
                yield row
