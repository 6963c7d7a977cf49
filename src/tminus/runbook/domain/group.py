"""A chapter or macro-phase that links name: a node of the network, as far as its steps are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from tminus.runbook.domain.change import Change


class Level(StrEnum):
    """What a node of the network is."""

    STEP = "step"
    CHAPTER = "chapter"
    MACRO_PHASE = "macro_phase"


@dataclass(frozen=True, slots=True)
class Group:
    """Begun when its first step began; finished when all its steps are done and nothing holds its end.

    One whose steps were all skipped has finished and not begun: while it is finished, who waits for its start goes on.
    `duration_seconds` = its planned span; `open_count` = its steps that are neither complete nor skipped.
    """

    id: UUID
    level: Level
    code: str
    name: str
    duration_seconds: int
    total_count: int
    open_count: int
    begun_at: datetime | None = None
    finished_at: datetime | None = None
    opens_at: datetime | None = None

    @property
    def expected_end(self) -> datetime | None:
        """When it should finish by its planned span; None unless it is under way."""
        if self.begun_at is None or self.finished_at is not None:
            return None
        return self.begun_at + timedelta(seconds=self.duration_seconds)


def after_changes(groups: dict[UUID, Group], changes: Iterable[Change]) -> dict[UUID, Group]:
    """Return the groups as they are after their steps have moved."""
    if not groups:
        return groups
    counted = dict(groups)
    for change in changes:
        for key in (change.after.chapter_id, change.after.macro_phase_id):
            if key in counted:
                counted[key] = _after(counted[key], change)
    return counted


def _after(group: Group, change: Change) -> Group:
    before, after = change.before, change.after
    open_count = group.open_count + before.done - after.done
    return replace(
        group,
        open_count=open_count,
        begun_at=_earliest(group.begun_at, after.begun_at if after.in_scope else None),
        finished_at=None if open_count else group.finished_at,
    )


def _earliest(*moments: datetime | None) -> datetime | None:
    """A start may be told after a later one: reported late, or assumed when the step is done."""
    return min((moment for moment in moments if moment), default=None)
