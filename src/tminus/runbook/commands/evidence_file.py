"""Showing a file: taken in piece by piece, believed by its own bytes, kept, and only then written down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from tminus.kernel.errors import Unavailable
from tminus.kernel.ids import new_id
from tminus.platform.files.intake import take_in
from tminus.platform.files.names import safe_name
from tminus.platform.files.objects import Objects
from tminus.platform.files.sniff import media_type
from tminus.runbook.commands.evidence import AddEvidence, KeptFile, add_evidence, placed
from tminus.runbook.commands.evidence_place import Aim, check_target, target_of
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import known
from tminus.runbook.domain.evidence import EvidenceKind
from tminus.runbook.store import execution

FOLDER = "evidence"
"""What the keys of these objects begin with."""


@dataclass(frozen=True, slots=True)
class AddFile:
    """For what the file is, what it is called, and what it shows in words."""

    aim: Aim
    name: str
    words: str = ""


def store_of(services: Services) -> Objects:
    """Return the store of files, or raise `Unavailable` where this process has none."""
    if services.objects is None:
        raise Unavailable("There is no store of files here. Nothing was kept.", hint="Give a link instead.")
    return services.objects


async def add_file(
    services: Services, caller: Caller, command: AddFile, pieces: AsyncIterator[bytes]
) -> UUID:
    """Keep a file as evidence and return the evidence's key. Raises as `add_evidence` does.

    What somebody may not give is refused before it is read. An object whose evidence was not written down in the
    end stays behind until the daily sweep: taking it away at once could take it from a commit that did go through.
    """
    await _allowed(services, caller, command.aim)
    objects = store_of(services)
    taken = await take_in(pieces)
    try:
        name = safe_name(command.name)
        kind = await asyncio.to_thread(media_type, taken.content, name)
        key = f"{FOLDER}/{command.aim.iteration_id}/{new_id()}"
        await objects.put_new(key, taken.content)
    finally:
        taken.close()
    file = KeptFile(name, kind, taken.size, taken.sha256, key)
    return await add_evidence(
        services, caller, AddEvidence(command.aim, EvidenceKind.FILE, command.words, file)
    )


async def _allowed(services: Services, caller: Caller, aim: Aim) -> None:
    _, step_id = await placed(services, caller, aim)
    async with services.database.read() as connection:
        iteration = known(await execution.load_iteration(connection, aim.iteration_id))
        check_target(caller.person, iteration, await target_of(connection, iteration, step_id, aim))
