"""What the sender asks of the outside world: hand one mail over, and say what is certain about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Mail:
    """One claimed message. `attempt` counts this one; `claimed_at` is wall time."""

    id: UUID
    recipient: str
    subject: str
    body_text: str
    body_html: str | None
    message_id: str
    attempt: int
    claimed_at: datetime


class Outcome(StrEnum):
    """What is certain after an attempt."""

    SENT = "sent"
    """The server took it over."""
    TEMPORARY = "temporary"
    """It was certainly not taken over; another attempt may succeed."""
    PERMANENT = "permanent"
    """It was certainly not taken over, and never will be."""
    UNCERTAIN = "uncertain"
    """The body was handed over and no answer came: it may have arrived."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The outcome of an attempt, with the reason in words where it is not *sent*."""

    outcome: Outcome
    reason: str | None = None


class Transport(Protocol):
    """An outside system that takes mails."""

    async def send(self, mail: Mail) -> Delivery:
        """Try once, in bounded time. Says by its answer, never by an exception, what became of the mail."""
        ...

    def close(self) -> None:
        """Give back what is kept open between mails; it opens again with the next one."""
        ...
