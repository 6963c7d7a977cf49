"""A delay in a sentence: how much, of whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from tminus.kernel.durations import format_duration
from tminus.runbook.domain.forecast.delay import Delay
from tminus.runbook.domain.forecast.origin import Share, origin
from tminus.runbook.domain.forecast.situation import Standing


def delay_words(delay: Delay, shares: Sequence[Share], steps: Mapping[UUID, Standing]) -> str:
    """Say by how much a step is off its baseline, and where that comes from, to the second: the parts add up."""
    if not (delay.variance or delay.own or delay.inherited):
        return "As in the baseline."
    return f"{_off(delay.variance)}: {_inherited(delay, shares, steps)}, {_own(delay.own)}."


def _off(seconds: int) -> str:
    if not seconds:
        return "On its baseline"
    return f"{format_duration(abs(seconds))} {'behind' if seconds > 0 else 'ahead of'} its baseline"


def _inherited(delay: Delay, shares: Sequence[Share], steps: Mapping[UUID, Standing]) -> str:
    if not delay.inherited:
        return "nothing inherited"
    told = f"{format_duration(abs(delay.inherited))} {'inherited' if delay.inherited > 0 else 'gained before it'}"
    first = origin(shares)
    if first is not None:
        step = steps[first.step]
        told += f" ({format_duration(first.seconds)} of it began with {step.code} “{step.name}”)"
    elif delay.reasons:
        told += " (" + " ".join(reason.sentence for reason in delay.reasons).rstrip(".") + ")"
    return told


def _own(seconds: int) -> str:
    if not seconds:
        return "nothing its own"
    return f"{format_duration(abs(seconds))} {'its own' if seconds > 0 else 'made up by itself'}"
