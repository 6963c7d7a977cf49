"""What the macro-plan and its calendars need of a forecast, read out of the document that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tminus.runbook.domain.chapters.schedule import Span
from tminus.runbook.domain.macro_plan import Back, Outlook

_BACK = {"open": Back.CAN, "closing": Back.CAN, "passed": Back.PASSED, "forward_only": Back.FORWARD_ONLY}


@dataclass(frozen=True, slots=True)
class Group:
    """A chapter or macro-phase of which something is open: its forecast, and its signed seconds of delay."""

    span: Span
    delay: int | None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The outlook, and the forecast of all that is not over, by code."""

    outlook: Outlook
    phases: Mapping[str, Group] = field(default_factory=dict)
    chapters: Mapping[str, Group] = field(default_factory=dict)
    steps: Mapping[str, Span] = field(default_factory=dict)


def foreseen_in(document: Mapping[str, Any]) -> Foreseen:
    """Return what a forecast document says."""
    finish = document["finish"] or {}
    gauge, draws = document["gauge"] or {}, document["uncertainty"] or {}
    no_return = gauge.get("pointOfNoReturn") or {}
    outlook = Outlook(
        datetime.fromisoformat(document["now"]),
        _time(finish.get("forecast")),
        finish.get("delaySeconds"),
        draws.get("chance"),
        bool(finish.get("wayBack")),
        _BACK.get(gauge.get("state", ""), Back.NOT_KNOWN),
        _time(gauge.get("lastSafeDecision")),
        gauge.get("decider"),
        gauge.get("beforeStepCode"),
        no_return.get("stepCode"),
    )
    steps = {one["code"]: _span(one) for one in document["steps"]}
    return Foreseen(outlook, _groups(document["macroPhases"]), _groups(document["chapters"]), steps)


def _groups(printed: Iterable[Mapping[str, Any]]) -> dict[str, Group]:
    awake = (one for one in printed if one["start"] and one["end"] and not one["over"])
    return {one["code"]: Group(_span(one), one["delaySeconds"]) for one in awake}


def _span(one: Mapping[str, Any]) -> Span:
    return Span(datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"]))


def _time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
