"""Whom a roll-call's messages reach: before the start, when nothing is chosen yet, as it is chosen for it alone."""

from __future__ import annotations

from tminus.kernel.errors import Invalid, Refused
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.state import Comms, IterationKind


def chosen_comms(iteration: Iteration, chosen: Comms | None) -> Comms:
    """Return whom a roll-call's messages reach: the iteration's comms; before its start, as it is chosen for this.

    Raises `Invalid` where a cutover's were not chosen, `Refused` where the start has chosen others meanwhile.
    """
    if iteration.comms is None:
        if chosen is None and iteration.kind is IterationKind.CUTOVER:
            raise Invalid(
                f"{iteration.name} is a cutover that has not started: whether this roll-call's messages go out has to"
                " be chosen. Nothing was done.",
                hint="Send comms: off, test or on; for this roll-call alone.",
                field="comms",
            )
        return chosen or Comms.OFF
    if chosen not in (None, iteration.comms):
        raise Refused(
            f"{iteration.name} was started with comms {iteration.comms.value}, and the roll-call's messages follow"
            " them. Nothing was done.",
            code="comms_chosen",
            hint="Reload the page, and call the roll with these.",
        )
    return iteration.comms


def messages_words(iteration: Iteration) -> str:
    """Say whom the messages of a roll-call reach that is opened now."""
    if iteration.comms is None:
        return (
            f"Messages are chosen at the start, and {iteration.name} has not started: none goes out, unless it is"
            " chosen for this roll-call alone."
        )
    return {
        Comms.OFF: "Comms are off: no message goes out.",
        Comms.TEST: "Comms are in test: its messages go to the tester, not to the teams.",
        Comms.ON: "Comms are on: its messages go to the teams.",
    }[iteration.comms]


def told_words(comms: str | None) -> str | None:
    """Say whom the messages of a roll-call were for; None where it was not kept."""
    return {
        Comms.OFF.value: "comms off: no message goes out",
        Comms.TEST.value: "comms in test: messages to the tester alone",
        Comms.ON.value: "comms on: messages to the teams",
    }.get(comms or "")
