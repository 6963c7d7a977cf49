"""How a missing right is said: what was asked for, who may, and what the asker is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from tminus.kernel.errors import Forbidden
from tminus.people.domain.person import Person, Role


@dataclass(frozen=True, slots=True)
class Missing:
    """A right that somebody has not: `asked` is the subject of a sentence, `roles` are those that give it.

    Without any role it takes an admin; `everyone` = any role will do; `of_ones_team` = the team counts too.
    """

    asked: str
    roles: frozenset[Role]
    everyone: bool = False
    of_ones_team: bool = False


def refusal(person: Person, missing: Missing, migration_id: UUID | None) -> Forbidden:
    """Return the refusal that says it: "Scheduling CUTOVER takes a pilot's role here; you are a viewer."."""
    hint = "Ask an admin to give you the role, or somebody who has it to do this."
    if not (missing.roles or missing.everyone):
        hint = "Ask an admin to do it."
    return Forbidden(
        f"{missing.asked} takes {_who_may(missing)}; {_what_one_is(person, missing, migration_id)}.",
        hint=hint,
    )


def _who_may(missing: Missing) -> str:
    if missing.everyone:
        return "a role in it"
    if not missing.roles:
        return "an admin"
    having = _listed([f"{_a(role)}'s" for role in Role if role in missing.roles], "or")
    return f"{having} role {'in the team that has it' if missing.of_ones_team else 'here'}"


def _what_one_is(person: Person, missing: Missing, migration_id: UUID | None) -> str:
    if person.machine:
        return "the command line acts for nobody in person"
    own = person.roles.get(migration_id, frozenset()) if migration_id else frozenset()
    words = [_a(role) for role in Role if role in own]
    if person.is_admin:
        words.append("an admin")
    if not words and not missing.everyone and (migration_id is None or not missing.roles):
        return "you are not one"
    said = f"you are {_listed(words, 'and')}" if words else "you have none here"
    if missing.of_ones_team and own & missing.roles:
        said += ", but not in that team"
    absent = [one.name for one in person.substituting if migration_id in one.roles]
    return f"{said}, standing in for {_listed(absent, 'and')}" if absent else said


def _a(role: Role) -> str:
    word = role.value.replace("_", " ")
    return f"an {word}" if word[0] in "aeio" else f"a {word}"


def _listed(words: Collection[str], last: str) -> str:
    *some, final = words
    return f"{', '.join(some)} {last} {final}" if some else final
