"""Shapes of evidence."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, StringConstraints

from tminus.kernel.plain_text import UNPRINTABLE
from tminus.runbook.domain.evidence import EvidenceKind
from tminus.runbook.schemas.requests import Code, Reason
from tminus.runbook.schemas.shape import Shape


def _printable(text: str) -> str:
    if UNPRINTABLE.search(text):
        raise ValueError("it holds characters that cannot be shown")
    return text


Shown = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4000),
    AfterValidator(_printable),
]


class NewEvidence(Shape):
    """A text, or the address of what shows it; of which task or control of the step, if of one."""

    kind: Literal[EvidenceKind.TEXT, EvidenceKind.LINK]
    words: Shown
    task_code: Code | None = None
    control_code: Code | None = None


class WithdrawEvidence(Shape):
    """Why it is withdrawn."""

    reason: Reason


class Evidence(Shape):
    """A piece of evidence; `size` in bytes, `sha256` in hex.

    `counted` = not withdrawn, and of the running attempt: its step's, or that of a control alone.
    """

    id: UUID
    kind: EvidenceKind
    words: str
    file_name: str | None
    media_type: str | None
    size: int | None
    sha256: str | None
    step_code: str | None
    task_code: str | None
    control_code: str | None
    attempt: int
    counted: bool
    by: str
    at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None
    allowed_actions: list[Literal["withdraw"]]


class EvidenceList(Shape):
    """All that was shown, the oldest first; `mayAdd` = whether who looks may show something now."""

    items: list[Evidence]
    may_add: bool
    next: str | None = None
