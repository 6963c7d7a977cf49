"""Writes a plan as an MS Project file (MSPDI): the same bytes for the same plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tminus.runbook.domain.plan import Plan
from tminus.runbook.domain.plan_canonical import normal
from tminus.runbook.readers.msproject.elements import Value, branch, leaves
from tminus.runbook.readers.msproject.terms import NAMESPACE, TASK_FIELDS, TEAM_FIELDS, task_field, team_field
from tminus.runbook.readers.msproject.times import date_text, spans
from tminus.runbook.readers.msproject.write_task import Tasks
from tminus.runbook.readers.msproject.write_teams import assignments, resource, teams_of

_FROM_UID = re.compile(r"T-([1-9][0-9]{0,8})")
_HEAD: dict[str, Value] = {
    "CalendarUID": 1,
    "DefaultStartTime": "00:00:00",
    "DefaultFinishTime": "00:00:00",
    "MinutesPerDay": 1_440,
    "MinutesPerWeek": 10_080,
    "DaysPerMonth": 30,
    "DurationFormat": 5,
    "WorkFormat": 2,
    "NewTasksEffortDriven": 0,
    "NewTasksAreManual": 0,
}


def plan_as_msproject(plan: Plan) -> str:
    """Return the MS Project file of a plan; `msproject_left_out.left_out` names what it cannot hold."""
    return "\n".join(_lines(normal(plan))) + "\n"


def _lines(plan: Plan) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    yield f'<Project xmlns="{NAMESPACE}">'
    first: dict[str, Value] = {"SaveVersion": 14, "Name": plan.name, "Title": plan.name}
    yield from leaves(first | {"ScheduleFromStart": 1, "StartDate": date_text(0)} | _HEAD)
    yield from branch("ExtendedAttributes", _definitions())
    yield from branch("Calendars", _around_the_clock())
    uids = _uids(plan)
    yield from branch("Tasks", _tasks(plan, Tasks(uids, spans(plan))))
    teams = teams_of(plan)
    yield from branch(
        "Resources", (line for place, team in enumerate(teams, 1) for line in resource(team, place))
    )
    yield from branch("Assignments", assignments(plan, uids, [team.code for team in teams]))
    yield "</Project>"


def _definitions() -> Iterator[str]:
    for fields, number in ((TASK_FIELDS, task_field), (TEAM_FIELDS, team_field)):
        for key, (name, title) in fields.items():
            values: dict[str, Value] = {"FieldID": number(key), "FieldName": name, "Alias": title}
            yield from branch("ExtendedAttribute", leaves(values))


def _around_the_clock() -> Iterator[str]:
    """One calendar in which every hour is working time: a duration is a length of work, whenever it is done."""
    head: dict[str, Value] = {"UID": 1, "Name": "24 Hours", "IsBaseCalendar": 1, "BaseCalendarUID": -1}
    hours = list(branch("WorkingTime", leaves({"FromTime": "00:00:00", "ToTime": "00:00:00"})))
    days = (
        line
        for day in range(1, 8)
        for line in branch(
            "WeekDay", [*leaves({"DayType": day, "DayWorking": 1}), *branch("WorkingTimes", hours)]
        )
    )
    yield from branch("Calendar", [*leaves(head), *branch("WeekDays", days)])


def _tasks(plan: Plan, tasks: Tasks) -> Iterator[str]:
    yield from tasks.project(plan)
    row = 0
    for first, phase in enumerate(plan.macro_phases, 1):
        row += 1
        yield from tasks.group(row, f"{first}", phase)
        for second, chapter in enumerate(phase.chapters, 1):
            row += 1
            yield from tasks.group(row, f"{first}.{second}", chapter)
            for third, step in enumerate(chapter.steps, 1):
                row += 1
                yield from tasks.step(row, f"{first}.{second}.{third}", step)


def _uids(plan: Plan) -> dict[str, int]:
    """Give everything its number; what came from an MS Project file (`T-17`) keeps the one it had there."""
    codes = [
        code
        for phase in plan.macro_phases
        for code in (
            phase.code,
            *(code for part in phase.chapters for code in (part.code, *(step.code for step in part.steps))),
        )
    ]
    kept = {code: int(match[1]) for code in codes if (match := _FROM_UID.fullmatch(code))}
    last = max(kept.values(), default=0)
    others = (code for code in dict.fromkeys(codes) if code not in kept)
    return kept | {code: last + place for place, code in enumerate(others, 1)}
