"""Evidence: what somebody shows for a step, a task of it or a control. Pure rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from tminus.kernel.errors import Forbidden, Invalid, Refused
from tminus.runbook.domain.asking import last_change
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.state import RUNNING, StepState
from tminus.runbook.domain.step import Step


class EvidenceKind(StrEnum):
    """A text, an address, or a file."""

    TEXT = "text"
    LINK = "link"
    FILE = "file"


SHOWABLE = frozenset(
    {
        StepState.ACTIVATED,
        StepState.IN_PROGRESS,
        StepState.VERIFYING,
        StepState.BLOCKED,
        StepState.FAILED,
        StepState.COMPLETE,
    }
)
"""States of a step for which something can be shown: it has been begun, or was."""


@dataclass(frozen=True, slots=True)
class EvidenceNow:
    """A piece of evidence as it stands."""

    id: UUID
    migration_id: UUID
    iteration_id: UUID
    step_id: UUID | None
    step_code: str | None
    control_id: UUID | None
    attempt: int
    kind: EvidenceKind
    words: str
    file_name: str | None
    by_id: UUID | None
    by_name: str
    withdrawn: bool


def check_words(kind: EvidenceKind, words: str) -> str:
    """Return the words without blanks around them. Raises `Invalid` where they say nothing or are no address."""
    plain = words.strip()
    if kind is EvidenceKind.LINK:
        return _address(plain)
    if kind is EvidenceKind.TEXT and not plain:
        raise Invalid("Evidence says something. Nothing was kept.", hint="Write what shows it.")
    return plain


def _address(plain: str) -> str:
    try:
        parts = urlsplit(plain)
        known = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        known = False
    if not known or any(sign.isspace() for sign in plain):
        raise Invalid(
            "A link begins with http:// or https:// and names a host. Nothing was kept.",
            hint="Copy the whole address from the browser.",
        )
    return plain


def check_shown(step: Step | None, iteration: Iteration, *, may: bool) -> None:
    """Raise the refusal of the first rule that keeps this person from showing something for the step (or control)."""
    if not may:
        raise Forbidden(
            "Evidence is added by the team that does the work, the team that validates it, or a pilot."
            " You are none of them.",
            hint="Ask a pilot, or have an admin change your role or team.",
        )
    if iteration.state not in RUNNING or (step is not None and step.dormant):
        raise Refused(
            f"{iteration.name} is not live. Nothing was kept.",
            code="not_live",
            hint="Evidence is added while it is live.",
        )
    if step is not None and step.state not in SHOWABLE:
        raise Refused(
            f"Nothing can be shown for {step.code} yet, or any more: {last_change(step, iteration)}. Nothing was kept.",
            code="wrong_state",
            hint="Its step must be activated or begun.",
        )


def check_withdrawal(
    one: EvidenceNow, step: Step | None, iteration: Iteration, reason: str, *, own: bool, pilot: bool
) -> None:
    """Raise the refusal of the first rule that keeps the evidence where it is."""
    if not (own or pilot):
        raise Forbidden(
            f"{one.by_name} added this evidence; only who did, or a pilot, withdraws it.", hint="Ask a pilot."
        )
    if iteration.state not in RUNNING:
        raise Refused(
            f"{iteration.name} is not live. Nothing was changed.",
            code="not_live",
            hint="What was shown on the night stays as it was.",
        )
    if one.withdrawn:
        raise Refused("It was withdrawn already.", code="already_withdrawn", hint="Nothing else is needed.")
    if not reason.strip():
        raise Invalid(
            "To withdraw evidence takes a reason. Nothing was changed.", hint="Say why in a sentence."
        )
    if step is not None and step.state is StepState.COMPLETE and _last(one, step):
        raise Refused(
            f"{step.code} is complete by this evidence. Nothing was changed.",
            code="last_evidence",
            hint="Add what is right first, or have a pilot reopen the step.",
        )


def _last(one: EvidenceNow, step: Step) -> bool:
    return step.evidence_required and one.attempt == step.attempt and step.evidence_count <= 1


def counts(one: EvidenceNow, step: Step) -> bool:
    """Tell whether the evidence is counted on the step: it is of the running attempt."""
    return one.attempt == step.attempt
