"""Shapes of single messages."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, StringConstraints

from tminus.kernel.plain_text import UNPRINTABLE
from tminus.runbook.domain.state import Comms
from tminus.runbook.schemas.shape import Shape


def _printable(text: str) -> str:
    if UNPRINTABLE.search(text):
        raise ValueError("it holds characters that cannot be printed")
    return text


class HandledRequest(Shape):
    """How the recipient was reached otherwise."""

    note: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
        AfterValidator(_printable),
    ]


class MessageDone(Shape):
    """A message was seen to; `resent` = the new one, where it was sent again."""

    id: UUID
    resent: UUID | None


class MessageRecipient(Shape):
    """Whom the message is for, and where it goes in truth: to somebody else in a test."""

    address: str
    goes_to: str | None


class ActivationPreview(Shape):
    """What a step's team would be sent on its activation; `sentence` says what becomes of it."""

    recipients: list[MessageRecipient]
    comms: Comms | None
    suppressed: bool
    sentence: str
    subject: str
    body: str
