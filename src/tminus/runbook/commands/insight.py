"""What rehearsals taught: accepted into the plan's draft as an edit, or declined; either way kept as a proposal."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tminus.kernel.errors import Invalid, NotFound, Refused
from tminus.kernel.ids import new_id
from tminus.people.domain.rights import Right, require
from tminus.platform.database import Database
from tminus.platform.eventlog.record import Entry
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.insight_edit import NewStep, edits_of
from tminus.runbook.commands.plan_draft import copy_into_draft
from tminus.runbook.commands.plan_edit import Asked, apply_edits, draft_of
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.rehearsals.insight import Insight
from tminus.runbook.domain.rehearsals.insights import all_insights
from tminus.runbook.domain.rehearsals.taking import evidence_json, lesson, subject, title
from tminus.runbook.events import plan_fact
from tminus.runbook.store import plan_versions, proposals, rehearsals
from tminus.runbook.store.rehearsals import PlanHere
from tminus.runbook.store.version import Version

PROPOSER = "Tminus"
"""Who proposes what was reckoned: nobody's lesson goes under another one's name."""


@dataclass(frozen=True, slots=True)
class AcceptInsight:
    """An insight by its fingerprint, to be put into the plan's draft.

    `was` = the duration that was shown, where `checked`: it must still be that. `code` and `name` = of a new step.
    """

    plan_id: UUID
    insight: str
    was: int | None = None
    checked: bool = False
    code: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class DeclineInsight:
    """An insight that is not taken up, and why."""

    plan_id: UUID
    insight: str
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What an accepted insight became."""

    proposal_id: UUID
    version_id: UUID
    number: int
    made_draft: bool
    edit: int

    def shown(self) -> dict[str, Any]:
        """Return it as the API says it, without the proposal."""
        return {
            "versionId": self.version_id,
            "versionNumber": self.number,
            "madeDraft": self.made_draft,
            "edit": self.edit,
        }


@dataclass(frozen=True, slots=True)
class _Found:
    plan: PlanHere
    insight: Insight


async def accept_insight(database: Database, caller: Caller, command: AcceptInsight) -> Taken:
    """Put an insight into the plan's draft, made from the approved version if there is none.

    Raises `NotFound`, `Forbidden`, `Unavailable` and `Refused`: `insight_gone` where what happened does not support
    it, `already_decided`, `already_so` where the draft says so, and as for edits.
    """
    plan, insight = await _find(database, caller, command.plan_id, command.insight)
    migration_id = plan.migration_id
    async with unit_of_work(
        database, migration_id, caller.actor(Right.PLANS, migration_id), caller.key
    ) as tx:
        found = await _still(tx, plan, insight, command.insight)
        version, made = await _draft(tx, command.plan_id)
        new_step = NewStep(command.code, command.name)
        was = command.was if command.checked else found.insight.current
        edits = await edits_of(tx.connection, version, found.insight, was, new_step)
        before = len(tx.entries)
        number = await apply_edits(tx, version, Asked(edits, title(found.insight)))
        if len(tx.entries) == before:
            raise _already_so(found.insight, version)
        taken = Taken(new_id(), version.id, version.number, made, number)
        await _keep(tx, found, taken.proposal_id, "accepted", draft_id=version.id, draft_edit=number)
        said = {"versionId": str(version.id), "number": version.number, "madeDraft": made, "edit": number}
        tx.record(_decided(tx, found, taken.proposal_id, "accepted", said))
        return taken


async def decline_insight(database: Database, caller: Caller, command: DeclineInsight) -> UUID:
    """Keep that an insight is not taken up: on the same evidence it is not proposed again.

    Returns the key of the proposal it is kept as. Raises `NotFound`, `Forbidden`, `Invalid` (no reason), `Refused`
    (`insight_gone`, `already_decided`) and `Unavailable`.
    """
    reason = command.reason.strip()
    if not reason:
        raise Invalid(
            "Declining takes a reason. Nothing was changed.", hint="Say why the plan stays as it is."
        )
    plan, insight = await _find(database, caller, command.plan_id, command.insight)
    migration_id = plan.migration_id
    async with unit_of_work(
        database, migration_id, caller.actor(Right.PLANS, migration_id), caller.key
    ) as tx:
        found = await _still(tx, plan, insight, command.insight)
        key = new_id()
        await _keep(tx, found, key, "declined", reason=reason)
        tx.record(_decided(tx, found, key, "declined", {"reason": reason}))
        return key


