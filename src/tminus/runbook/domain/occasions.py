"""What an outcome gives to tell beside activations: blocked, failed, and done to those who come next."""

from __future__ import annotations

from uuid import UUID

from tminus.kernel.instants import instant
from tminus.runbook.domain.act import Outcome
from tminus.runbook.domain.change import Change
from tminus.runbook.domain.neighbourhood import Neighbourhood
from tminus.runbook.domain.occasion import Occasion, Telling
from tminus.runbook.domain.plan import Behaviour

_TOLD = {
    "step.blocked": Occasion.BLOCKED,
    "step.failed": Occasion.FAILED,
    "step.completed": Occasion.COMPLETED,
}


def tellings(outcome: Outcome) -> list[Telling]:
    """Return what is to be told of the changes, each to the teams of the steps that come next.

    What ends by itself without work of its own, a milestone, is told by what it sets free.
    """
    told = []
    for change in outcome.changes:
        occasion = _TOLD.get(change.type)
        if occasion and change.after.behaviour is not Behaviour.MILESTONE:
            told.append(_telling(occasion, change, outcome.after))
    return [one for one in told if one.teams or one.occasion is not Occasion.COMPLETED]


def _telling(occasion: Occasion, change: Change, network: Neighbourhood) -> Telling:
    step = change.after
    words = {"reason": step.reason or "", "who": change.actor.name}
    if step.expected_at:
        words["expected"] = instant(step.expected_at)
    return Telling(occasion, step.id, _teams_after(step.id, network), words=words)


def _teams_after(key: UUID, network: Neighbourhood) -> tuple[UUID, ...]:
    own = network.steps[key].team_id
    teams = {
        step.team_id
        for step in (network.steps[target] for target in network.reach)
        if any(link.predecessor == key for link in network.links.get(step.id, ()))
        and not step.over
        and not step.dormant
    }
    return tuple(sorted((team for team in teams if team and team != own), key=str))
