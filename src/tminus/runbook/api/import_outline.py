"""Routes of the difference that an import would make, as a tree."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from tminus.people.api import PersonDep
from tminus.runbook import schemas
from tminus.runbook.api.deps import ReadDep
from tminus.runbook.commands.imports.place import require_batch
from tminus.runbook.queries import import_outline
from tminus.runbook.store.imports import batches

router = APIRouter(tags=["plan imports"])
_MOST = 1_000


@router.get("/plan-imports/{import_id}/outline", response_model=schemas.ImportOutline)
async def read_outline(import_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Read what would change as counts: of each kind, and in each macro-phase and chapter."""
    require_batch(person, await batches.load_batch(connection, import_id))
    return await import_outline.outline_view(connection, import_id)


@router.get("/plan-imports/{import_id}/outline/steps", response_model=schemas.OutlinePage)
async def read_outline_steps(
    import_id: UUID,
    person: PersonDep,
    connection: ReadDep,
    chapter: Annotated[str, Query(max_length=60)],
    change: Literal["added", "changed", "removed"] | None = None,
    after: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=_MOST)] = 200,
) -> Any:
    """Read the steps of a chapter that would change, or whose tasks would, in pages."""
    require_batch(person, await batches.load_batch(connection, import_id))
    items = await import_outline.steps_view(connection, import_id, chapter, change, after, limit)
    return {"items": items, "next": after + limit if len(items) == limit else None}
