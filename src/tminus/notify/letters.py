"""From a telling to letters: one for each address it reaches, in its template's words."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from tminus.notify.domain.reach import Address, reach
from tminus.notify.domain.recipients import Recipient, recipients
from tminus.notify.domain.template import Unusable, fill
from tminus.notify.paths import iteration_link, step_link
from tminus.notify.queries.setting import Setting
from tminus.notify.texts import Envelope, Text, built_in, finished
from tminus.notify.values import values_of
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.occasion import Occasion, Telling, Wording

log = logging.getLogger(__name__)


class Sending(Protocol):
    """Where links begin, and who hears everything in a test (empty: whoever started the iteration)."""

    base_url: str
    test_recipient: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one address."""

    address: Address
    team_id: UUID | None
    text: Text
    secret: bool


def letters(
    sending: Sending,
    iteration: Iteration,
    setting: Setting,
    telling: Telling,
    anchor: str = "",
    own: Wording | None = None,
) -> Iterator[Letter]:
    """Yield the letters of a telling; `own` = words that somebody wrote for it, used as they are."""
    step = setting.steps.get(telling.step_id) if telling.step_id else None
    values = values_of(telling, iteration, setting.migration_name, step)
    link = page_link(sending.base_url, iteration, setting, telling)
    tester = sending.test_recipient or setting.starter
    filled: dict[str, Wording] = {}
    for one in recipients(telling, step.team_id if step else None, setting.open_teams, setting.known):
        (address,) = reach(iteration.comms, [one.address], tester)
        personal = _personal(sending, telling, one, address)
        used = personal or link
        if used not in filled:
            filled[used] = own or worded(telling.occasion, setting.templates, {**values, "link": used})
        text = finished(filled[used], Envelope(used, anchor, address.instead_of))
        yield Letter(address, one.team_id, text, secret=personal is not None)


def page_link(base_url: str, iteration: Iteration, setting: Setting, telling: Telling) -> str:
    """Return the address of the step, or of the iteration."""
    step = setting.steps.get(telling.step_id) if telling.step_id else None
    if step:
        return step_link(base_url, setting.migration_key, iteration.name, step.code)
    return iteration_link(base_url, setting.migration_key, iteration.name)


def worded(occasion: Occasion, templates: Mapping[Occasion, Wording], words: Mapping[str, Any]) -> Wording:
    """Return the message in the user's words; where they can't be filled, in the built-in ones."""
    template = templates.get(occasion)
    if template:
        try:
            return fill(template, words)
        except Unusable as unusable:
            # A command never fails for its mail: the step is activated, and its team is told.
            log.warning("the template of %s was not used: %s", occasion.value, unusable.fault.words)
    return fill(built_in(occasion), words)


def _personal(sending: Sending, telling: Telling, one: Recipient, address: Address) -> str | None:
    """Return the recipient's own link: only where it goes to that very person, and goes out at all."""
    if one.user_id is None or address.instead_of or address.suppressed:
        return None
    path = telling.links.get(one.user_id)
    return sending.base_url + path if path else None
