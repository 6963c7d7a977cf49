"""Writes the resources of an MS Project file, which are the plan's teams, and what each is assigned to."""

from __future__ import annotations

from collections.abc import Iterator

from tminus.runbook.domain.plan import Plan, Team
from tminus.runbook.readers.msproject.elements import Value, branch, leaves
from tminus.runbook.readers.msproject.terms import team_field
from tminus.runbook.readers.msproject.times import duration_text


def teams_of(plan: Plan) -> list[Team]:
    """Return the plan's teams, and whom a step names that is not among them."""
    known = {team.code: team for team in plan.teams}
    named = sorted({step.team for step in plan.steps() if step.team} - known.keys())
    return [*known.values(), *(Team(code, code) for code in named)]


def resource(team: Team, number: int) -> Iterator[str]:
    """Yield the resource of a team."""
    values: dict[str, Value] = {
        "UID": number,
        "ID": number,
        "Name": team.name,
        "Type": 1,
        "IsNull": 0,
        "EmailAddress": team.email,
    }
    own = {"code": team.code, "phone": team.phone}
    fields = (
        line
        for key, text in own.items()
        if text
        for line in branch("ExtendedAttribute", leaves({"FieldID": team_field(key), "Value": text}))
    )
    yield from branch("Resource", [*leaves(values), *fields])


def assignments(plan: Plan, uids: dict[str, int], teams: list[str]) -> Iterator[str]:
    """Yield who does which step; `teams` = their codes in the order of the resources."""
    numbers = {code: place for place, code in enumerate(teams, 1)}
    owned = ((step, numbers[step.team]) for step in plan.steps() if step.team)
    for number, (step, team) in enumerate(owned, 1):
        values: dict[str, Value] = {
            "UID": number,
            "TaskUID": uids[step.code],
            "ResourceUID": team,
            "Units": 1,
            "Work": duration_text(step.duration_seconds),
        }
        yield from branch("Assignment", leaves(values))
