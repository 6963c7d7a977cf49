"""Telling people that they are asked, or asked still."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tminus.kernel.instants import wall_time
from tminus.runbook.commands.deciding import Sitting
from tminus.runbook.commands.decision_links import give_links
from tminus.runbook.commands.second_signature import SIGNERS
from tminus.runbook.commands.services import Services
from tminus.runbook.domain.decision import Kind
from tminus.runbook.domain.occasion import Occasion, Telling
from tminus.runbook.store import decision_lookup


async def tell_asked(services: Services, sat: Sitting, users: Sequence[UUID]) -> None:
    """Tell these named people that they are asked, each with a personal link of their own."""
    await _tell(services, sat, users, Occasion.DECISION_ASKED)


async def tell_again(services: Services, sat: Sitting, users: Sequence[UUID]) -> None:
    """Remind these people; who is asked by name gets a new link, and the one in the earlier message is dead."""
    await _tell(services, sat, users, Occasion.DECISION_REMINDER)


async def _tell(services: Services, sat: Sitting, users: Sequence[UUID], occasion: Occasion) -> None:
    decision, zone = sat.decision, sat.iteration.zone
    named = [user for user in users if decision.voter(user)]
    links = await give_links(sat.tx.connection, decision.id, named) if named else {}
    words = {
        "question": decision.question,
        "detail": decision.detail,
        "who": decision.asked_by_name or "",
        "deadline": wall_time(decision.deadline, zone) if decision.deadline else "",
        "reason": decision.detail,
    }
    telling = Telling(occasion, decision.step_id, users=tuple(users), words=words, links=links)
    await services.messages.tell(sat.tx, sat.iteration, [telling])


async def missing(sat: Sitting) -> list[tuple[UUID, str]]:
    """Return (key, name) of those who could answer and have not."""
    decision = sat.decision
    asked = [(voter.user_id, voter.name) for voter in decision.voters]
    if not asked:
        roles = SIGNERS if decision.kind is Kind.SECOND_SIGNATURE else ("approver",)
        found = await decision_lookup.holders(sat.tx.connection, decision.migration_id, roles)
        doer = decision.asked_by_id if decision.kind is Kind.SECOND_SIGNATURE else None
        asked = [(key, name) for key, name, _ in found if key != doer]
    return [(key, name) for key, name in asked if decision.answer_of(key) is None]
