"""Routes of evidence: of a step, of a control, and the files of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from tminus.people.identify import PersonDep
from tminus.platform.files.names import attachment
from tminus.platform.idempotency import Replayed
from tminus.runbook.api.answers import entries_of
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.commands.evidence import AddEvidence, add_evidence
from tminus.runbook.commands.evidence_file import AddFile, add_file, store_of
from tminus.runbook.commands.evidence_place import Aim
from tminus.runbook.commands.evidence_withdraw import WithdrawEvidence, withdraw_evidence
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.queries.evidence import evidence_view, file_of, one_evidence
from tminus.runbook.schemas import evidence as schemas
from tminus.runbook.schemas.requests import Code

router = APIRouter(tags=["evidence"])
OF_STEP = "/iterations/{iteration_id}/steps/{code}/evidence"
OF_CONTROL = "/iterations/{iteration_id}/controls/{code}/evidence"
ONE = "/evidence/{evidence_id}"
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The file itself, at most 25 MiB; what it is, is told by its own bytes.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
FileName = Annotated[str, Query(alias="fileName", min_length=1, max_length=255)]
Words = Annotated[str, Query(max_length=1000)]


@router.get(OF_STEP, response_model=schemas.EvidenceList)
async def get_evidence(iteration_id: UUID, code: str, person: PersonDep, connection: ReadDep) -> Any:
    """Give all that was shown for a step: of earlier attempts and withdrawn, too."""
    return await evidence_view(connection, person, iteration_id, code)


@router.post(OF_STEP, status_code=201, response_model=schemas.Evidence)
async def post_evidence(
    iteration_id: UUID, code: str, body: schemas.NewEvidence, services: ServicesDep, caller: CallerDep
) -> Any:
    """Show a text or a link for a step, or for a task or control of it."""
    aim = Aim(iteration_id, code, body.task_code, body.control_code)
    command = AddEvidence(aim, body.kind, body.words)
    return await _added(services, caller, lambda: add_evidence(services, caller, command))


@router.post(f"{OF_STEP}/file", status_code=201, response_model=schemas.Evidence, openapi_extra=_BODY)
async def post_evidence_file(
    iteration_id: UUID,
    code: str,
    request: Request,
    services: ServicesDep,
    caller: CallerDep,
    file_name: FileName,
    words: Words = "",
    task_code: Annotated[Code | None, Query(alias="taskCode")] = None,
    control_code: Annotated[Code | None, Query(alias="controlCode")] = None,
) -> Any:
    """Show a file for a step: the request's body (`application/octet-stream`), read as it comes."""
    command = AddFile(Aim(iteration_id, code, task_code, control_code), file_name, words)
    return await _added(services, caller, lambda: add_file(services, caller, command, request.stream()))


@router.post(OF_CONTROL, status_code=201, response_model=schemas.Evidence)
async def post_control_evidence(
    iteration_id: UUID, code: str, body: schemas.NewEvidence, services: ServicesDep, caller: CallerDep
) -> Any:
    """Show a text or a link for a control; by the team that produces or validates it, or a pilot."""
    command = AddEvidence(Aim(iteration_id, control_code=code), body.kind, body.words)
    return await _added(services, caller, lambda: add_evidence(services, caller, command))


@router.post(f"{OF_CONTROL}/file", status_code=201, response_model=schemas.Evidence, openapi_extra=_BODY)
async def post_control_evidence_file(
    iteration_id: UUID,
    code: str,
    request: Request,
    services: ServicesDep,
    caller: CallerDep,
    file_name: FileName,
    words: Words = "",
) -> Any:
    """Show a file for a control: the request's body (`application/octet-stream`), read as it comes."""
    command = AddFile(Aim(iteration_id, control_code=code), file_name, words)
    return await _added(services, caller, lambda: add_file(services, caller, command, request.stream()))


@router.post(f"{ONE}/withdraw", response_model=schemas.Evidence)
async def post_evidence_withdrawal(
    evidence_id: UUID, body: schemas.WithdrawEvidence, services: ServicesDep, caller: CallerDep
) -> Any:
    """Withdraw one's own evidence, or as a pilot anybody's, with the reason: it is kept, and no longer counted."""
    with suppress(Replayed):
        await withdraw_evidence(services, caller, WithdrawEvidence(evidence_id, body.reason))
    return await _view(services, caller, evidence_id)


@router.get(f"{ONE}/file", response_class=StreamingResponse)
async def get_evidence_file(evidence_id: UUID, person: PersonDep, services: ServicesDep) -> StreamingResponse:
    """Give a file of evidence, to be saved and never drawn."""
    async with services.database.read() as connection:
        file = await file_of(connection, person, evidence_id)
    headers = {
        "Content-Disposition": attachment(file.name),
        "Content-Length": str(file.size),
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingResponse(
        await store_of(services).get(file.key), media_type=file.media_type, headers=headers
    )


async def _added(services: Services, caller: Caller, add: Callable[[], Awaitable[UUID]]) -> dict[str, Any]:
    try:
        key = await add()
    except Replayed as replayed:
        entries = await entries_of(services, replayed)
        key = next(UUID(one.detail["evidence"]["id"]) for one in entries if "evidence" in one.detail)
    return await _view(services, caller, key)


async def _view(services: Services, caller: Caller, key: UUID) -> dict[str, Any]:
    async with services.database.read() as connection:
        return await one_evidence(connection, caller.person, key)
