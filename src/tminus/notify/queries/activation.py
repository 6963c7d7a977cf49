"""The activation message before it goes: whom it reaches, and its words, for the pilot to read and edit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.instants import wall_time
from tminus.notify.domain.reach import Address, reach
from tminus.notify.domain.recipients import recipients
from tminus.notify.letters import Sending, page_link, worded
from tminus.notify.queries.setting import Setting, asking_setting, setting_in
from tminus.notify.queries.templates import step_named
from tminus.notify.texts import with_link
from tminus.notify.values import values_of
from tminus.people.domain.rights import Person, Right, require
from tminus.platform.clock import server_now
from tminus.platform.swift import in_turn
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.occasion import Occasion, Telling
from tminus.runbook.queries.iteration import visible_iteration


async def activation_message(
    connection: AsyncConnection, person: Person, sending: Sending, iteration_id: UUID, code: str
) -> dict[str, Any]:
    """Return what activating a step would send. Raises `NotFound`, and `Forbidden` for who is no pilot."""
    _, iteration = await visible_iteration(connection, person, iteration_id)
    require(person, Right.ANY_STEP, iteration.migration_id)
    now = wall_time(await server_now(connection), iteration.zone)
    told = Telling(
        Occasion.ACTIVATED,
        await step_named(connection, iteration, code),
        words={"by": person.name, "at": now, "note": ""},
    )
    setting = setting_in(await in_turn(connection, asking_setting(iteration, [told])))
    addresses = _addresses(sending, iteration, setting, told)
    return {**_words(sending, iteration, setting, told), **_fate(iteration, addresses)}


def _addresses(sending: Sending, iteration: Iteration, setting: Setting, told: Telling) -> list[Address]:
    step = setting.steps[told.step_id] if told.step_id else None
    team = step.team_id if step else None
    found = [one.address for one in recipients(told, team, setting.open_teams, setting.known)]
    return reach(iteration.comms, found, sending.test_recipient or setting.starter)


def _words(sending: Sending, iteration: Iteration, setting: Setting, told: Telling) -> dict[str, str]:
    step = setting.steps[told.step_id] if told.step_id else None
    link = page_link(sending.base_url, iteration, setting, told)
    values = values_of(told, iteration, setting.migration_name, step)
    words = worded(told.occasion, setting.templates, {**values, "link": link})
    return {"subject": words.subject, "body": with_link(words.body, link)}


def _fate(iteration: Iteration, addresses: list[Address]) -> dict[str, Any]:
    shown = [
        {
            "address": one.instead_of or one.recipient,
            "goesTo": one.recipient if one.instead_of else None,
        }
        for one in addresses
    ]
    suppressed = any(one.suppressed for one in addresses)
    return {
        "recipients": shown,
        "comms": iteration.comms,
        "suppressed": suppressed,
        "sentence": _sentence(iteration, addresses, suppressed=suppressed),
    }


def _sentence(iteration: Iteration, addresses: list[Address], *, suppressed: bool) -> str:
    if not addresses:
        return "The step has no team with an address: nobody is told."
    if iteration.comms is None:
        return "Comms are chosen when the iteration starts."
    if suppressed:
        return f"Comms are {iteration.comms.value}: it is kept for the record, and nobody receives it."
    if addresses[0].instead_of:
        return f"Comms are in test: {addresses[0].recipient} receives it instead."
    count = len(addresses)
    return f"It goes to {count} address{'es' if count > 1 else ''}."
