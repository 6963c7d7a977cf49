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


def migration_begun(name: str, iteration: str) -> Fact:
    """State that a migration is in progress: its first iteration went live."""
    change = {"before": {"status": "planning"}, "after": {"status": "in_progress"}}
    return Fact("migration.begun", f"{name} is in progress: {iteration} went live", detail=change)


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


def members_changed(team: tuple[UUID, str], before: Sequence[str], after: Sequence[str], by: str) -> Fact:
    """State who is in a team (key, code), and was: keys of people."""
    detail = {"teamId": str(team[0]), "before": {"members": list(before)}, "after": {"members": list(after)}}
    count = "1 member" if len(after) == 1 else f"{len(after)} members"
    return Fact("team.members_changed", f"{by} changed team {team[1]}: {count}", detail=detail)


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
