"""The forecast of an iteration as one document: what is kept, and what the API prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np

from tminus.kernel.instants import instant
from tminus.kernel.schedule import waves
from tminus.runbook.domain.forecast.conflicts import conflicts_of, shown
from tminus.runbook.domain.forecast.course import Reckoned
from tminus.runbook.domain.forecast.delay import Delay
from tminus.runbook.domain.forecast.flags import OVER, Flags, flags_of
from tminus.runbook.domain.forecast.origin import Share, origin
from tminus.runbook.domain.forecast.situation import Basis, GroupStanding, Situation, Standing
from tminus.runbook.domain.forecast.surely import Surely
from tminus.runbook.domain.forecast.words import delay_words
from tminus.runbook.domain.now import GRACE_SECONDS
from tminus.runbook.domain.state import IterationState, StepState

_OVER = frozenset({StepState.COMPLETE, StepState.SKIPPED, StepState.CANCELLED})
_TURNED_BACK = frozenset({IterationState.BACKING_OUT, IterationState.BACKED_OUT})
Document = dict[str, Any]


def document_of(reckoned: Reckoned, surely: Surely | None = None) -> Document:
    """Return the document without its uncertainty and gauge; `surely` = what the draws say of the steps."""
    situation, schedule = reckoned.situation, reckoned.schedule
    remaining = max(schedule.finish, 0.0)
    by_key = {step.id: step for step in situation.steps}
    wave = waves(schedule.compiled)
    steps = [
        _step(reckoned, by_key, place, int(wave[place]), remaining, surely)
        for place in range(schedule.compiled.activities)
    ]
    return {
        **_head(situation, reckoned.now),
        "problem": None,
        "assumptions": [
            {
                "code": one.code,
                "stepCode": one.step_code,
                "sentence": one.sentence,
                "at": _time(one.at),
            }
            for one in reckoned.reckoning.assumptions
        ],
        "conflicts": [shown(one) for one in conflicts_of(reckoned)],
        "finish": _finish(reckoned),
        "criticalPath": [by_key[key].code for key in schedule.critical_path()],
        "steps": steps,
        **_groups(reckoned, {one["code"]: one for one in steps}),
    }


def unschedulable(
    situation: Situation, now: datetime, code: str, sentence: str, path: Sequence[str]
) -> Document:
    """Return the document of an iteration that cannot be scheduled: why, and nothing that would be made up."""
    return {
        **_head(situation, now),
        "problem": {"code": code, "sentence": sentence, "path": list(path)},
        "assumptions": [],
        "conflicts": [],
        "finish": None,
        "criticalPath": [],
        "steps": [],
        "chapters": [],
        "macroPhases": [],
    }


def _head(situation: Situation, now: datetime) -> Document:
    return {
        "iterationId": str(situation.iteration_id),
        "seq": situation.seq,
        "now": instant(now),
        "basis": situation.basis.value,
    }


def _finish(reckoned: Reckoned) -> Document | None:
    situation = reckoned.situation
    if not reckoned.schedule.compiled.activities:
        return None
    over = situation.basis is Basis.OVER
    forecast = (
        situation.ended_at if over and situation.ended_at else reckoned.moment(reckoned.schedule.finish)
    )
    baseline = _latest(step.baseline_end for step in situation.awake())
    # The baseline is the way forward's: of the way back it says nothing.
    back = situation.state in _TURNED_BACK
    late = round((forecast - (baseline or situation.planned_end)).total_seconds())
    return {
        "forecast": instant(forecast),
        "planned": instant(situation.planned_end),
        "baseline": _time(baseline),
        "actual": _time(situation.ended_at),
        "delaySeconds": None if back else late,
        "wayBack": back,
    }


def _step(
    reckoned: Reckoned,
    by_key: Mapping[UUID, Standing],
    place: int,
    wave: int,
    remaining: float,
    surely: Surely | None,
) -> Document:
    schedule, step = reckoned.schedule, by_key[reckoned.schedule.compiled.nodes[place]]
    start, end = reckoned.moment(schedule.start[place]), reckoned.moment(schedule.end[place])
    over = step.state in _OVER
    total, chance = float(schedule.total_float[place]), surely.of(step.id) if surely and not over else None
    p80 = reckoned.moment(chance.p80_end) if chance else None
    window = reckoned.situation.terms.window_end
    flags = OVER if over else flags_of(step.planned_end, end, total, remaining, p80, window)
    return {
        "code": step.code,
        "start": instant(step.begun_at or start),
        "end": instant(end),
        "assumed": step.id in reckoned.reckoning.assumed,
        "totalFloatSeconds": _seconds(total),
        "freeFloatSeconds": _seconds(float(schedule.free_float[place])),
        **_flags(flags),
        "wave": wave,
        "criticality": chance.criticality if chance else None,
        "p80End": _time(p80),
        "expectedSeconds": round(float(schedule.conditions.durations[place])),
        "delay": _delay(reckoned.delays.get(step.id), reckoned.shares.get(step.id, ()), by_key),
    }


def _flags(flags: Flags) -> Document:
    return {"critical": flags.critical, "late": flags.late, "atRisk": flags.at_risk}


def _delay(delay: Delay | None, shares: Sequence[Share], steps: Mapping[UUID, Standing]) -> Document | None:
    if delay is None:
        return None
    first = origin(shares)
    return {
        "varianceSeconds": delay.variance,
        "inheritedSeconds": delay.inherited,
        "ownSeconds": delay.own,
        "reasons": [asdict(reason) for reason in delay.reasons],
        "origin": {"code": steps[first.step].code, "seconds": first.seconds} if first else None,
        "sentence": delay_words(delay, shares, steps),
    }


def _groups(reckoned: Reckoned, printed: Mapping[str, Document]) -> Document:
    """Chapters and macro-phases: from the first of their steps to the last."""
    situation = reckoned.situation
    inside: dict[UUID, list[Standing]] = {}
    for step in situation.awake():
        inside.setdefault(step.chapter_id, []).append(step)
        inside.setdefault(step.macro_phase_id, []).append(step)
    return {
        "chapters": [_group(one, inside.get(one.id, []), printed) for one in situation.chapters],
        "macroPhases": [
            _group(_spanning(one, situation.chapters), inside.get(one.id, []), printed)
            for one in situation.macro_phases
        ],
    }


def _spanning(phase: GroupStanding, chapters: Sequence[GroupStanding]) -> GroupStanding:
    """Return a macro-phase planned from the first of its chapters to the last."""
    own = [chapter for chapter in chapters if chapter.parent_id == phase.id and not chapter.rollback]
    return replace(
        phase,
        planned_start=_earliest(chapter.planned_start for chapter in own),
        planned_end=_latest(chapter.planned_end for chapter in own),
        baseline_start=_earliest(chapter.baseline_start for chapter in own),
        baseline_end=_latest(chapter.baseline_end for chapter in own),
    )


def _group(group: GroupStanding, steps: Sequence[Standing], printed: Mapping[str, Document]) -> Document:
    own = [printed[step.code] for step in steps]
    end = max((one["end"] for one in own), default=None)
    baseline = group.baseline_end or _latest(step.baseline_end for step in steps)
    planned = group.planned_end or _latest(step.planned_end for step in steps)
    forecast = datetime.fromisoformat(end) if end else None
    over = all(step.state in _OVER for step in steps)
    return {
        "code": group.code,
        "start": min((one["start"] for one in own), default=None),
        "end": end,
        "plannedStart": _time(group.planned_start or _earliest(step.planned_start for step in steps)),
        "plannedEnd": _time(planned),
        "baselineStart": _time(group.baseline_start or _earliest(step.baseline_start for step in steps)),
        "baselineEnd": _time(baseline),
        "over": bool(own) and over,
        "late": bool(
            forecast and planned and not over and forecast - planned > timedelta(seconds=GRACE_SECONDS)
        ),
        "critical": any(one["critical"] for one in own),
        "delaySeconds": round((forecast - baseline).total_seconds()) if forecast and baseline else None,
    }


def _seconds(value: float) -> int | None:
    return round(value) if np.isfinite(value) else None


def _time(value: datetime | None) -> str | None:
    return instant(value) if value else None


def _earliest(values: Iterable[datetime | None]) -> datetime | None:
    return min((value for value in values if value), default=None)


def _latest(values: Iterable[datetime | None]) -> datetime | None:
    return max((value for value in values if value), default=None)
