"""Templates of a migration as the settings show them, and what a try makes of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.notify.domain.template import Unusable, fault_in, fill
from tminus.notify.domain.words import examples, words_of
from tminus.notify.letters import page_link
from tminus.notify.queries.setting import asking_setting, setting_in
from tminus.notify.store.templates import Version, versions_of
from tminus.notify.texts import built_in, with_link
from tminus.notify.values import values_of
from tminus.people.domain.rights import Person, Right, may, require
from tminus.platform.swift import in_turn
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.occasion import Occasion, Telling, Wording
from tminus.runbook.queries.iteration import visible_iteration

TITLES: Mapping[Occasion, str] = {
    Occasion.ACTIVATED: "A step may begin",
    Occasion.NOT_TAKEN: "Nobody has taken a step",
    Occasion.UPCOMING: "A step comes soon",
    Occasion.BLOCKED: "A step is blocked",
    Occasion.FAILED: "A step failed",
    Occasion.COMPLETED: "A step before yours is complete",
    Occasion.HOLD: "Hold",
    Occasion.RESUME: "It goes on",
    Occasion.MENTION: "Somebody mentioned you",
    Occasion.DECISION_ASKED: "A decision is asked",
    Occasion.DECISION_REMINDER: "Reminder of a decision",
    Occasion.ROLL_CALL: "Roll-call",
    Occasion.BACK_OUT: "Back-out",
}


async def templates_view(
    connection: AsyncConnection, person: Person, migration_id: UUID
) -> list[dict[str, Any]]:
    """Return the template of each occasion. Raises `Forbidden`, and `NotFound` for no such migration."""
    require(person, Right.SEE, migration_id)
    versions = await versions_of(connection, migration_id)
    by_occasion = {one: [v for v in versions if v.occasion is one] for one in Occasion}
    return [template_of(one, by_occasion[one], person, migration_id) for one in Occasion]


async def history_view(
    connection: AsyncConnection, person: Person, migration_id: UUID, occasion: Occasion
) -> dict[str, Any]:
    """Return one occasion's template with all its versions, the built-in one last."""
    require(person, Right.SEE, migration_id)
    versions = await versions_of(connection, migration_id, occasion)
    shown = [_version(one, used=one is _used(versions)) for one in versions]
    original = _original(occasion, used=_used(versions) is None)
    template = template_of(occasion, versions, person, migration_id)
    return {"template": template, "versions": [*shown, original]}


def template_of(
    occasion: Occasion, versions: Sequence[Version], person: Person, migration_id: UUID
) -> dict[str, Any]:
    """Print a template from its versions, the newest first."""
    used = _used(versions)
    faulty = versions[0] if versions and versions[0].error else None
    return {
        "occasion": occasion,
        "title": TITLES[occasion],
        "newest": versions[0].number if versions else 0,
        "used": _version(used, used=True) if used else _original(occasion, used=True),
        "faulty": _version(faulty, used=False) if faulty else None,
        "words": [
            {"name": one.name, "meaning": one.meaning, "example": one.example} for one in words_of(occasion)
        ],
        "mayEdit": may(person, Right.ITERATIONS, migration_id),
    }


async def preview(
    connection: AsyncConnection,
    person: Person,
    migration_id: UUID,
    telling: tuple[Occasion, Wording],
    place: tuple[UUID | None, str | None],
    base_url: str,
) -> dict[str, Any]:
    """Return the message these words make, with a real step where one is named; or the error with its line."""
    require(person, Right.SEE, migration_id)
    occasion, words = telling
    fault = fault_in(occasion, words)
    if fault is None:
        values = await _values(connection, person, migration_id, occasion, place, base_url)
        try:
            filled = fill(words, values)
        except Unusable as unusable:
            fault = unusable.fault
        else:
            body = with_link(filled.body, str(values["link"]))
            return {"subject": filled.subject, "body": body, "error": None, "errorLine": None}
    return {"subject": None, "body": None, "error": fault.words, "errorLine": fault.line}


async def _values(
    connection: AsyncConnection,
    person: Person,
    migration_id: UUID,
    occasion: Occasion,
    place: tuple[UUID | None, str | None],
    base_url: str,
) -> dict[str, Any]:
    iteration_id, code = place
    if iteration_id is None:
        return examples(occasion)
    _, iteration = await visible_iteration(connection, person, iteration_id)
    if iteration.migration_id != migration_id:
        raise NotFound("There is no such iteration in this migration.", hint="Choose one of its own.")
    step_id = await step_named(connection, iteration, code) if code else None
    own = {name: value for name, value in examples(occasion).items() if isinstance(value, str)}
    told = Telling(occasion, step_id)
    setting = setting_in(await in_turn(connection, asking_setting(iteration, [told])))
    step = setting.steps.get(step_id) if step_id else None
    real = values_of(told, iteration, setting.migration_name, step)
    link = page_link(base_url, iteration, setting, told)
    return {**{name: value or own.get(name, value) for name, value in real.items()}, "link": link}


async def step_named(connection: AsyncConnection, iteration: Iteration, code: str) -> UUID:
    """Return the key of a step of the iteration, or raise `NotFound`."""
    query = b"SELECT id FROM iteration_steps WHERE iteration_id = %(iteration)s AND code = %(code)s"
    (found,) = await in_turn(connection, [(query, {"iteration": iteration.id, "code": code})])
    if not found:
        raise NotFound(
            f"There is no step {code[:80]} in this iteration.", hint="Check the code on the runsheet."
        )
    key: UUID = found[0].id
    return key


def _used(versions: Sequence[Version]) -> Version | None:
    return next((one for one in versions if one.error is None), None)


def _version(one: Version, *, used: bool) -> dict[str, Any]:
    return {
        "number": one.number,
        "subject": one.words.subject,
        "body": one.words.body,
        "error": one.error,
        "errorLine": one.error_line,
        "by": one.by_name,
        "at": one.at,
        "used": used,
    }


def _original(occasion: Occasion, *, used: bool) -> dict[str, Any]:
    words = built_in(occasion)
    return {
        "number": 0,
        "subject": words.subject,
        "body": words.body,
        "error": None,
        "errorLine": None,
        "by": None,
        "at": None,
        "used": used,
    }
