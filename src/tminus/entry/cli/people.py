"""Command groups `user`, `role` and `team`: who may come in, and as what."""

from __future__ import annotations

import json
from typing import Any

import click

from tminus.entry.bootstrap import Parts
from tminus.entry.cli.context import machine_user, with_parts
from tminus.entry.cli.lookup import migration_named, team_named, user_named
from tminus.people import queries
from tminus.people.commands import passwords, roles, sign_in, teams, users
from tminus.people.domain.rights import Role

ROLES = click.Choice([role.value for role in Role])


@click.group()
def user() -> None:
    """People: add, sign in, sign out, shut out."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="What screens and the log call this person.")
@click.option("--admin", is_flag=True, help="May manage migrations, people, teams and tokens.")
@click.option("--phone")
def add_user(email: str, name: str, admin: bool, phone: str | None) -> None:
    """Add the person with the mail address EMAIL."""
    new = users.NewUser(email, name, admin, phone)

    async def work(parts: Parts) -> None:
        await users.create_user(parts.database, machine_user(), new)

    with_parts(work)
    click.echo(f"{name} was added. A link to sign in: tminus user link {email}")


@user.command("link")
@click.argument("email")
def make_link(email: str) -> None:
    """Print a link that signs the person with EMAIL in, once."""

    async def work(parts: Parts) -> str:
        key = await user_named(parts.database, email)
        return await sign_in.make_link(parts.database, parts.settings, machine_user(), key)

    click.echo(with_parts(work))


@user.command("sign-out")
@click.argument("email")
def end_sessions(email: str) -> None:
    """End every session of the person with EMAIL."""

    async def work(parts: Parts) -> int:
        key = await user_named(parts.database, email)
        return await users.end_sessions(parts.database, machine_user(), key)

    count = with_parts(work)
    click.echo(f"{count} session(s) ended.")


@user.command("shut-out")
@click.argument("email")
def shut_out(email: str) -> None:
    """End the sessions of the person with EMAIL and let nobody in as them, by link or token."""

    async def work(parts: Parts) -> None:
        key = await user_named(parts.database, email)
        await users.set_active(parts.database, machine_user(), key, active=False)

    with_parts(work)
    click.echo(f"{email} was shut out.")


@user.command("let-in")
@click.argument("email")
def let_in(email: str) -> None:
    """Undo `shut-out`: the person with EMAIL may sign in again; tokens that were not revoked work again."""

    async def work(parts: Parts) -> None:
        key = await user_named(parts.database, email)
        await users.set_active(parts.database, machine_user(), key, active=True)

    with_parts(work)
    click.echo(f"{email} may sign in again.")


@user.command("remove-password")
@click.argument("email")
def remove_password(email: str) -> None:
    """Remove the password of the person with EMAIL, and end their sessions; links let them in again."""

    async def work(parts: Parts) -> int:
        key = await user_named(parts.database, email)
        return await passwords.take_password(parts.database, machine_user(), key)

    count = with_parts(work)
    click.echo(f"{email} has no password any more. {count} session(s) ended.")


@click.group()
def role() -> None:
    """Roles: who may do what in a migration."""


@role.command("grant")
@click.argument("migration")
@click.argument("email")
@click.argument("name", metavar="ROLE", type=ROLES)
def grant(migration: str, email: str, name: str) -> None:
    """Give the person with EMAIL a ROLE in the migration with the key MIGRATION."""

    async def work(parts: Parts) -> None:
        place = await migration_named(parts.database, migration)
        key = await user_named(parts.database, email)
        await roles.grant_role(parts.database, machine_user(), place, key, Role(name))

    with_parts(work)
    click.echo(f"{email} is {name.replace('_', ' ')} in {migration}.")


@role.command("set")
@click.argument("migration")
@click.argument("email")
@click.argument("names", metavar="[ROLE]...", nargs=-1, type=ROLES)
def set_roles(migration: str, email: str, names: tuple[str, ...]) -> None:
    """Make the ROLEs the only ones the person with EMAIL has in MIGRATION; none takes all away."""

    async def work(parts: Parts) -> None:
        place = await migration_named(parts.database, migration)
        key = await user_named(parts.database, email)
        wanted = frozenset(Role(name) for name in names)
        await roles.set_roles(parts.database, machine_user(), place, key, wanted)

    with_parts(work)
    click.echo(f"{email} has these roles in {migration}: {', '.join(sorted(names)) or 'none'}.")


@role.command("list")
@click.argument("migration")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def list_roles(migration: str, form: str) -> None:
    """List who has a role or a team in MIGRATION."""

    async def work(parts: Parts) -> list[dict[str, Any]]:
        place = await migration_named(parts.database, migration)
        async with parts.database.read() as connection:
            return await queries.list_members(connection, place)

    members = with_parts(work)
    if form == "json":
        click.echo(json.dumps([{**one, "id": str(one["id"])} for one in members], indent=2))
        return
    for one in members:
        held = ", ".join(one["roles"]) or "-"
        click.echo(f"{one['name']:<24} {one['email']:<32} {held:<24} {', '.join(one['teams']) or '-'}")


@click.group()
def team() -> None:
    """Teams: who does a migration's steps."""


@team.command("add-member")
@click.argument("migration")
@click.argument("code")
@click.argument("email")
def add_member(migration: str, code: str, email: str) -> None:
    """Put the person with EMAIL into the team CODE of MIGRATION."""

    async def work(parts: Parts) -> None:
        place = await migration_named(parts.database, migration)
        where = await team_named(parts.database, place, code)
        key = await user_named(parts.database, email)
        await teams.add_member(parts.database, machine_user(), where, key)

    with_parts(work)
    click.echo(f"{email} is in team {code} of {migration}.")
