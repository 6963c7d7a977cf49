"""All that the messages of a command are made of, read in one round trip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tminus.notify.domain.recipients import Reachable
from tminus.notify.queries.briefing import Briefing, asking_briefings, briefings_in
from tminus.notify.queries.recipients import asking_about, asking_reachable, reachable_in
from tminus.notify.store.templates import asking_used, used_in
from tminus.platform.swift import Statement
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.occasion import Occasion, Telling, Wording


@dataclass(frozen=True, slots=True)
class Setting:
    """The migration, its templates, the steps and the people. `starter` = address of who started the iteration."""

    migration_key: str
    migration_name: str
    starter: str | None
    templates: Mapping[Occasion, Wording]
    steps: Mapping[UUID, Briefing]
    open_teams: tuple[UUID, ...]
    known: Sequence[Reachable]


def asking_setting(iteration: Iteration, tellings: Sequence[Telling]) -> list[Statement]:
    """Return the statements whose rows `setting_in` reads."""
    steps = [telling.step_id for telling in tellings if telling.step_id]
    return [
        asking_about(iteration),
        asking_used(iteration.migration_id, {telling.occasion for telling in tellings}),
        asking_briefings(steps),
        asking_reachable(iteration, tellings),
    ]


def setting_in(looked: Sequence[Sequence[Any]]) -> Setting:
    """Return what the statements found."""
    about, templates, steps, reachable = looked
    (migration,) = about
    open_teams, known = reachable_in(reachable)
    return Setting(
        migration.key,
        migration.name,
        migration.starter,
        used_in(templates),
        briefings_in(steps),
        open_teams,
        known,
    )
