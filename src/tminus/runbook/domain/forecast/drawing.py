"""A situation drawn a thousand times: the requests for its way forward and for its way back."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import numpy as np

from tminus.kernel.network import Cyclic
from tminus.kernel.schedule import compile_network, planned
from tminus.kernel.simulation import percentile
from tminus.runbook.domain.forecast.course import Reckoned
from tminus.runbook.domain.forecast.gauge import RollbackSeconds
from tminus.runbook.domain.forecast.measured import WORKED, progress_of
from tminus.runbook.domain.forecast.network import network_of_steps
from tminus.runbook.domain.forecast.situation import Situation, Standing
from tminus.runbook.domain.learning import History, Learned, PlannedStep, Progress, learn
from tminus.runbook.domain.learning.scaling import goes_with_the_data
from tminus.runbook.domain.uncertainty import SimulationRequest, draw, finishes

ROLLBACK_SHARE = 0.95
"""Of the draws, in which a rollback is done within the time that is reckoned with."""


def learned_of(situation: Situation, history: History) -> Learned:
    """Return what earlier iterations say about the steps that have work of their own, rollback steps too."""
    steps = [
        PlannedStep(
            step.code,
            _team(step),
            step.duration_seconds,
            scales=goes_with_the_data(step.behaviour, step.type),
        )
        for step in situation.steps
        if step.in_scope and step.behaviour in WORKED
    ]
    return learn(history, steps, situation.terms.data_volume)


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


def rollback_seconds(situation: Situation, learned: Learned) -> RollbackSeconds | None:
    """Return how long chosen rollback steps take in 95 of 100 draws; None where they wait for each other in a circle.

    Other rollback steps take no time then. This is time at work: blackouts are for the gauge to lay it over.
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
