"""The iterations of a plan side by side, and what the plan could have different."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person, Right, may, require
from tminus.runbook.domain.rehearsals.history import Cell, History, Night, Row
from tminus.runbook.domain.rehearsals.insight import Evidence, Insight
from tminus.runbook.domain.rehearsals.insights import insights_of
from tminus.runbook.domain.rehearsals.marks import Mark, Sums, marks_of, sums_of
from tminus.runbook.store import rehearsals
from tminus.runbook.store.rehearsals import Answer, PlanHere

Json = dict[str, Any]


async def visible_plan(connection: AsyncConnection, person: Person, plan_id: UUID) -> PlanHere:
    """Return a plan this person may see. Raises `NotFound`, `Forbidden`."""
    plan = await rehearsals.plan_here(connection, plan_id)
    if plan is None:
        raise NotFound("There is no such plan.", hint="Choose one from the list of plans.")
    require(person, Right.SEE, plan.migration_id)
    return plan


async def rehearsals_view(connection: AsyncConnection, person: Person, plan_id: UUID) -> Json:
    """Return the plan's iterations, its steps with a cell for each of them, and the open insights.

    Raises `NotFound`, `Forbidden`.
    """
    plan = await visible_plan(connection, person, plan_id)
    history = await rehearsals.load_history(connection, plan)
    answered = await rehearsals.answered_insights(connection, plan_id)
    actions = ["accept", "decline"] if may(person, Right.PLANS, plan.migration_id) else []
    actions += ["type_data_volume"] if may(person, Right.ITERATIONS, plan.migration_id) else []
    # Half a second at 5,000 steps and three iterations: nobody who presses a button meanwhile waits for it.
    return await asyncio.to_thread(_view, plan, history, answered, actions)


def _view(plan: PlanHere, history: History, answered: Mapping[str, Answer], actions: list[str]) -> Json:
    states = [one.state for one in answered.values()]
    marks = [marks_of(history, row) for row in history.rows]
    return {
        "planId": plan.id,
        "planName": plan.name,
        "migrationId": plan.migration_id,
        "migrationKey": plan.migration_key,
        "zone": plan.zone,
        "iterations": [_night(history, night, marks) for night in history.nights],
        "steps": [_row(history, row, mark) for row, mark in zip(history.rows, marks, strict=True)],
        "insights": [insight_view(one) for one in insights_of(history, answered)],
        "answered": {state: states.count(state) for state in ("accepted", "declined")},
        "answers": [_answer(one) for one in answered.values()],
        "allowedActions": actions,
    }


def _answer(one: Answer) -> Json:
    return {
        "id": one.insight,
        "stepCode": one.step_code,
        "state": one.state,
        "decidedBy": one.by,
        "decidedAt": one.at,
        "reason": one.reason,
        "lesson": one.lesson,
        "versionId": one.version_id,
        "version": one.version,
        "versionStatus": one.status,
    }


def insight_view(one: Insight) -> Json:
    """Return an insight as the page shows it."""
    return {
        "id": one.key,
        "kind": one.kind.value,
        "stepCode": one.code,
        "stepName": one.name,
        "otherCode": one.other,
        "otherName": one.other_name,
        "current": one.current,
        "proposed": one.proposed,
        "sentence": one.sentence,
        "caution": one.caution,
        "evidence": [_evidence(each) for each in one.evidence],
    }


def _evidence(one: Evidence) -> Json:
    return {
        "iterationId": one.night.id,
        "iterationName": one.night.name,
        "stepCode": one.cell.code,
        "sentence": one.sentence,
        "plannedSeconds": one.cell.planned,
        "actualSeconds": one.cell.seconds,
    }


def _night(history: History, night: Night, marks: list[dict[UUID, Mark]]) -> Json:
    sums = sums_of(history, night.id, marks) if night.started_at else None
    return {
        "id": night.id,
        "name": night.name,
        "kind": night.kind.value,
        "state": night.state.value,
        "version": night.version,
        "plannedStart": night.planned_start,
        "startedAt": night.started_at,
        "endedAt": night.ended_at,
        "dataVolume": night.data_volume,
        "learnedFrom": night.over,
        "sums": _sums(sums) if sums else None,
    }


def _sums(sums: Sums) -> Json:
    return {
        "slower": sums.slower,
        "slowerThanBefore": sums.slower_than_before,
        "skipped": sums.skipped,
        "failed": sums.failed,
        "retried": sums.retried,
        "missing": sums.missing,
        "measured": sums.measured,
        "plannedSeconds": sums.planned_seconds,
        "actualSeconds": sums.actual_seconds,
    }


def _row(history: History, row: Row, marks: Mapping[UUID, Mark]) -> Json:
    return {
        "code": row.code,
        "name": row.name,
        "chapter": row.chapter,
        "team": row.team,
        "behaviour": row.behaviour.value,
        "estimateSeconds": row.estimate,
        "cells": [
            _cell(row, row.cells[night.id], marks[night.id]) if night.id in row.cells else None
            for night in history.nights
        ],
    }


def _cell(row: Row, cell: Cell, mark: Mark) -> Json:
    return {
        "code": None if cell.code == row.code else cell.code,
        "state": cell.state.value,
        "plannedSeconds": cell.planned,
        "actualSeconds": cell.seconds,
        "assumed": cell.assumed,
        "attempts": cell.attempts,
        "inScope": cell.in_scope,
        "dormant": cell.dormant,
        "startedAt": instant(cell.started) if cell.started else None,
        "endedAt": instant(cell.ended) if cell.ended else None,
        "marks": [name for name in Mark.__slots__ if getattr(mark, name)],
    }
