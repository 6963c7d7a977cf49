"""Why a step is not ready, in words: which predecessor, in which state since when, or what time opens it."""

from __future__ import annotations

from datetime import datetime

from tminus.kernel.durations import format_duration
from tminus.kernel.instants import wall_time
from tminus.runbook.domain.neighbourhood import Link, Neighbourhood, holding, opening_time
from tminus.runbook.domain.state import StepState
from tminus.runbook.domain.step import Step

_STANDING = {
    StepState.NOT_READY: "is itself waiting",
    StepState.READY: "is ready but not begun",
    StepState.ACTIVATED: "is activated but not started",
    StepState.IN_PROGRESS: "is in progress",
    StepState.VERIFYING: "is reported done, but not verified",
    StepState.BLOCKED: "is blocked",
    StepState.FAILED: "has failed",
    StepState.CANCELLED: "was cancelled",
    StepState.COMPLETE: "is complete",
    StepState.SKIPPED: "was skipped",
}


def blocked_by(network: Neighbourhood, step: Step, zone: str, now: datetime) -> list[tuple[Step | None, str]]:
    """Return (predecessor, sentence) for all that holds a step; a guard or a time has no predecessor."""
    reasons: list[tuple[Step | None, str]] = []
    for link in holding(network, step, now):
        predecessor = network.steps[link.predecessor]
        reasons.append((predecessor, _sentence(link, predecessor, zone)))
    reasons += [(None, guard.reason) for guard in network.guards.get(step.id, ()) if not guard.open]
    opening = opening_time(network, step, now)
    if opening is not None and opening > now:
        reasons.append((None, f"a lag opens it at {wall_time(opening, zone)}"))
    return reasons


def _sentence(link: Link, predecessor: Step, zone: str) -> str:
    since = _since(predecessor)
    standing = _STANDING[predecessor.state] + (f" since {wall_time(since, zone)}" if since else "")
    lag = f", then {format_duration(link.lag_seconds)} pass" if link.lag_seconds > 0 else ""
    return f"it waits for {predecessor.code} “{predecessor.name}”, which {standing}{lag}"


def _since(step: Step) -> datetime | None:
    match step.state:
        case StepState.READY:
            return step.ready_at
        case StepState.ACTIVATED:
            return step.activated_at
        case StepState.IN_PROGRESS:
            return step.started_at
        case StepState.VERIFYING:
            return step.work_ended_at
        case StepState.NOT_READY:
            return None
        case _:
            return step.last_at
