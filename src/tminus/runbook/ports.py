"""What the runbook asks of slices above it; `entry.bootstrap` says who fills it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tminus.platform.unit_of_work import Transaction
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.occasion import Telling, Wording
from tminus.runbook.domain.step import Step


class Messages(Protocol):
    """Who hears what. Called inside the command's transaction: it writes outbox rows, and sends nothing."""

    async def tell(self, tx: Transaction, iteration: Iteration, tellings: Sequence[Telling]) -> None:
        """Tell each of these; what reaches nobody makes no message. Call it after the facts were recorded."""
        ...

    async def activated(
        self,
        tx: Transaction,
        iteration: Iteration,
        steps: Sequence[Step],
        note: str | None,
        message: Wording | None = None,
    ) -> None:
        """Tell the teams of `steps` that they may begin: with the pilot's note, or in the pilot's own words."""
        ...

    async def asked(self, tx: Transaction, iteration: Iteration, gates: Sequence[Step]) -> None:
        """Tell the approvers that these gates wait for their decision."""
        ...
