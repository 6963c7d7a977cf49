"""A situation drawn a thousand times: the requests for its way forward and for its way back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import numpy as np

from tminus.kernel.network import Cyclic
from tminus.kernel.schedule import compile_network, planned
from tminus.kernel.simulation import percentile
from tminus.runbook.domain.forecast.course import Reckoned
from tminus.runbook.domain.forecast.gauge import RollbackSeconds
from tminus.runbook.domain.forecast.network import network_of_steps
from tminus.runbook.domain.forecast.situation import Situation, Standing
from tminus.runbook.domain.learning import History, Learned, PlannedStep, Progress, learn
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.state import StepState
from tminus.runbook.domain.uncertainty import SimulationRequest, draw, finishes

_WORKED = frozenset({Behaviour.WORK, Behaviour.CHECKPOINT})
AT_OWN_PACE = frozenset({"PRE", "BUS"})
"""Types of steps whose time does not go with the amount of data; checkpoints' neither."""
ROLLBACK_SHARE = 0.95
"""Of the draws, in which a rollback is done within the time that is reckoned with."""


def learned_of(situation: Situation, history: History) -> Learned:
    """Return what earlier iterations say about the steps that have work of their own, rollback steps too."""
    steps = [
        PlannedStep(step.code, _team(step), step.duration_seconds, scales=_goes_with_the_data(step))
        for step in situation.steps
        if step.in_scope and step.behaviour in _WORKED
    ]
    return learn(history, steps, situation.terms.data_volume)


def _goes_with_the_data(step: Standing) -> bool:
    return step.behaviour is Behaviour.WORK and step.type not in AT_OWN_PACE


def _team(step: Standing) -> str | None:
    return str(step.team_id) if step.team_id else None


def forward_request(reckoned: Reckoned, learned: Learned) -> SimulationRequest:
    """Return the request for all that is left of an iteration, from now on."""
    situation, compiled = reckoned.situation, reckoned.schedule.compiled
    codes = {step.id: step.code for step in situation.steps}
    window = situation.terms.window_end
    return SimulationRequest(
        compiled,
        reckoned.reckoning.conditions,
        tuple(codes[node] for node in compiled.nodes[: compiled.activities]),
        learned,
        progress_of(situation, reckoned.now),
        (window - reckoned.now).total_seconds() if window else None,
        adjusted={codes[key]: one for key, one in situation.adjusted.items()},
    )


def progress_of(situation: Situation, now: datetime) -> Progress:
    """Return what this night has shown: how long what ended took, and how long what runs has run."""
    worked: dict[str, float] = {}
    running: dict[str, float] = {}
    for step in situation.steps:
        if step.started_at is None or step.start_assumed or step.behaviour not in _WORKED:
            continue
        if step.state is StepState.COMPLETE and step.work_ended_at:
            worked[step.code] = (step.work_ended_at - step.started_at).total_seconds()
        elif step.state is StepState.IN_PROGRESS:
            running[step.code] = max((now - step.started_at).total_seconds(), 0.0)
        elif step.state is StepState.BLOCKED and step.expected_at and step.since:
            running[step.code] = max((step.since - step.started_at).total_seconds(), 0.0)
    return Progress(worked, running)


def rollback_seconds(situation: Situation, learned: Learned) -> RollbackSeconds | None:
    """Return how long chosen rollback steps take in 95 of 100 draws; None where they wait for each other in a circle.

    Other rollback steps take no time then. Blackouts do not stop a rollback.
    """
    steps = [step for step in situation.steps if step.dormant]
    try:
        compiled = compile_network(network_of_steps(steps, situation.links))
    except Cyclic:
        return None
    codes: Mapping[UUID, str] = {step.id: step.code for step in steps}
    drawn = draw(
        SimulationRequest(
            compiled,
            planned(compiled),
            tuple(codes[node] for node in compiled.nodes[: compiled.activities]),
            learned,
            Progress({}, {}),
        )
    )

    def seconds(needed: frozenset[UUID]) -> float:
        taken = finishes(drawn, {codes[key] for key in needed})
        return float(np.maximum(percentile(taken, ROLLBACK_SHARE), 0.0))

    return seconds
