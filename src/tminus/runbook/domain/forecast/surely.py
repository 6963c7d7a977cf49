"""What the draws and the gauge say, as the document prints it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tminus.kernel.instants import instant
from tminus.runbook.domain.forecast.course import Reckoned
from tminus.runbook.domain.forecast.gauge import Gauge
from tminus.runbook.domain.forecast.situation import Situation
from tminus.runbook.domain.learning import Learned
from tminus.runbook.domain.uncertainty import SimulationResult, StepChance


@dataclass(frozen=True, slots=True)
class Surely:
    """The draws of a situation, summed up."""

    result: SimulationResult

    def of(self, step: UUID) -> StepChance | None:
        """Return what the draws say of one step."""
        return self.result.steps.get(step)

    def figures(self, reckoned: Reckoned) -> dict[str, Any]:
        """Return percentiles of the finish and the chance."""
        return {
            "p50": instant(reckoned.moment(self.result.p50)),
            "p80": instant(reckoned.moment(self.result.p80)),
            "p95": instant(reckoned.moment(self.result.p95)),
            "chance": self.result.chance,
        }


def uncertainty_shown(reckoned: Reckoned, learned: Learned, surely: Surely) -> dict[str, Any]:
    """Return the finish over the draws, and what they were made from."""
    result, window = surely.result, reckoned.situation.terms.window_end
    return {
        "seq": reckoned.situation.seq,
        "madeAt": instant(reckoned.now),
        "draws": result.draws,
        "seed": result.seed,
        **surely.figures(reckoned),
        "window": {"end": instant(window)} if window else None,
        "histogram": {
            "from": instant(reckoned.moment(result.histogram.start)),
            "binSeconds": result.histogram.bin_seconds,
            "counts": list(result.histogram.counts),
        },
        "history": {
            "iterations": list(learned.iterations),
            "stepsWith": learned.steps_with,
            "stepsWithout": learned.steps_without,
            "ratio": learned.ratio,
            "scaling": learned.scaling,
        },
        "method": result.method,
    }


def gauge_shown(situation: Situation, gauge: Gauge) -> dict[str, Any]:
    """Return until when one can still turn back."""
    step = gauge.no_return
    return {
        "state": gauge.state.value,
        "sentence": gauge.sentence,
        "lastSafeDecision": _time(gauge.last_safe),
        "beforeStepCode": gauge.before.code if gauge.before else None,
        "decider": situation.terms.decider,
        "decisionSeconds": situation.terms.decision_seconds,
        "rollbackSeconds": gauge.rollback_seconds,
        "windowEnd": _time(situation.terms.window_end),
        "backoutNow": _time(gauge.backout_now),
        "backoutDecided": _time(gauge.backout_decided),
        "backoutAtWorst": _time(gauge.backout_at_worst),
        "pointOfNoReturn": {
            "stepCode": step.code,
            "begunAt": _time(step.begun_at),
        }
        if step
        else None,
    }


def _time(value: datetime | None) -> str | None:
    return instant(value) if value else None
