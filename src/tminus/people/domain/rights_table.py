"""The rights as a table for people: on the screen, and in docs/reference/rights.md, which a test holds to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tminus.people.domain.rights import OF_ONES_TEAM, Person, Right, Role, may

WORDS: Mapping[Right, str] = {
    Right.SEE: "see; comment",
    Right.OWN_STEPS: "the own team's steps and tasks; controls it validates",
    Right.ANY_STEP: "any step, waiving a dependency too; substitutes",
    Right.ITERATIONS: "iterations",
    Right.SCHEDULE: "schedule",
    Right.PLANS: "plans (approve a version: not one's own)",
    Right.DATA: "entities, loads, mappings, snapshots",
    Right.ASK_ROLLBACK: "ask for a rollback",
    Right.CONFIRM_ROLLBACK: "confirm a rollback, not one's own",
    Right.DECIDE: "decisions, checklist waivers",
    Right.SECOND_SIGNATURE: "second signature",
    Right.FOLLOW_UP: "checklist evidence, alerts, timeline, reports",
    Right.ADMINISTER: "migrations, users, teams, tokens, settings",
}
_HERE, _TEAM = UUID(int=1), UUID(int=2)


def rights_rows() -> list[dict[str, Any]]:
    """Return a row for each right with the roles that give it, as the API has it."""
    return [
        {
            "right": right.value,
            "name": WORDS[right],
            "roles": [role for role in Role if may(_holder(role), right, _HERE, _TEAM)],
            "own_team_only": right in OF_ONES_TEAM,
        }
        for right in Right
    ]


def rights_table() -> str:
    """Return a Markdown table: a row for each right, a column for each role, admin and the machine's user."""
    people = [_holder(role) for role in Role]
    people += [Person(None, "admin", is_admin=True), Person(None, "command line", machine=True)]
    head = ["Right", *(person.name for person in people)]
    rows = [head, ["---"] * len(head)]
    rows += [[WORDS[right], *("✓" if may(p, right, _HERE, _TEAM) else "" for p in people)] for right in Right]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _holder(role: Role) -> Person:
    name = role.value.replace("_", " ")
    return Person(None, name, roles={_HERE: frozenset({role})}, teams=frozenset({_TEAM}))
