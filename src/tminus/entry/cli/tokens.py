"""Command group `token`: API tokens for programs."""

from __future__ import annotations

import json
from uuid import UUID

import click

from tminus.entry.bootstrap import Parts
from tminus.entry.cli.context import machine_user, with_parts
from tminus.entry.cli.lookup import user_named
from tminus.kernel.instants import instant
from tminus.people.commands import tokens as commands
from tminus.platform.auth import tokens
from tminus.platform.auth.tokens import Token


@click.group()
def token() -> None:
    """API tokens: a program's way in, with the rights of the person it belongs to."""


@token.command("create")
@click.argument("email")
@click.option("--name", required=True, help="What it is for; shown in lists and in the log.")
@click.option(
    "--days", type=click.IntRange(1, commands.LONGEST_DAYS), help="How long it lasts; none = no end."
)
def create(email: str, name: str, days: int | None) -> None:
    """Make a token for the person with EMAIL and print it, this once."""

    async def work(parts: Parts) -> str:
        owner = await user_named(parts.database, email)
        new = commands.NewToken(owner, name, days)
        return (await commands.issue_token(parts.database, machine_user(), new))[1]

    secret = with_parts(work)
    # The secret alone on stdout, so that a script can take it.
    click.echo("This is the only time it is shown:", err=True)
    click.echo(secret)


@token.command("list")
@click.argument("email")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def list_tokens(email: str, form: str) -> None:
    """List the tokens of the person with EMAIL that are not revoked."""

    async def work(parts: Parts) -> list[Token]:
        owner = await user_named(parts.database, email)
        async with parts.database.read() as connection:
            return await tokens.of_person(connection, owner)

    rows = [_row(one) for one in with_parts(work)]
    if form == "json":
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        used, ends = row["lastUsedAt"] or "never", row["expiresAt"] or "never"
        click.echo(f"{row['id']}  {row['name']:<24}  last used {used}  ends {ends}")


@token.command("revoke")
@click.argument("token_id", metavar="ID", type=click.UUID)
def revoke(token_id: UUID) -> None:
    """End the token with the key ID at once."""

    async def work(parts: Parts) -> None:
        await commands.revoke_token(parts.database, machine_user(), token_id)

    with_parts(work)
    click.echo("The token was revoked.")


def _row(one: Token) -> dict[str, str | None]:
    return {
        "id": str(one.id),
        "name": one.name,
        "createdAt": instant(one.created_at),
        "expiresAt": instant(one.expires_at) if one.expires_at else None,
        "lastUsedAt": instant(one.last_used_at) if one.last_used_at else None,
    }
