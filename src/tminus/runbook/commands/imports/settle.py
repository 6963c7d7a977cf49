"""What a person decides about an import before it is committed: which repairs, which columns, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tminus.kernel.errors import Invalid, Refused
from tminus.people.domain.rights import Person
from tminus.runbook.commands.imports import stage
from tminus.runbook.commands.imports.check import check
from tminus.runbook.commands.imports.place import require_batch
from tminus.runbook.commands.services import Services
from tminus.runbook.domain.import_words import ALWAYS, Repair
from tminus.runbook.readers.recognise.file import Format
from tminus.runbook.readers.table.columns import COLUMNS, FIELDS
from tminus.runbook.readers.table.columns_guess import field_called
from tminus.runbook.store.imports import batches

ALL = "all"
"""Accepts every kind of repair there is."""


def kinds_of(words: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds of repairs the words name. Raises `Invalid` for one that is none."""
    kinds = {kind.value for kind in Repair} - {kind.value for kind in ALWAYS}
    if ALL in words:
        return tuple(sorted(kinds))
    unknown = sorted(set(words) - kinds - {kind.value for kind in ALWAYS})
    if unknown:
        raise Invalid(
            f"“{unknown[0][:60]}” is no kind of repair. Nothing was changed.",
            hint=f"The kinds are {', '.join(sorted(kinds))}, or {ALL}.",
        )
    return tuple(sorted(set(words) & kinds))


def mapping_of(words: Sequence[str]) -> dict[str, str | None]:
    """Return heading → field of words such as `Dur. (min)=Duration`; nothing behind the `=` leaves a column out.

    A field is named as the template calls it, or by another word for it. Raises `Invalid`.
    """
    mapping: dict[str, str | None] = {}
    for word in words:
        heading, parted, name = word.rpartition("=")
        field = field_called(name) if name.strip() else None
        if not parted or not heading.strip() or (name.strip() and field is None):
            known = ", ".join(column.heading for column in COLUMNS)
            raise Invalid(
                f"“{word[:120]}” does not say which column is which. Nothing was changed.",
                hint=f"Write it as in “Dur. (min)=Duration”. The columns of a plan are {known}.",
            )
        mapping[heading] = field
    return mapping


async def accept(services: Services, person: Person, batch_id: UUID, words: Sequence[str]) -> None:
    """Accept just these kinds of repairs, and work out anew what is wrong and what would change.

    Raises `NotFound`, `Forbidden`, `Invalid` (no such kind) and `Refused` (`import_busy`, `import_over`).
    """
    kinds = kinds_of(words)
    async with services.database.engine.begin() as connection:
        batch = require_batch(person, await batches.load_batch(connection, batch_id, lock=True))
        _is_open(batch.state)
        await batches.change_batch(connection, batch_id, {"accepted": list(kinds)})
        gone = batch.rows_done != await batches.staged_rows(connection, batch_id)
    await _again(services, person, batch_id, restage=gone or batch.format == Format.PLAN_FILE.value)


async def map_columns(
    services: Services, person: Person, batch_id: UUID, mapping: dict[str, str | None]
) -> None:
    """Read the files again with other fields for some columns; None leaves a column out.

    Raises as `accept` does, `Invalid` for a field that there is not.
    """
    unknown = sorted({field for field in mapping.values() if field is not None} - set(FIELDS))
    if unknown:
        raise Invalid(
            f"“{unknown[0][:60]}” is no field of a runsheet. Nothing was changed.",
            hint=f"The fields are {', '.join(FIELDS)}.",
        )
    async with services.database.read() as connection:
        batch = require_batch(person, await batches.load_batch(connection, batch_id))
    _is_open(batch.state)
    await stage.again(services, person, batch_id, mapping)


async def check_again(services: Services, person: Person, batch_id: UUID) -> None:
    """Compare with the plan as it is now; what was cut off is taken up where its file is.

    Raises as `accept` does.
    """
    async with services.database.read() as connection:
        batch = require_batch(person, await batches.load_batch(connection, batch_id))
        gone = batch.rows_done != await batches.staged_rows(connection, batch_id)
    _is_open(batch.state, also=("received", "staging", "failed"))
    restage = gone or batch.state != "checked" or batch.format in (None, Format.PLAN_FILE.value)
    await _again(services, person, batch_id, restage=restage)


async def discard(services: Services, person: Person, batch_id: UUID) -> None:
    """Leave an import off; its raw file stays, and nothing of any plan was changed. Raises as `accept` does."""
    async with services.database.engine.begin() as connection:
        batch = require_batch(person, await batches.load_batch(connection, batch_id, lock=True))
        _is_open(batch.state, also=("received", "failed"))
        await batches.change_batch(connection, batch_id, {"state": "discarded"})
        await batches.clear_staged(connection, batch_id)


async def _again(services: Services, person: Person, batch_id: UUID, *, restage: bool) -> None:
    if restage:
        await stage.again(services, person, batch_id)
    else:
        await check(services.database, person, batch_id)


def _is_open(state: str, also: Sequence[str] = ()) -> None:
    if state == "staging" and state not in also:
        raise Refused(
            "This import is being worked on. Nothing was changed.",
            code="import_busy",
            hint="Wait until it is through, then decide again.",
        )
    if state not in ("checked", *also):
        words = {"committed": "was carried out", "undone": "was undone", "discarded": "was left off"}
        raise Refused(
            f"This import {words.get(state, 'is not checked yet')}. Nothing was changed.",
            code="import_over",
            hint="Import the file again.",
        )
