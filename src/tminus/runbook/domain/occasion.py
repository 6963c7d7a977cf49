"""What people are told of, and to whom: what a command hands to the port for messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Occasion(StrEnum):
    """What a message tells of; each has a template of its own."""

    ACTIVATED = "activated"
    NOT_TAKEN = "not_taken"
    UPCOMING = "upcoming"
    BLOCKED = "blocked"
    FAILED = "failed"
    COMPLETED = "completed"
    HOLD = "hold"
    RESUME = "resume"
    MENTION = "mention"
    DECISION_ASKED = "decision_asked"
    DECISION_REMINDER = "decision_reminder"
    ROLL_CALL = "roll_call"
    BACK_OUT = "back_out"


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing to tell, to these teams and users; the occasion may add pilots or teams of its own.

    `words` = what the template may use beside the step's own words. `links` = path of a personal link by user;
    such a link is a secret, and the row that holds it is marked as one.
    """

    occasion: Occasion
    step_id: UUID | None = None
    teams: tuple[UUID, ...] = ()
    users: tuple[UUID, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one message, as a pilot wrote them for it."""

    subject: str
    body: str
