"""Telling those whom a comment names."""

from __future__ import annotations

from collections.abc import Iterable

from tminus.platform.unit_of_work import Transaction
from tminus.runbook.commands.services import Services
from tminus.runbook.domain.comment import Comment
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.mention import Mention, Mentions
from tminus.runbook.domain.occasion import Occasion, Telling


async def tell_mentioned(
    services: Services, tx: Transaction, iteration: Iteration, comment: Comment, named: Iterable[Mention]
) -> None:
    """Write the messages to those who are named; whoever wrote it needs none."""
    others = Mentions(tuple(one for one in named if one.target != tx.actor.id))
    if not others.found:
        return
    words = {"who": tx.actor.name, "body": comment.body}
    telling = Telling(
        Occasion.MENTION, comment.step_id, teams=others.of("team"), users=others.of("user"), words=words
    )
    await services.messages.tell(tx, iteration, [telling])
