"""All that the plan could have different, without what was answered already."""

from __future__ import annotations

from collections.abc import Collection

from tminus.runbook.domain.rehearsals.durations import new_durations
from tminus.runbook.domain.rehearsals.history import History
from tminus.runbook.domain.rehearsals.insight import Insight, InsightKind
from tminus.runbook.domain.rehearsals.missing import missing_steps
from tminus.runbook.domain.rehearsals.order import missing_dependencies

_ORDER = list(InsightKind)


def all_insights(history: History) -> list[Insight]:
    """Return every insight: durations first, then dependencies, then steps; the heaviest of each first."""
    found = [*new_durations(history), *missing_dependencies(history), *missing_steps(history)]
    return sorted(found, key=lambda one: (_ORDER.index(one.kind), -one.weight, one.code))


def insights_of(history: History, answered: Collection[str]) -> list[Insight]:
    """Return those that nobody answered on the same evidence, by their fingerprints."""
    return [one for one in all_insights(history) if one.key not in answered]
