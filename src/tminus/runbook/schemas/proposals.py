"""What people propose for the plan, from what they learned on a step."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from tminus.runbook.schemas.requests import Reason
from tminus.runbook.schemas.shape import Shape


class NewProposal(Shape):
    """A lesson; with a field of the plan's step and the value it should have, or in words alone."""

    lesson: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
    field: Annotated[str, Field(max_length=60)] | None = None
    value: Any = None


class PlanProposal(Shape):
    """A proposal; `current` = what the newest version of the plan says."""

    id: UUID
    plan_id: UUID
    step_code: str
    step_name: str
    iteration_name: str
    field: str | None
    value: Any
    current: Any
    lesson: str
    by: str
    at: datetime
    state: Literal["open", "accepted", "declined"]
    decided_by: str | None
    decided_at: datetime | None
    reason: str | None
    version: int


class ProposalList(Shape):
    """A plan's proposals, the newest first."""

    items: list[PlanProposal]
    next: str | None = None


class AcceptRequest(Shape):
    """Into which draft; with `was`, only where the value is still that."""

    version_id: UUID
    was: Any = None


class ProposalAccepted(Shape):
    """The proposal as it is now; `edit` = number of the edit that it became, if it became one."""

    proposal: PlanProposal
    edit: int | None


class DeclineRequest(Shape):
    """Why it is not taken up."""

    reason: Reason
