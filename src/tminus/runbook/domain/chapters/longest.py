"""The longest way through an iteration's steps, for the sentence that says why it does not fit."""

from __future__ import annotations

from tminus.kernel.network import Link
from tminus.runbook.domain.chapters.schedule import Schedule
from tminus.runbook.domain.plan_length import PlacedStep, length_of


def longest_way(schedule: Schedule) -> tuple[str, ...]:
    """Return the codes of the steps that decide when all is over, as if nothing was typed."""
    steps = [
        PlacedStep(
            str(one.id),
            one.duration_seconds if one.in_scope else 0,
            str(one.chapter_id),
            str(one.macro_phase_id),
            one.not_before if one.in_scope else None,
            one.fixed_start if one.in_scope else None,
        )
        for one in schedule.steps
        if not one.dormant
    ]
    links = [
        Link(str(one.predecessor), str(one.successor), one.lag_seconds, one.kind) for one in schedule.links
    ]
    names = {str(key): code for key, code in schedule.codes.items()}
    return tuple(names[key] for key in length_of(steps, links).chain)
