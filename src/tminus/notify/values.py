"""What the words of a template stand for: read from a step's briefing and from what is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tminus.kernel.durations import format_duration
from tminus.kernel.instants import wall_time
from tminus.notify.domain.words import empty
from tminus.notify.queries.briefing import Briefing, Predecessor, TaskLine
from tminus.notify.texts import day_and_time, planned_span
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.occasion import Telling


def values_of(
    telling: Telling, iteration: Iteration, migration: str, step: Briefing | None
) -> dict[str, Any]:
    """Return a value for every word the occasion knows; the link is whoever's who reads it."""
    words = empty(telling.occasion)
    found: dict[str, Any] = {"iteration": iteration.name, "migration": migration}
    if step:
        found |= _step(step, iteration.zone)
    found |= _told(telling.words, iteration.zone)
    return words | {name: value for name, value in found.items() if name in words}


def _told(words: Mapping[str, str], zone: str) -> dict[str, str]:
    """Return what the command said of it, for people: times in the zone; who did it, unless it was the system."""
    told = dict(words)
    if "who" in told and "by" not in told:
        told["by"] = told["who"]
    told = {name: "" if (name, value) == ("by", "system") else value for name, value in told.items()}
    if told.get("expected"):
        told["expected"] = wall_time(datetime.fromisoformat(told["expected"]), zone)
    return told


def _step(step: Briefing, zone: str) -> dict[str, Any]:
    start, end = step.planned_start, step.planned_end
    return {
        "code": step.code,
        "name": step.name,
        "team": step.team,
        "phone": step.phone,
        "by": "" if step.last_actor == "system" else step.last_actor,
        "at": wall_time(step.activated_at, zone) if step.activated_at else "",
        "attempt": step.attempt,
        "planned": planned_span(start, end, zone) if start and end else "",
        "starts": day_and_time(start, zone) if start else "",
        "duration": format_duration(step.duration_seconds),
        "instructions": step.instructions,
        "before": [_before(one, zone) for one in step.predecessors],
        "more_before": step.predecessor_count - len(step.predecessors),
        "tasks": [_task(one) for one in step.tasks],
    }


def _before(one: Predecessor, zone: str) -> dict[str, str]:
    at = wall_time(one.ended_at, zone) if one.ended_at else ""
    return {"code": one.code, "name": one.name, "state": one.state.replace("_", " "), "at": at}


def _task(one: TaskLine) -> dict[str, Any]:
    words = {"code": one.code, "title": one.title, "instructions": one.instructions.strip()}
    return {**words, "required": one.required, "team": one.team or ""}
