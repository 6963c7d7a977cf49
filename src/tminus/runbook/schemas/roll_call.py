"""The roll-call before T-0."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from tminus.runbook.domain.state import Comms
from tminus.runbook.schemas.requests import Instant
from tminus.runbook.schemas.shape import Shape
from tminus.runbook.schemas.spoken import Note


class NewRollCall(Shape):
    """By when every team should have answered, if by a time; whom its messages reach, before the start alone."""

    due_at: Instant | None = None
    comms: Comms | None = None


class HereRequest(Shape):
    """A word to the pilot with it, or none."""

    note: Note = ""


class Reachable(Shape):
    """Somebody of a team, and how to call them."""

    name: str
    phone: str | None


class CalledTeam(Shape):
    """A team that was asked; while it is missing, with how to reach it. `own` = the reader may speak for it."""

    team_id: UUID
    code: str
    name: str
    here_at: datetime | None
    here_by: str | None
    on_behalf: bool
    note: str | None
    phone: str | None
    people: list[Reachable]
    own: bool
    allowed_actions: list[Literal["here"]]


class RollCall(Shape):
    """A roll-call with its teams, the missing ones first; `here` = how many have answered.

    `told` = whom its messages were for, in words; null where it was not kept.
    """

    id: UUID
    opened_by: str
    opened_at: datetime
    due_at: datetime | None
    told: str | None
    closed_by: str | None
    closed_at: datetime | None
    here: int
    teams: list[CalledTeam]


class RollCallNow(Shape):
    """The open roll-call, else the newest, else none; and what the reader may do.

    `messages` = whom the messages of one that is opened now reach. `asks_comms` = the iteration has no comms yet:
    they may be chosen for the roll-call alone (off where they are not), and have to be where `comms_required`.
    """

    roll_call: RollCall | None
    allowed_actions: list[Literal["open", "close"]]
    asks_comms: bool
    comms_required: bool
    messages: str
