"""Past facts about people, as the log states them. Users, tokens and the clock: the system stream."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tminus.kernel.facts import Fact


def migration_created(migration_id: UUID, after: Mapping[str, Any], by: str) -> Fact:
    """State that a migration was made; the first fact of its own stream."""
    sentence = f"{by} made the migration {after['name']} ({after['key']})"
    return Fact("migration.created", sentence, detail={"migrationId": str(migration_id), "after": after})


def migration_changed(
    migration: tuple[UUID, str], before: Mapping[str, Any], after: Mapping[str, Any], by: str
) -> Fact:
    """State that words of a migration (key, code) were changed."""
    members = ", ".join(sorted(after))
    detail = {"migrationId": str(migration[0]), "before": before, "after": after}
    return Fact("migration.changed", f"{by} changed {migration[1]} ({members})", detail=detail)


def migration_begun(name: str, iteration: str) -> Fact:
    """State that a migration is in progress: its first iteration went live."""
    change = {"before": {"status": "planning"}, "after": {"status": "in_progress"}}
    return Fact("migration.begun", f"{name} is in progress: {iteration} went live", detail=change)


def migration_moved(
    migration: tuple[str, str], type_: str, before: Mapping[str, Any], after: Mapping[str, Any], by: str
) -> Fact:
    """State that a migration (name, what was done to it) was completed, failed or reopened, by whom and why."""
    name, did = migration
    why = f": {after['reason']}" if after["reason"] else ""
    return Fact(type_, f"{by} {did} {name}{why}", detail={"before": dict(before), "after": dict(after)})


def user_created(user_id: UUID, after: Mapping[str, Any], by: str) -> Fact:
    """State that a person was added."""
    sentence = f"{by} added {after['name']} ({after['email']})"
    return Fact("user.created", sentence, detail={"userId": str(user_id), "after": after})


def user_changed(
    user: tuple[UUID, str], before: Mapping[str, Any], after: Mapping[str, Any], by: str
) -> Fact:
    """State that a person (key, name) was changed."""
    members = ", ".join(sorted(after))
    detail = {"userId": str(user[0]), "before": before, "after": after}
    return Fact("user.changed", f"{by} changed {user[1]} ({members})", detail=detail)


def sessions_ended(user: tuple[UUID, str], count: int, by: str) -> Fact:
    """State that every session of a person (key, name) was ended."""
    detail = {"userId": str(user[0]), "sessions": count}
    return Fact("user.signed_out", f"{by} ended every session of {user[1]}", detail=detail)


def roles_changed(user: tuple[UUID, str], before: Sequence[str], after: Sequence[str], by: str) -> Fact:
    """State which roles a person (key, name) has in the stream's migration, and had."""
    roles = ", ".join(role.replace("_", " ") for role in after) or "none"
    detail = {"userId": str(user[0]), "before": {"roles": list(before)}, "after": {"roles": list(after)}}
    return Fact("roles.changed", f"{by} set the roles of {user[1]} to {roles}", detail=detail)


def team_changed(
    team: tuple[UUID, str], before: Mapping[str, Any] | None, after: Mapping[str, Any], by: str
) -> Fact:
    """State that a team (key, code) was made (`before` is None) or changed."""
    type_, verb = ("team.created", "made") if before is None else ("team.changed", "changed")
    detail = {"teamId": str(team[0]), "teamCode": team[1], "before": before, "after": after}
    return Fact(type_, f"{by} {verb} the team {team[1]}", detail=detail)


def team_deleted(team_id: UUID, before: Mapping[str, Any], by: str) -> Fact:
    """State that a team was removed; `before` is what was said about it."""
    detail = {"teamId": str(team_id), "teamCode": before["code"], "before": before}
    return Fact("team.deleted", f"{by} deleted the team {before['code']}", detail=detail)


def members_changed(team: tuple[UUID, str], before: Sequence[str], after: Sequence[str], by: str) -> Fact:
    """State who is in a team (key, code), and was: keys of people."""
    detail = {"teamId": str(team[0]), "before": {"members": list(before)}, "after": {"members": list(after)}}
    count = "1 member" if len(after) == 1 else f"{len(after)} members"
    return Fact("team.members_changed", f"{by} changed team {team[1]}: {count}", detail=detail)


def substitute_named(substitute_id: UUID, names: tuple[str, str], after: Mapping[str, Any], by: str) -> Fact:
    """State who (first of `names`) stands in for whom (second), and from when until when."""
    sentence = f"{by} named {names[0]} as substitute for {names[1]}"
    detail = {"substitutionId": str(substitute_id), "userId": after["substituteId"], "after": after}
    return Fact("substitute.named", sentence, detail=detail)


def substitute_ended(substitution: tuple[UUID, UUID], names: tuple[str, str], ended_at: str, by: str) -> Fact:
    """State that who (first of `names`) stands in for whom (second) no longer does, before the time was over.

    `substitution` = its key, and the substitute's.
    """
    change = {"before": {"endedAt": None}, "after": {"endedAt": ended_at}}
    detail = {"substitutionId": str(substitution[0]), "userId": str(substitution[1]), **change}
    return Fact("substitute.ended", f"{by} ended that {names[0]} stands in for {names[1]}", detail=detail)


def password_set(user: tuple[UUID, str], sessions: int, *, first: bool) -> Fact:
    """State that a person (key, name) set a password, the first or another; nothing of the password itself."""
    verb = "set a password" if first else "changed the password"
    detail = {"userId": str(user[0]), "sessions": sessions}
    return Fact("password.set" if first else "password.changed", f"{user[1]} {verb}", detail=detail)


def password_removed(user: tuple[UUID, str]) -> Fact:
    """State that a person (key, name) removed their own password."""
    return Fact("password.removed", f"{user[1]} removed the password", detail={"userId": str(user[0])})


def password_taken(user: tuple[UUID, str], sessions: int, by: str) -> Fact:
    """State that an admin removed the password of a person (key, name), and ended so many sessions."""
    detail = {"userId": str(user[0]), "sessions": sessions}
    return Fact("password.removed", f"{by} removed the password of {user[1]}", detail=detail)


def token_issued(token_id: UUID, owner: tuple[UUID, str], after: Mapping[str, Any], by: str) -> Fact:
    """State that a token was made for a person (key, name); never the token itself."""
    detail = {"tokenId": str(token_id), "userId": str(owner[0]), "after": after}
    return Fact("token.issued", f"{by} made the API token “{after['name']}” for {owner[1]}", detail=detail)


def token_revoked(token_id: UUID, owner_id: UUID, name: str, by: str) -> Fact:
    """State that a token was revoked."""
    detail = {"tokenId": str(token_id), "userId": str(owner_id)}
    return Fact("token.revoked", f"{by} revoked the API token “{name}”", detail=detail)


def clock_advanced(seconds: int, by: str) -> Fact:
    """State that the server's clock was moved."""
    return Fact("clock.advanced", f"{by} moved the clock forward by {seconds} s", detail={"seconds": seconds})
