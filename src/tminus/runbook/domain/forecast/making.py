"""A forecast made from a situation: what the child process does. No part of it knows the time, or a table."""

from __future__ import annotations

import gzip
import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tminus.kernel.instants import instant
from tminus.kernel.network import Cyclic, describe_cycle
from tminus.kernel.schedule import compile_network
from tminus.runbook.domain.forecast.course import Reckoned, reckon_situation
from tminus.runbook.domain.forecast.document import Document, document_of, unschedulable
from tminus.runbook.domain.forecast.drawing import forward_request, learned_of, rollback_seconds
from tminus.runbook.domain.forecast.expected import AsLearned
from tminus.runbook.domain.forecast.gauge import Gauge, gauge_of
from tminus.runbook.domain.forecast.network import network_of
from tminus.runbook.domain.forecast.situation import Basis, Situation
from tminus.runbook.domain.forecast.surely import Surely, gauge_shown, uncertainty_shown
from tminus.runbook.domain.learning import History, Learned
from tminus.runbook.domain.uncertainty import simulate


@dataclass(frozen=True, slots=True)
class Made:
    """The document as JSON packed with gzip, and the chance to finish inside the window: None = not evaluated."""

    packed: bytes
    chance: float | None


@dataclass(frozen=True, slots=True)
class _Foreseen:
    """A situation reckoned and drawn; not drawn once it is over."""

    reckoned: Reckoned
    learned: Learned
    surely: Surely | None
    gauge: Gauge | None


def make_forecast(situation: Situation, history: History, now: datetime) -> Made:
    """Return the forecast of an iteration at a moment."""
    try:
        foreseen = _foresee(situation, history, now)
    except Cyclic as circle:
        document = {**_circular(situation, now, circle), "uncertainty": None, "gauge": None}
        return Made(_packed(document), None)
    surely = foreseen.surely
    document = {
        **document_of(foreseen.reckoned, surely),
        "uncertainty": uncertainty_shown(foreseen.reckoned, foreseen.learned, surely) if surely else None,
        "gauge": gauge_shown(situation, foreseen.gauge) if foreseen.gauge else None,
    }
    return Made(_packed(document), surely.result.chance if surely else None)


def _packed(document: Document) -> bytes:
    # Packed once here, not for every reader: thousands of steps are megabytes that say much alike.
    return gzip.compress(json.dumps(document, ensure_ascii=False).encode(), compresslevel=1, mtime=0)


def outlooks_of(situations: Sequence[Situation], history: History, now: datetime) -> list[Document]:
    """Return what is to be expected of each of several situations, in a few figures."""
    return [_outlook_of(situation, history, now) for situation in situations]


def _outlook_of(situation: Situation, history: History, now: datetime) -> Document:
    try:
        foreseen = _foresee(situation, history, now)
    except Cyclic as circle:
        return _circular(situation, now, circle) | dict.fromkeys(_FIGURES)
    reckoned, surely, gauge = foreseen.reckoned, foreseen.surely, foreseen.gauge
    codes = {step.id: step.code for step in situation.steps}
    return {
        **dict.fromkeys(_FIGURES),
        "finish": instant(reckoned.moment(reckoned.schedule.finish)),
        "criticalPath": [codes[key] for key in reckoned.schedule.critical_path()],
        **(surely.figures(reckoned) if surely else {}),
        "lastSafeDecision": instant(gauge.last_safe) if gauge and gauge.last_safe else None,
    }


_FIGURES = ("finish", "p50", "p80", "p95", "chance", "lastSafeDecision")


def _foresee(situation: Situation, history: History, now: datetime) -> _Foreseen:
    compiled = compile_network(network_of(situation))
    learned = learned_of(situation, history)
    reckoned = reckon_situation(situation, compiled, now, AsLearned.of(learned))
    if situation.basis is Basis.OVER or not compiled.activities:
        return _Foreseen(reckoned, learned, None, None)
    result = simulate(forward_request(reckoned, learned))
    back = rollback_seconds(situation, learned)
    gauge = gauge_of(reckoned, back) if back else None
    return _Foreseen(reckoned, learned, Surely(result) if result else None, gauge)


def _circular(situation: Situation, now: datetime, circle: Cyclic) -> Document:
    names = _names(situation)
    path = [names.get(key, "?") for key in circle.path]
    sentence = f"The plan waits for itself: {describe_cycle(path)}. Nothing can be said about its times."
    return unschedulable(situation, now, "cycle", sentence, path)


def _names(situation: Situation) -> dict[Hashable, str]:
    names: dict[Hashable, str] = {step.id: step.code for step in situation.steps}
    return names | {group.id: group.code for group in (*situation.chapters, *situation.macro_phases)}
