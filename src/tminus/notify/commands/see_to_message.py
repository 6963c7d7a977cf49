"""Seeing to a message that failed, or of which nobody knows whether it arrived: send it again, or say it is settled."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from tminus.kernel.errors import NotFound, Refused
from tminus.kernel.instants import instant
from tminus.notify.store.messages import Sent, find_message, mark_handled
from tminus.people.domain.rights import Right, require
from tminus.platform.database import Database
from tminus.platform.outbox.message import Message, MessageStatus
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.services import Caller
from tminus.runbook.events import iteration_fact

CARE = frozenset({MessageStatus.FAILED, MessageStatus.UNCERTAIN})
"""What asks for care until somebody saw to it."""


async def resend_message(database: Database, caller: Caller, key: UUID) -> UUID:
    """Queue the message anew under a Message-ID of its own; the old one is handled. Return the new one's key.

    Raises `NotFound`, `Forbidden` and `Refused` (`message_handled`, `message_not_failed`, `message_erased`).
    """
    async with _message(database, caller, key) as (tx, message):
        if message.secret and not message.body_text:
            raise Refused(
                "It held a personal link, which is not kept once it was sent. It was not sent again.",
                code="message_erased",
                hint="Remind of the decision: that makes a new link.",
            )
        again = _copy(message)
        tx.send(again)
        tx.record(
            _fact(
                "message.resent",
                f"{tx.actor.name} sent the message to {message.recipient} again",
                tx,
                message,
            )
        )
        await mark_handled(tx.connection, message, tx.actor, tx.now, "Sent again")
        return again.key


async def handle_message(database: Database, caller: Caller, key: UUID, note: str) -> None:
    """Note that the recipient was reached otherwise. Raises as `resend_message` does."""
    async with _message(database, caller, key) as (tx, message):
        told = f"{tx.actor.name} saw to the message to {message.recipient}: {note}"
        tx.record(_fact("message.handled", told, tx, message, note=note))
        await mark_handled(tx.connection, message, tx.actor, tx.now, note)


@asynccontextmanager
async def _message(database: Database, caller: Caller, key: UUID) -> AsyncIterator[tuple[Transaction, Sent]]:
    async with database.read() as connection:
        seen = await find_message(connection, key)
    if seen is None or seen.iteration_id is None:
        raise NotFound("There is no such message.", hint="Reload the list of messages.")
    require(caller.person, Right.SEE, seen.migration_id)
    require(caller.person, Right.ITERATIONS, seen.migration_id, asked="Seeing to messages")
    actor = caller.actor(Right.ITERATIONS, seen.migration_id)
    async with unit_of_work(database, seen.migration_id, actor, caller.key) as tx:
        message = await find_message(tx.connection, key, lock=True)
        assert message is not None  # noqa: S101 - it was seen, and no message is ever deleted
        _check(message)
        yield tx, message


def _check(message: Sent) -> None:
    if message.handled_at:
        raise Refused(
            f"{message.handled_by} has seen to this message already. Nothing was sent.",
            code="message_handled",
            hint="Reload the list of messages.",
        )
    if message.status not in CARE:
        raise Refused(
            f"This message is {message.status.value}. Nothing was sent.",
            code="message_not_failed",
            hint="Only what failed, or may not have arrived, is seen to by hand.",
            messageStatus=message.status.value,
        )


def _copy(message: Sent) -> Message:
    return Message(
        migration_id=message.migration_id,
        recipient=message.recipient,
        subject=message.subject,
        body_text=message.body_text,
        body_html=message.body_html,
        iteration_id=message.iteration_id,
        step_id=message.step_id,
        occasion=message.occasion,
        team_id=message.team_id,
        secret=message.secret,
        resend_of=message.id,
    )


def _fact(type_: str, sentence: str, tx: Transaction, message: Sent, **more: Any) -> Any:
    assert message.iteration_id is not None  # noqa: S101 - looked at before the lock
    return iteration_fact(
        type_,
        sentence,
        message.iteration_id,
        {"handledAt": None, "status": message.status.value},
        {"handledAt": instant(tx.now), "status": message.status.value},
        messageId=str(message.id),
        recipient=message.recipient,
        **more,
    )
