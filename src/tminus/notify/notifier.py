"""Fills the runbook's port for messages: who hears what, as rows of the outbox, inside the command."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tminus.notify.letters import Letter, letters
from tminus.notify.queries.recipients import asking_approvers
from tminus.notify.queries.setting import asking_setting, setting_in
from tminus.platform.outbox.message import Message
from tminus.platform.unit_of_work import Transaction
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.occasion import Occasion, Telling, Wording
from tminus.runbook.domain.step import Step


class Notifier:
    """Writes the runbook's messages. `base_url` starts every link; `test_recipient` hears all in a test."""

    def __init__(self, base_url: str, test_recipient: str) -> None:
        self.base_url = base_url.rstrip("/")
        self.test_recipient = test_recipient.strip()

    async def tell(self, tx: Transaction, iteration: Iteration, tellings: Sequence[Telling]) -> None:
        """Tell each of these; what reaches nobody makes no message. Two round trips at most, one mostly."""
        await self._tell(tx, iteration, tellings, {})

    async def activated(
        self,
        tx: Transaction,
        iteration: Iteration,
        steps: Sequence[Step],
        note: str | None,
        message: Wording | None = None,
    ) -> None:
        """Tell the teams of `steps` that they may begin: with the pilot's note, or in the pilot's own words."""
        words = {"note": (note or "").strip()}
        tellings = [Telling(Occasion.ACTIVATED, step.id, words=words) for step in steps]
        await self._tell(tx, iteration, tellings, {step.id: message for step in steps} if message else {})

    async def asked(self, tx: Transaction, iteration: Iteration, gates: Sequence[Step]) -> None:
        """Tell the migration's approvers that these gates wait for their decision."""
        (found,) = await tx.look(asking_approvers(iteration.migration_id))
        users = tuple(row.id for row in found)
        asked = [Telling(Occasion.DECISION_ASKED, gate.id, users=users) for gate in gates]
        await self.tell(tx, iteration, asked)

    async def _tell(
        self,
        tx: Transaction,
        iteration: Iteration,
        tellings: Sequence[Telling],
        own_words: dict[UUID, Wording],
    ) -> None:
        if not tellings:
            return
        setting = setting_in(await tx.look(*asking_setting(iteration, tellings)))
        anchor = f"{tx.stream} {tx.head.seq} {tx.head.hash.hex()}" if tx.head.seq else ""
        for telling in tellings:
            own = own_words.get(telling.step_id) if telling.step_id else None
            for letter in letters(self, iteration, setting, telling, anchor, own):
                tx.send(_message(iteration, telling, letter))


def _message(iteration: Iteration, telling: Telling, letter: Letter) -> Message:
    return Message(
        migration_id=iteration.migration_id,
        recipient=letter.address.recipient,
        subject=letter.text.subject,
        body_text=letter.text.plain,
        body_html=letter.text.html,
        iteration_id=iteration.id,
        step_id=telling.step_id,
        suppressed=letter.address.suppressed,
        occasion=telling.occasion.value,
        team_id=letter.team_id,
        secret=letter.secret,
    )
