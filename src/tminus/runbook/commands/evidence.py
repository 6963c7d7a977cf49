"""Showing something for a step, a task of it or a control: a text, a link, or a file that was kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tminus.kernel.ids import new_id
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.evidence_place import Aim, Target, check_target, target_of
from tminus.runbook.commands.place import seen_migration
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import find_step, keep, load_iteration, reached
from tminus.runbook.domain.act import conclude
from tminus.runbook.domain.change import moved
from tminus.runbook.domain.evidence import EvidenceKind, check_words
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.relation import actor_on
from tminus.runbook.domain.state_table import PEOPLE_AT_WORK
from tminus.runbook.events import iteration_fact
from tminus.runbook.store import evidence


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that the object store has: what it is called, what it is, how large, and where."""

    name: str
    media_type: str
    size: int
    sha256: bytes
    key: str


@dataclass(frozen=True, slots=True)
class AddEvidence:
    """What is shown, and for what."""

    aim: Aim
    kind: EvidenceKind
    words: str
    file: KeptFile | None = None


async def add_evidence(services: Services, caller: Caller, command: AddEvidence) -> UUID:
    """Keep it and return its key; what was the last thing missing completes a step that is being verified.

    Raises `NotFound`, `Forbidden`, `Invalid` (no words, no web address), `Refused` and `Unavailable`.
    """
    migration_id, step_id = await placed(services, caller, command.aim)
    async with unit_of_work(services.database, migration_id, caller.person.actor, caller.key) as tx:
        iteration = await load_iteration(tx, command.aim.iteration_id)
        target = await target_of(tx.connection, iteration, step_id, command.aim)
        check_target(caller.person, iteration, target)
        words = check_words(command.kind, command.words)
        tx.actor = actor_on(caller.person, migration_id, PEOPLE_AT_WORK, *target.teams)
        key = new_id()
        row = _row(tx, key, iteration, target, command, words)
        await evidence.insert_evidence(tx.connection, row)
        await _say(services, tx, iteration, target, _told(row, target))
    return key


async def placed(services: Services, caller: Caller, aim: Aim) -> tuple[UUID, UUID | None]:
    """Return (migration, step) of what is aimed at. Raises `NotFound` and `Forbidden`."""
    if aim.step_code is not None:
        return await find_step(services, caller, aim.iteration_id, aim.step_code)
    return await seen_migration(services, caller.person, aim.iteration_id), None


def _row(
    tx: Transaction, key: UUID, iteration: Iteration, target: Target, command: AddEvidence, words: str
) -> dict[str, Any]:
    file = command.file
    return {
        "id": key,
        "migration_id": iteration.migration_id,
        "iteration_id": iteration.id,
        "step_id": target.step.id if target.step else None,
        "attempt": target.attempt,
        "task_id": target.task.id if target.task else None,
        "control_id": target.control.id if target.control else None,
        "kind": command.kind.value,
        "words": words,
        "file_name": file.name if file else None,
        "media_type": file.media_type if file else None,
        "size": file.size if file else None,
        "sha256": file.sha256 if file else None,
        "object_key": file.key if file else None,
        "by_id": tx.actor.id,
        "by_name": tx.actor.name,
        "at": tx.now,
    }


def _told(row: dict[str, Any], target: Target) -> dict[str, Any]:
    return {
        "id": str(row["id"]),
        "kind": row["kind"],
        "words": row["words"],
        "fileName": row["file_name"],
        "mediaType": row["media_type"],
        "size": row["size"],
        "sha256": row["sha256"].hex() if row["sha256"] else None,
        "attempt": row["attempt"],
        "task": target.task.code if target.task else None,
        "control": target.control.code if target.control else None,
    }


async def _say(
    services: Services, tx: Transaction, iteration: Iteration, target: Target, told: dict[str, Any]
) -> None:
    step, network = target.step, target.network
    if step is not None and network is not None:
        more = {"evidence_count": step.evidence_count + 1}
        change = moved(step, step.state, tx.now, tx.actor, "step.evidence_added", **more)
        outcome = await reached(tx, conclude(network, [change], iteration, tx.now), iteration)
        await keep(services, tx, iteration, outcome, also={"evidence": told})
    elif target.control:
        one = target.control
        sentence = f"{tx.actor.name} added evidence to control {one.code} “{one.name}”"
        fact = iteration_fact("control.evidence_added", sentence, iteration.id, {}, {}, evidence=told)
        tx.record(fact)
