"""Who may do what: every row of the table, and nothing beside it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from tminus.kernel.errors import Forbidden
from tminus.people.domain.rights import Person, Right, Role, may, require
from tminus.people.domain.rights_table import rights_table

HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
TEAM, OTHER_TEAM = UUID(int=3), UUID(int=4)

# The table of the domain, written out by hand: what the code says is held against it, not against itself.
EXPECTED = {
    Right.SEE: {"viewer", "member", "data_lead", "pilot", "approver", "admin", "machine"},
    Right.OWN_STEPS: {"member", "data_lead", "pilot"},
    Right.ANY_STEP: {"pilot"},
    Right.ITERATIONS: {"pilot", "machine"},
    Right.PLANS: {"pilot", "machine"},
    Right.DECIDE: {"approver"},
    Right.ADMINISTER: {"admin", "machine"},
}
WHO = [*(role.value for role in Role), "admin", "machine", "stranger"]


def person(who: str) -> Person:
    roles = {HERE: frozenset({Role(who)})} if who in set(Role) else {}
    return Person(
        UUID(int=9),
        who,
        is_admin=who == "admin",
        machine=who == "machine",
        roles=roles,
        teams=frozenset({TEAM}),
    )


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("right", list(Right))
def test_every_row(right: Right, who: str) -> None:
    allowed = who in EXPECTED[right]
    assert may(person(who), right, HERE, TEAM) is allowed
    if allowed:
        require(person(who), right, HERE, TEAM)
    else:
        with pytest.raises(Forbidden):
            require(person(who), right, HERE, TEAM)


def test_the_expectation_has_every_right() -> None:
    assert set(EXPECTED) == set(Right)


@pytest.mark.parametrize("role", [role.value for role in Role])
@pytest.mark.parametrize("right", list(Right))
def test_a_role_ends_at_its_migration(right: Right, role: str) -> None:
    assert not may(person(role), right, ELSEWHERE, TEAM)
    assert not may(person(role), right, None, TEAM)


@pytest.mark.parametrize("role", sorted(EXPECTED[Right.OWN_STEPS]))
def test_own_steps_are_those_of_a_team_one_is_in(role: str) -> None:
    assert not may(person(role), Right.OWN_STEPS, HERE, OTHER_TEAM)
    assert not may(person(role), Right.OWN_STEPS, HERE, None)


def test_roles_add_up() -> None:
    both = Person(UUID(int=9), "both", roles={HERE: frozenset({Role.VIEWER, Role.APPROVER})})
    assert may(both, Right.DECIDE, HERE)


def test_a_refusal_names_who_has_the_right() -> None:
    with pytest.raises(Forbidden) as refusal:
        require(person("viewer"), Right.DECIDE, HERE)
    assert "“decisions”" in refusal.value.sentence
    assert "an approver" in refusal.value.sentence
    assert refusal.value.hint


def test_the_documented_table_is_the_codes() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "rights.md"
    assert rights_table() in page.read_text(encoding="utf-8")
