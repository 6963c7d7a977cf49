"""Whom a message reaches under an iteration's comms: *on* its people, *test* one person, *off* nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tminus.runbook.domain.state import Comms


@dataclass(frozen=True, slots=True)
class Address:
    """Where one message goes; `instead_of` = whom it was meant for, in a test."""

    recipient: str
    instead_of: str | None = None
    suppressed: bool = False


def reach(comms: Comms | None, recipients: Sequence[str], tester: str | None) -> list[Address]:
    """Return one address for each recipient. In a test without a tester nothing goes out, and it is kept."""
    if comms is Comms.ON:
        return [Address(recipient) for recipient in recipients]
    if comms is Comms.TEST and tester:
        return [Address(tester, instead_of=recipient) for recipient in recipients]
    return [Address(recipient, suppressed=True) for recipient in recipients]
