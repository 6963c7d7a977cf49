"""Who may do what: every row of the table, and nothing beside it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from tminus.kernel.actor import Actor
from tminus.kernel.errors import Forbidden
from tminus.people.domain.rights import ASKED, Person, Right, Role, actor_for, may, require
from tminus.people.domain.rights_table import WORDS, rights_table

HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
TEAM, OTHER_TEAM = UUID(int=3), UUID(int=4)

# The table of the domain, written out by hand: what the code says is held against it, not against itself.
EXPECTED = {
    Right.SEE: {"viewer", "member", "data_lead", "pilot", "approver", "admin", "machine"},
    Right.OWN_STEPS: {"member", "data_lead", "pilot"},
    Right.ANY_STEP: {"pilot"},
    Right.ITERATIONS: {"pilot", "machine"},
    Right.SCHEDULE: {"pilot"},
    Right.PLANS: {"pilot", "machine"},
    Right.DATA: {"data_lead", "pilot"},
    Right.ASK_ROLLBACK: {"data_lead", "pilot"},
    Right.CONFIRM_ROLLBACK: {"approver"},
    Right.DECIDE: {"approver"},
    Right.SECOND_SIGNATURE: {"pilot", "approver"},
    Right.FOLLOW_UP: {"data_lead", "pilot", "approver"},
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


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("right", list(Right))
def test_a_substitute_may_what_the_absent_one_may_there_and_administers_nothing(
    right: Right, who: str
) -> None:
    # What is given away is the role and the team in one migration: not that somebody is an admin.
    absent = person(who)
    held = Person(absent.id, absent.name, roles=absent.roles, teams=absent.teams)
    nora = Person(UUID(int=10), "Nora Lind", substituting=(held,))
    assert may(nora, right, HERE, TEAM) is (who in EXPECTED[right] and who in set(Role))
    assert not may(nora, right, ELSEWHERE, TEAM)
    assert not may(nora, right, None, TEAM)


def test_own_role_and_anothers_team_are_not_mixed() -> None:
    absent = Person(UUID(int=9), "Dana Ruiz", roles={HERE: frozenset({Role.VIEWER})}, teams=frozenset({TEAM}))
    nora = Person(UUID(int=10), "Nora", roles={HERE: frozenset({Role.MEMBER})}, substituting=(absent,))
    assert not may(nora, Right.OWN_STEPS, HERE, TEAM), "neither of the two may"


def test_the_log_names_both_only_where_the_own_rights_do_not_suffice() -> None:
    dana = Person(UUID(int=9), "Dana Ruiz", roles={HERE: frozenset({Role.MEMBER})}, teams=frozenset({TEAM}))
    nora = Person(UUID(int=10), "Nora Lind", roles={HERE: frozenset({Role.PILOT})}, substituting=(dana,))
    assert actor_for(nora, Right.OWN_STEPS, HERE, TEAM) == Actor(UUID(int=10), "Nora Lind for Dana Ruiz")
    assert actor_for(nora, Right.ANY_STEP, HERE) == Actor(UUID(int=10), "Nora Lind")
    assert actor_for(nora, Right.DECIDE, HERE) == nora.actor, "who may not is named as who they are"
    assert nora.roles_in(HERE) == {Role.PILOT, Role.MEMBER}
    assert nora.roles_in(ELSEWHERE) == nora.roles_in(None) == frozenset()
    assert nora.all_teams == {TEAM}
    assert nora.migrations == {HERE}


@pytest.mark.parametrize(
    ("who", "right", "asked", "said"),
    [
        (
            "viewer",
            Right.ITERATIONS,
            "Scheduling an iteration",
            "Scheduling an iteration takes a pilot's role here; you are a viewer.",
        ),
        (
            "member",
            Right.SECOND_SIGNATURE,
            None,
            "Giving the second signature takes a pilot's or an approver's role here; you are a member.",
        ),
        ("stranger", Right.SEE, None, "Seeing this migration takes a role in it; you have none here."),
        ("pilot", Right.ADMINISTER, "Adding a person", "Adding a person takes an admin; you are a pilot."),
        ("stranger", Right.ADMINISTER, "Adding a person", "Adding a person takes an admin; you are not one."),
        (
            "admin",
            Right.DECIDE,
            None,
            "Taking this decision takes an approver's role here; you are an admin.",
        ),
        (
            "machine",
            Right.DECIDE,
            None,
            "Taking this decision takes an approver's role here; the command line acts for nobody in person.",
        ),
    ],
)
def test_a_refusal_says_what_was_asked_who_may_and_what_one_is(
    who: str, right: Right, asked: str | None, said: str
) -> None:
    with pytest.raises(Forbidden) as refusal:
        require(person(who), right, HERE, asked=asked)
    assert refusal.value.sentence == said
    assert refusal.value.hint


def test_a_refusal_for_want_of_a_team_says_so() -> None:
    dana = person("member")
    standing_in = Person(UUID(int=10), "Nora", roles=dana.roles, substituting=(dana,))
    for one, more in ((dana, ""), (standing_in, ", standing in for member")):
        with pytest.raises(Forbidden) as refusal:
            require(one, Right.OWN_STEPS, HERE, OTHER_TEAM)
        assert refusal.value.sentence == (
            "Working on this step takes a member's, a data lead's or a pilot's role in the team that has it; "
            f"you are a member, but not in that team{more}."
        )


def test_the_documented_table_is_the_codes() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "rights.md"
    assert rights_table() in page.read_text(encoding="utf-8")


def test_every_right_has_its_words() -> None:
    assert set(WORDS) == set(ASKED) == set(Right)
