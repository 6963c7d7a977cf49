"""Personal links to a decision: each works without signing in, for one person and this decision, to answer once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person
from tminus.people.queries import person_by_id
from tminus.platform.auth.secret import digest, new_secret
from tminus.runbook.commands.deciding import Written
from tminus.runbook.commands.decision import AnswerCommand, answer_decision
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.decision import Answer
from tminus.runbook.store import decision_voters

PAGE = "/decide"
"""The secret follows as a fragment, which browsers send to no server and no log."""


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """An answer by a personal link; whose it is, is the link's."""

    secret: str
    answer: Answer
    reason: str


async def give_links(
    connection: AsyncConnection, decision_id: UUID, users: Iterable[UUID]
) -> dict[UUID, str]:
    """Give voters a link each and return its path by user; only its SHA-256 is kept."""
    secrets = {user: new_secret() for user in users}
    hashes = {user: digest(secret) for user, secret in secrets.items()}
    await decision_voters.set_links(connection, decision_id, hashes)
    return {user: f"{PAGE}#{secret}" for user, secret in secrets.items()}


async def holder_of(connection: AsyncConnection, secret: str) -> tuple[UUID, Person]:
    """Return the decision a link leads to, and whose it is.

    Raises `NotFound` (`no_such_link`) for an unknown one, and for who was shut out: neither is told apart.
    """
    link = await decision_voters.link_of(connection, digest(secret))
    person = await person_by_id(connection, link.user_id) if link else None
    if link is None or person is None:
        raise NotFound(
            "This link leads to no question. Nothing was answered.",
            hint="A newer message may hold a newer link; or sign in, and answer there.",
        )
    return link.decision_id, person


async def answer_by_link(services: Services, command: LinkAnswer) -> Written:
    """Answer in the name of whoever the link was given to. Raises as `answer_decision` does, and `NotFound`."""
    async with services.database.read() as connection:
        decision_id, person = await holder_of(connection, command.secret)
    answer = AnswerCommand(decision_id, command.answer, command.reason, by_link=True)
    return await answer_decision(services, Caller(person), answer)
