"""A decision as its personal link shows it: to one person, who is not signed in, and nothing beside it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.instants import instant, wall_time
from tminus.people.domain.rights import Person
from tminus.platform.clock import server_now
from tminus.runbook.domain.decision import Decision, Given
from tminus.runbook.queries.decisions import one_decision
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.store import decisions

_SHOWN = (
    "kind",
    "question",
    "detail",
    "quorum",
    "deadline",
    "askedAt",
    "askedBy",
    "stepCode",
    "stepName",
    "asked",
    "answers",
    "status",
    "sentence",
    "outcome",
    "closedAt",
    "allowedAnswers",
)


async def link_view(connection: AsyncConnection, person: Person, decision_id: UUID) -> dict[str, Any]:
    """Return the decision for whoever the link was given to; `dead` = why it takes no answer, None while it does."""
    shown = await one_decision(connection, person, decision_id)
    decision = await decisions.load_decision(connection, decision_id)
    row, iteration = await visible_iteration(connection, person, UUID(shown["iterationId"]))
    zone = iteration.zone
    given = decision.answer_of(person.id) if decision else None
    voter = decision.voter(person.id) if decision else None
    return {
        **{name: shown[name] for name in _SHOWN},
        "name": person.name,
        "as": voter.role if voter else "",
        "migrationName": row.migration_name,
        "iterationName": iteration.name,
        "zone": zone,
        "yours": given.answer.value if given else None,
        "yourReason": given.reason if given else None,
        "dead": _dead(decision, given, shown, zone),
        "now": instant(await server_now(connection)),
    }


def _dead(decision: Decision | None, given: Given | None, shown: dict[str, Any], zone: str) -> str | None:
    if given:
        return f"This link was used at {wall_time(given.at, zone)}: you answered {given.answer.words}."
    if decision is None or shown["allowedAnswers"]:
        return None
    if shown["status"] == "open":
        return "It takes no answer at this moment: what it waits for is not done, or the iteration is over."
    return str(shown["sentence"])