def taken_before(entries: Sequence[Entry]) -> Taken:
    """Return what a request that was carried out before had become, from what it wrote in the log."""
    said = next(one.detail for one in entries if one.type == "plan.proposal_accepted")
    return Taken(
        UUID(said["proposalId"]), UUID(said["versionId"]), said["number"], said["madeDraft"], said["edit"]
    )


async def _find(
    database: Database, caller: Caller, plan_id: UUID, key: str
) -> tuple[PlanHere, Insight | None]:
    """Reckon the plan's insights and return the one of this fingerprint, if it is among them.

    Outside the lock: what is over changes no more, and a running night must not wait for it. What the draft says
    is looked at under the lock.
    """
    async with database.read() as connection:
        plan = await rehearsals.plan_here(connection, plan_id)
        if plan is None:
            raise NotFound("There is no such plan.", hint="Choose one from the list of plans.")
        require(caller.person, Right.PLANS, plan.migration_id)
        history = await rehearsals.load_history(connection, plan)
    insights = await asyncio.to_thread(all_insights, history)
    return plan, next((one for one in insights if one.key == key), None)


async def _still(tx: Transaction, plan: PlanHere, insight: Insight | None, key: str) -> _Found:
    """The insight, if nobody has answered it. Raises `Refused` (`already_decided`, `insight_gone`)."""
    answered = await rehearsals.answered_insights(tx.connection, plan.id)
    if key in answered:
        raise _already_decided(answered[key].state)
    if insight is None:
        raise Refused(
            "The rehearsals do not speak for this, or the newest version says so already. Nothing was changed.",
            code="insight_gone",
            hint="Reload the rehearsals.",
        )
    return _Found(plan, insight)


def _already_decided(state: str) -> Refused:
    return Refused(
        f"This was {state} already. Nothing was changed.",
        code="already_decided",
        hint="Reload the rehearsals.",
    )


def _already_so(insight: Insight, version: Version) -> Refused:
    return Refused(
        f"The draft, version {version.number} of {version.plan_name}, says that of {insight.code} already."
        " Nothing was changed.",
        code="already_so",
        hint="Look at the draft.",
        versionId=str(version.id),
    )


async def _draft(tx: Transaction, plan_id: UUID) -> tuple[Version, bool]:
    """The plan's draft, and whether it was made for this."""
    versions = await plan_versions.versions_of(tx.connection, plan_id)
    drafts = [version for version in versions if version.status == "draft"]
    if drafts:
        return drafts[0], False
    made = await copy_into_draft(tx, versions, None)
    return await draft_of(tx, made.id), True


async def _keep(tx: Transaction, found: _Found, key: UUID, state: str, **more: Any) -> None:
    insight, last = found.insight, subject(found.insight)
    row = {
        "id": key,
        "plan_id": found.plan.id,
        "iteration_id": last.night.id,
        "step_id": last.cell.step_id,
        "step_code": insight.code,
        "field": "durationSeconds" if insight.proposed is not None else None,
        "value": insight.proposed,
        "lesson": lesson(insight, found.plan.migration_key),
        "by_id": None,
        "by_name": PROPOSER,
        "at": tx.now,
        "state": state,
        "decided_by_name": tx.actor.name,
        "decided_at": tx.now,
        "insight": insight.key,
    }
    await proposals.insert_proposal(tx.connection, row | more)


def _decided(tx: Transaction, found: _Found, key: UUID, state: str, said: dict[str, Any]) -> Any:
    insight = found.insight
    return plan_fact(
        f"plan.proposal_{state}",
        f"{tx.actor.name} {state} for {found.plan.name} what rehearsals taught: {insight.sentence}",
        proposalId=str(key),
        planId=str(found.plan.id),
        stepCode=insight.code,
        insight={"id": insight.key, "kind": insight.kind.value, "evidence": evidence_json(insight)},
        before={"state": "open"},
        after={"state": state},
        **said,
    )
