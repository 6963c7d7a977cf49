"""Waiving one dependency: a pilot's order, with a reason, that a step no longer waits for one predecessor."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tminus.kernel.errors import Invalid, Refused
from tminus.runbook.domain.asking import Ask
from tminus.runbook.domain.change import Change, moved
from tminus.runbook.domain.neighbourhood import Link, Neighbourhood
from tminus.runbook.domain.step import Step
from tminus.runbook.domain.waiting import blocked_by


def waive(
    ask: Ask, step: Step, network: Neighbourhood, zone: str, now: datetime
) -> tuple[tuple[tuple[UUID, Link], ...], list[Change]]:
    """Return the step's links from that predecessor as waived, each with the step's key, and the change.

    Raises `Invalid` where nobody is named, `Refused` where no link of the step's own leads from there.
    """
    if not ask.predecessor:
        raise Invalid(
            "To waive a dependency takes its predecessor.", hint="Name the step that is not to be waited for."
        )
    own = network.links.get(step.id, ())
    waived = tuple(
        (step.id, replace(link, waived_at=now)) for link in own if _is(network, link, ask.predecessor)
    )
    if not waived:
        raise _not_its_own(ask.predecessor, step, network, zone, now)
    change = moved(step, step.state, now, ask.actor, "step.dependency_waived", reason=ask.reason)
    return waived, [change]


def _is(network: Neighbourhood, link: Link, code: str) -> bool:
    return network.node(link.predecessor).code == code and link.waived_at is None


def _not_its_own(code: str, step: Step, network: Neighbourhood, zone: str, now: datetime) -> Refused:
    why = "; ".join(one.sentence for one in blocked_by(network, step, zone, now))
    return Refused(
        f"{step.code} itself does not wait for {code}" + (f": {why}." if why else "."),
        code="no_such_dependency",
        hint="What its chapter waits for cannot be waived for one step; start it by override instead.",
    )
