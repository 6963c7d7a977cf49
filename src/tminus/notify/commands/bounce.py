"""A message that was handed over and came back: it is marked as failed, and asks for care."""

from __future__ import annotations

from tminus.kernel.errors import NotFound, Refused
from tminus.kernel.facts import Fact
from tminus.notify.commands.see_to_message import CARE
from tminus.notify.readers.bounce import Bounce
from tminus.notify.store.messages import Sent, find_by_message_id, find_message, mark_bounced
from tminus.people.domain.rights import Person, Right, require
from tminus.platform.database import Database
from tminus.platform.outbox.message import MessageStatus
from tminus.platform.unit_of_work import unit_of_work


async def message_bounced(database: Database, person: Person, bounce: Bounce) -> Sent:
    """Mark the message as failed with the bounce's reason, and return it as it was.

    A bounce that is read twice changes nothing the second time. Raises `NotFound` where it is none of ours,
    `Refused` (`message_not_sent`) where it was never sent, and `Forbidden`.
    """
    async with database.read() as connection:
        seen = await find_by_message_id(connection, bounce.message_id)
    if seen is None:
        raise NotFound(
            f"The message {bounce.message_id[:120]} is none of this Tminus's. Nothing was changed.",
            hint="Check that the notification is about a mail that Tminus sent.",
        )
    require(person, Right.ADMINISTER, None)
    async with unit_of_work(database, seen.migration_id, person.actor) as tx:
        message = await find_message(tx.connection, seen.id, lock=True)
        assert message is not None  # noqa: S101 - it was seen, and no message is ever deleted
        if message.status is MessageStatus.FAILED and message.last_error == bounce.reason:
            return message
        if message.status not in {MessageStatus.SENT, *CARE}:
            raise Refused(
                f"The message to {message.recipient} is {message.status.value}, so it cannot have come back."
                " Nothing was changed.",
                code="message_not_sent",
            )
        await mark_bounced(tx.connection, message.id, bounce.reason)
        tx.record(_fact(message, bounce))
    return message


def _fact(message: Sent, bounce: Bounce) -> Fact:
    detail = {
        "messageId": str(message.id),
        "recipient": message.recipient,
        "before": {"status": message.status.value},
        "after": {"status": "failed", "lastError": bounce.reason},
    }
    sentence = f"The message to {message.recipient} came back: {bounce.reason}"
    return Fact("message.bounced", sentence, message.iteration_id, message.step_id, detail)
