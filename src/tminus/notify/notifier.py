"""Fills the runbook's port for messages: who hears what, as rows of the outbox, inside the command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tminus.kernel.durations import format_duration
from tminus.kernel.instants import wall_time
from tminus.notify.domain.reach import Address, reach
from tminus.notify.paths import step_link
from tminus.notify.queries import Briefing, approvers, briefings
from tminus.notify.texts import Text, planned_span, render
from tminus.platform.outbox.message import Message
from tminus.platform.unit_of_work import Transaction
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.step import Step


class Notifier:
    """Writes the runbook's messages. `base_url` starts every link; `test_recipient` hears all in a test."""

    def __init__(self, base_url: str, test_recipient: str) -> None:
        self._base_url = base_url
        self._test_recipient = test_recipient.strip()

    async def activated(
        self, tx: Transaction, iteration: Iteration, steps: Sequence[Step], note: str | None
    ) -> None:
        """Tell the teams of `steps` that they may begin; a step that reaches nobody makes no message."""
        found = await briefings(tx.connection, [step.id for step in steps])
        for step in steps:
            briefing = found.get(step.id)
            if briefing:
                self._tell(tx, "activated", iteration, step, briefing, note)

    async def asked(self, tx: Transaction, iteration: Iteration, gates: Sequence[Step]) -> None:
        """Tell the migration's approvers that these gates wait for their decision."""
        found = await briefings(tx.connection, [gate.id for gate in gates])
        recipients = await approvers(tx.connection, iteration.migration_id)
        for gate in gates:
            briefing = replace(found[gate.id], recipients=recipients)
            self._tell(tx, "asked", iteration, gate, briefing, None)

    def _tell(
        self,
        tx: Transaction,
        template: str,
        iteration: Iteration,
        step: Step,
        briefing: Briefing,
        note: str | None,
    ) -> None:
        tester = self._test_recipient or briefing.starter
        words = {
            **_words(iteration, step, briefing),
            "note": (note or "").strip(),
            "link": step_link(self._base_url, briefing.migration_key, iteration.name, step.code),
            "anchor": f"{tx.stream} {tx.head.seq} {tx.head.hash.hex()}" if tx.head.seq else "",
        }
        for address in reach(iteration.comms, briefing.recipients, tester):
            text = render(template, {**words, "instead_of": address.instead_of})
            tx.send(_message(iteration, step, address, text))


def _message(iteration: Iteration, step: Step, address: Address, text: Text) -> Message:
    return Message(
        migration_id=iteration.migration_id,
        recipient=address.recipient,
        subject=text.subject,
        body_text=text.plain,
        body_html=text.html,
        iteration_id=iteration.id,
        step_id=step.id,
        suppressed=address.suppressed,
    )


def _words(iteration: Iteration, step: Step, briefing: Briefing) -> dict[str, Any]:
    zone = iteration.zone
    return {
        "iteration": iteration.name,
        "migration": briefing.migration_name,
        "code": step.code,
        "name": step.name,
        "team": briefing.team or "",
        "by": "" if step.last_actor in (None, "system") else step.last_actor,
        "at": wall_time(step.activated_at, zone) if step.activated_at else "",
        "attempt": step.attempt,
        "planned": _planned(step, zone),
        "duration": format_duration(step.duration_seconds),
        "before": [
            {
                "code": one.code,
                "name": one.name,
                "state": one.state.replace("_", " "),
                "at": wall_time(one.ended_at, zone) if one.ended_at else "",
            }
            for one in briefing.predecessors
        ],
        "more_before": briefing.predecessor_count - len(briefing.predecessors),
        "instructions": briefing.instructions.strip(),
        "tasks": briefing.tasks,
    }


def _planned(step: Step, zone: str) -> str:
    if step.planned_start is None or step.planned_end is None:
        return ""
    return planned_span(step.planned_start, step.planned_end, zone)
