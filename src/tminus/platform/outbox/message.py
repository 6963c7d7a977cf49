"""A message as a row: written with the change it tells of, sent afterwards by the sender loop."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from tminus.kernel.ids import new_id


class MessageStatus(StrEnum):
    """Where a message stands; `uncertain` = it was cut off in mid-send and may have arrived."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "suppressed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one recipient; a suppressed one is kept, for the record, and never sent.

    `occasion` = what it tells of. `secret` = it holds a personal link: its body is kept only until it is sent.
    `resend_of` = the message it repeats.
    """

    migration_id: UUID
    recipient: str
    subject: str
    body_text: str
    body_html: str | None = None
    iteration_id: UUID | None = None
    step_id: UUID | None = None
    suppressed: bool = False
    occasion: str | None = None
    team_id: UUID | None = None
    secret: bool = False
    resend_of: UUID | None = None
    key: UUID = field(default_factory=new_id)

    def columns(self) -> dict[str, str | bool | None]:
        """Return the row's members, with a Message-ID that stays the same over every attempt."""
        status = MessageStatus.SUPPRESSED if self.suppressed else MessageStatus.QUEUED
        return {
            "id": str(self.key),
            "migration_id": str(self.migration_id),
            "iteration_id": str(self.iteration_id) if self.iteration_id else None,
            "step_id": str(self.step_id) if self.step_id else None,
            "channel": "mail",
            "recipient": self.recipient,
            "subject": self.subject,
            "body_text": self.body_text,
            "body_html": self.body_html,
            "message_id": f"<{self.key}@tminus>",
            "status": status.value,
            "occasion": self.occasion,
            "team_id": str(self.team_id) if self.team_id else None,
            "secret": self.secret,
            "resend_of": str(self.resend_of) if self.resend_of else None,
        }
