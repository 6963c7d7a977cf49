"""The macro-plan's files: a table that pastes, one page by its own policy, and appointments; over DST nights too."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest

from tests.unit.macro_plans import EVIL, night
from tminus.runbook.domain.chapters.schedule import Span
from tminus.runbook.domain.macro_outlook import foreseen_in
from tminus.runbook.domain.macro_plan import Back, Delay, MacroPlan, Mark, MarkKind, Outlook, delay_of
from tminus.runbook.domain.rollup import RollupState
from tminus.runbook.readers.macro_plan.calendar import Appointment, Calendar, as_ics, escaped, folded
from tminus.runbook.readers.macro_plan.clock import Clock, offsets
from tminus.runbook.readers.macro_plan.page import plan_as_page
from tminus.runbook.readers.macro_plan.table import plan_as_table
from tminus.runbook.readers.macro_plan.words import delay_words

EVENING = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)


class Seen(HTMLParser):
    """What a browser would make of it: elements with their attributes, and the text of each cell."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1] and data.strip():
            self.rows[-1][-1] += data


def test_the_table_is_portable_and_says_what_it_is() -> None:
    html = plan_as_table(night(EVENING, "Europe/Berlin"))
    assert html.isascii()
    seen = Seen(html)
    assert {tag for tag, _ in seen.tags} <= {"table", "caption", "strong", "br", "tr", "th", "td"}
    assert {name for _, attrs in seen.tags for name in attrs} <= {"style", "scope"}
    assert "Europe/Berlin (CET)" in html
    assert "event 412" in html
    assert seen.rows[2] == [
        "A1 Move the data",
        "Sat 21 Nov 21:30",
        "Sun 22 Nov 01:30",
        "Sat 21 Nov 21:30",
        "Sun 22 Nov 01:40",
        "–",
        "+10 min",
        "✓ complete 4/4",
    ]
    assert seen.rows[3][3:] == ["Sun 22 Nov 01:40", "–", "–", "+10 min so far", "▶ in progress 1/3"]
    assert seen.rows[4][1:] == ["–", "–", "–", "–", "–", "", "◌ only if we turn back"]


@pytest.mark.parametrize("write", [plan_as_table, plan_as_page])
def test_no_text_becomes_markup(write: object) -> None:
    plan = night(EVENING, "Europe/Berlin", name=EVIL)
    html = write(plan)  # type: ignore[operator] # one of the two writers
    assert "alert(" in html  # it is told, and does nothing
    assert "<script>alert" not in html
    seen = Seen(html)
    scripts = [attrs for tag, attrs in seen.tags if tag == "script"]
    assert len(scripts) == (0 if write is plan_as_table else 2)


NIGHTS = [
    (
        "Europe/Berlin",
        datetime(2026, 10, 24, 22, tzinfo=UTC),
        ["CEST", "CET"],
        "Sun 25 Oct 02:30 CET",
        "Sun 25 Oct,01:00,02:00,02:00 CET,03:00,04:00,05:00,06:00,07:00",
    ),
    (
        "Europe/Berlin",
        datetime(2027, 3, 27, 22, tzinfo=UTC),
        ["CET", "CEST"],
        "Sun 28 Mar 03:30 CEST",
        "23:00,Sun 28 Mar,01:00,03:00 CEST,04:00,05:00,06:00,07:00,08:00",
    ),
    (
        "America/New_York",
        datetime(2026, 11, 1, 3, tzinfo=UTC),
        ["EDT", "EST"],
        "Sun 1 Nov 01:30 EST",
        "23:00,Sun 1 Nov,01:00,01:00 EST,02:00,03:00,04:00,05:00,06:00",
    ),
    (
        "America/New_York",
        datetime(2027, 3, 14, 4, tzinfo=UTC),
        ["EST", "EDT"],
        "Sun 14 Mar 03:30 EDT",
        "23:00,Sun 14 Mar,01:00,03:00 EDT,04:00,05:00,06:00,07:00,08:00",
    ),
    (
        "Australia/Lord_Howe",
        datetime(2027, 4, 3, 12, tzinfo=UTC),
        ["+11", "+1030"],
        "Sun 4 Apr 02:00 +1030",
        "23:00,Sun 4 Apr,01:00,02:00 +1030,03:00,04:00,05:00,06:00",
    ),
    (
        "Australia/Lord_Howe",
        datetime(2026, 10, 3, 12, tzinfo=UTC),
        ["+1030", "+11"],
        "Sun 4 Oct 02:30 +11",
        "23:00,Sun 4 Oct,01:00,03:00 +11,04:00,05:00,06:00,07:00",
    ),
]


@pytest.mark.parametrize(("zone", "start", "names", "told", "labels"), NIGHTS)
def test_a_night_in_which_the_clocks_change(
    zone: str, start: datetime, names: list[str], told: str, labels: str
) -> None:
    clock = Clock(zone, start, start + timedelta(hours=8))
    assert [one.name for one in clock.offsets] == names
    change = clock.offsets[1].since
    assert change.astimezone(UTC).minute in (0, 30)
    assert (change.second, change.microsecond) == (0, 0)
    said = [clock.tell(start + timedelta(minutes=n)) for n in range(0, 481, 30)]
    assert told in said
    assert len(set(said)) == len(said)  # no time is told twice for two moments
    ticks = clock.ticks(start, start + timedelta(hours=8))
    assert ",".join(tick.label for tick in ticks) == labels
    assert sorted(tick.at for tick in ticks) == [tick.at for tick in ticks]


@pytest.mark.parametrize(("zone", "start"), [(zone, start) for zone, start, *_ in NIGHTS])
def test_the_hour_that_comes_twice_has_its_zone_in_the_table(zone: str, start: datetime) -> None:
    plan = night(start, zone)
    seen = Seen(plan_as_table(plan))
    for part, row in zip(plan.parts[:3], seen.rows[1:4], strict=True):
        assert part.planned is not None
        clock = Clock(zone, start, start + timedelta(hours=8))
        assert row[1:3] == [clock.tell(part.planned.start), clock.tell(part.planned.end)]
        assert row[1].split()[-1] in [one.name for one in clock.offsets]


def test_offsets_over_a_year_are_two_changes() -> None:
    found = offsets("Europe/Berlin", datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    assert [(one.since, one.minutes) for one in found[1:]] == [
        (datetime(2026, 3, 29, 1, tzinfo=UTC), 120),
        (datetime(2026, 10, 25, 1, tzinfo=UTC), 60),
    ]
    assert len(offsets("UTC", datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))) == 1


def test_the_page_lets_nothing_be_loaded_and_only_its_own_script_run() -> None:
    html = plan_as_page(night(EVENING, "Europe/Berlin"))
    seen = Seen(html)
    policy = next(attrs["content"] for tag, attrs in seen.tags if attrs.get("http-equiv")) or ""
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    script = re.search(r"<script>(.*?)</script>", html, re.DOTALL)
    assert style is not None
    assert script is not None
    for kind, found in (("style-src", style), ("script-src", script)):
        hashed = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
        assert f"{kind} 'sha256-{hashed}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for _, attrs in seen.tags:
        assert not {"style", "src", "onclick", "onload"} & attrs.keys()
        assert (attrs.get("href") or "#").startswith("#")
    assert "http" not in html.replace("http-equiv", "")


def test_the_page_holds_its_data_and_says_as_of_when() -> None:
    plan = night(EVENING, "Europe/Berlin")
    html = plan_as_page(plan)
    found = re.search(r'id="data">(.*?)</script>', html)
    assert found is not None
    data = json.loads(found[1])
    assert data["zero"] == EVENING.timestamp() * 1000
    assert [one["code"] for one in data["parts"]] == ["A2"]  # A1 is over
    assert data["offsets"][0][0] < data["from"]
    assert data["to"] < data["offsetsUntil"]
    assert "As of event 412, made Sun 22 Nov 02:30 CET" in html
    over = plan_as_page(replace(plan, ended=plan.planned.end, state="complete"))
    assert "running now" not in over.split("<script")[0]


def test_a_page_of_an_iteration_without_any_length_or_chapter_is_drawn() -> None:
    plan = night(EVENING, "UTC")
    html = plan_as_page(replace(plan, planned=Span(EVENING, EVENING), parts=(), window_end=None, begun=None))
    assert "nan" not in html.split("<script")[0]


@pytest.mark.parametrize(
    ("begun", "ended", "now", "live", "expected"),
    [
        (None, None, 5, False, None),
        (None, None, 5, True, Delay(300, so_far=True)),
        (None, None, -5, True, None),
        (3, None, 5, True, Delay(180, so_far=True)),
        (3, None, 75, True, Delay(900, so_far=True)),
        (-3, 50, 75, True, Delay(-600, so_far=False)),
    ],
)
def test_delay_is_against_the_baseline(
    begun: int | None, ended: int | None, now: int, live: bool, expected: Delay | None
) -> None:
    def at(minutes: int | None) -> datetime | None:
        return None if minutes is None else EVENING + timedelta(minutes=minutes)

    base = Span(EVENING, EVENING + timedelta(hours=1))
    later = Span(EVENING + timedelta(hours=5), EVENING + timedelta(hours=6))
    moment = EVENING + timedelta(minutes=now)
    assert delay_of(later, base, at(begun), at(ended), moment, live=live) == expected
    assert delay_of(base, None, at(begun), at(ended), moment, live=live) == expected


def test_delays_are_said() -> None:
    assert delay_words(Delay(3900, so_far=False)) == "+1 h 5 min"
    assert delay_words(Delay(-600, so_far=True)) == "−10 min so far"
    assert delay_words(Delay(10, so_far=False)) == "on time"
    assert delay_words(None) == ""


def foreseen(**changes: Any) -> MacroPlan:
    """The night as its forecast had it: the end 25 minutes late, and the switch twenty past what is planned."""
    plan = night(EVENING, "Europe/Berlin")
    end = plan.planned.end + timedelta(minutes=25)
    outlook = Outlook(
        plan.made,
        end,
        1500,
        1.0,
        back=Back.CAN,
        last_safe=plan.made + timedelta(minutes=40),
        decider="Ada",
        before="TRT-7",
    )
    phase, first, second, back = plan.parts
    running = replace(second, forecast=Span(plan.made - timedelta(minutes=50), end), delay=1500)
    return replace(plan, parts=(phase, first, running, back), outlook=replace(outlook, **changes))


@pytest.mark.parametrize("write", [plan_as_table, plan_as_page])
def test_the_forecast_is_said_as_of_when_it_was_made(write: Callable[[MacroPlan], str]) -> None:
    html = unescape(write(foreseen()))
    for told in (
        "Sun 22 Nov 05:55",  # its finish
        "+25 min by forecast",
        "above 99 %",
        "Sun 22 Nov 03:10, before TRT-7 begins",
        "as of Sun 22 Nov 02:30",
    ):
        assert told in html
    none = unescape(write(foreseen(finish=None, chance=None, last_safe=None)))
    assert "cannot be reckoned" in none and "99 %" not in none


@pytest.mark.parametrize(
    ("changes", "said", "never"),
    [
        ({"back": Back.PASSED, "before": None}, "passed, Sun 22 Nov 03:10", "before TRT-7"),
        (
            {"back": Back.FORWARD_ONLY, "last_safe": None, "no_return": "TRT-7"},
            "TRT-7, the point of no return, has begun; there is only forward",
            "cannot be computed",
        ),
        ({"back": Back.NOT_KNOWN, "last_safe": None}, "cannot be computed", "passed,"),
        ({"way_back": True, "delay": None}, "ay back ends", "by forecast"),
    ],
)
@pytest.mark.parametrize("write", [plan_as_table, plan_as_page])
def test_turning_back_is_said_as_it_stands(
    write: Callable[[MacroPlan], str], changes: dict[str, Any], said: str, never: str
) -> None:
    html = unescape(write(foreseen(**changes))).split("<script")[0]
    assert said in html
    assert never not in html


@pytest.mark.parametrize("write", [plan_as_table, plan_as_page])
def test_what_should_have_begun_or_been_reached_is_named(write: Callable[[MacroPlan], str]) -> None:
    plan = night(EVENING, "Europe/Berlin")
    phase, first, second, back = plan.parts
    waiting = replace(second, begun=None, state=RollupState.NOT_STARTED, marks=(MISSED, SKIPPED, LATER))
    html = unescape(write(replace(plan, parts=(phase, first, waiting, back))))
    body = html.split("<script")[0]
    assert "not begun as of Sun 22 Nov 02:30" in body
    assert "A2 Open, Sun 22 Nov 01:30" in body
    # The point of no return is planned for this very minute: nobody is late for it yet.
    told = re.search(r"not reached as of Sun 22 Nov 02:30:(?:</b>)? (.*?)(?:</p>|\.<|\.</)", body)
    assert told is not None and told[1] == "DUM-1 Half (milestone), Sun 22 Nov 01:30"
    assert "not started, overdue" in body
    over = unescape(
        write(replace(plan, parts=(phase, first, waiting, back), ended=plan.made, state="complete"))
    )
    assert "overdue" not in over.split("<script")[0]


def test_the_script_knows_what_was_overdue() -> None:
    plan = night(EVENING, "Europe/Berlin")
    phase, first, second, back = plan.parts
    waiting = replace(second, begun=None, state=RollupState.NOT_STARTED, marks=(MISSED, SKIPPED, LATER))
    html = plan_as_page(replace(plan, parts=(phase, first, waiting, back)))
    found = re.search(r'id="data">(.*?)</script>', html)
    assert found is not None
    data = json.loads(found[1])
    assert [(one["code"], one["overdue"]) for one in data["parts"]] == [("A2", True)]
    assert [one["code"] for one in data["marks"]] == ["TRT-7", "DUM-1", "DUM-3"]
    assert (data["overdue"], data["asOf"]) == ([1, 1], "02:30")


HALF = EVENING + timedelta(hours=4)
MISSED = Mark(MarkKind.MILESTONE, "DUM-1", "Half", HALF, None)
SKIPPED = Mark(MarkKind.MILESTONE, "DUM-2", "Left out", HALF, None, gone=True)
LATER = Mark(MarkKind.MILESTONE, "DUM-3", "Whole", HALF + timedelta(hours=3), None)


def test_a_document_is_read_for_what_is_not_over() -> None:
    span = {"start": "2026-11-21T20:30:00Z", "end": "2026-11-21T21:30:00Z"}
    document = {
        "now": "2026-11-21T20:40:00Z",
        "finish": {"forecast": "2026-11-21T21:30:00Z", "delaySeconds": 60, "wayBack": False},
        "uncertainty": {"chance": 0.9},
        "gauge": {"state": "closing", "lastSafeDecision": "2026-11-21T21:00:00Z", "decider": "Ada"},
        "steps": [{"code": "TRT-1", **span}],
        "chapters": [
            {"code": "A1", **span, "over": False, "delaySeconds": 60},
            {"code": "A2", **span, "over": True, "delaySeconds": 0},
            {"code": "R1", "start": None, "end": None, "over": False, "delaySeconds": None},
        ],
        "macroPhases": [],
    }
    found = foreseen_in(document)
    assert (found.outlook.finish, found.outlook.delay) == (EVENING + timedelta(hours=1), 60)
    assert (found.outlook.chance, found.outlook.back) == (0.9, Back.CAN)
    assert found.chapters.keys() == {"A1"}
    assert found.steps["TRT-1"] == Span(EVENING, EVENING + timedelta(hours=1))
    bare = foreseen_in(document | {"finish": None, "uncertainty": None, "gauge": None})
    assert (bare.outlook.finish, bare.outlook.chance, bare.outlook.back) == (None, None, Back.NOT_KNOWN)


def calendar(title: str, state: str = "in_progress", forecast: Span | None = None) -> Calendar:
    key = UUID("01a1ff5d-aab1-7a78-a772-8a2ee4bb2d08")
    hour = timedelta(hours=1)
    span = Span(EVENING, EVENING + hour)
    work = Appointment(
        key, title, forecast or span, span, forecast, state, "Databases", "A1 Move; then, open"
    )
    at = Span(EVENING + hour, EVENING + hour)
    point = Appointment(key, "DUM-1 Done", at, at, None, "skipped", None, "A1")
    return Calendar("ERP CUTOVER", "Europe/Berlin", 412, 430, EVENING, EVENING, (work, point))


def unfolded(calendar: Calendar) -> list[str]:
    return as_ics(calendar).replace("\r\n ", "").split("\r\n")


def test_appointments_are_as_the_standard_wants_them() -> None:
    title = "TRT-1 Größe, prüfen; \\ und\nneue Zeile " + "ß" * 80
    ics = as_ics(calendar(title))
    lines = ics.split("\r\n")
    assert "\n" not in ics.replace("\r\n", "")
    assert lines[-1] == ""
    assert max(len(line.encode()) for line in lines) <= 75
    whole = unfolded(calendar(title))
    assert f"SUMMARY:{escaped('Running: ' + title)}" in whole
    assert "SUMMARY:Running: TRT-1 Größe\\, prüfen\\; \\\\ und\\nneue Zeile " + "ß" * 80 in whole
    assert "DTSTART:20261121T203000Z" in whole
    assert "DTEND:20261121T213000Z" in whole
    assert "DTSTAMP:20261121T203000Z" in whole
    assert whole.count("SEQUENCE:430") == 2
    assert "UID:01a1ff5d-aab1-7a78-a772-8a2ee4bb2d08@tminus" in whole
    assert sum(line.startswith("DTEND") for line in whole) == 1  # a milestone has none
    assert [line for line in whole if line.startswith("STATUS")] == ["STATUS:TENTATIVE", "STATUS:CANCELLED"]
    assert whole[0] == "BEGIN:VCALENDAR"
    assert whole[-2] == "END:VCALENDAR"


@pytest.mark.parametrize(
    ("state", "forecast", "word", "status", "said"),
    [
        ("complete", False, "Done", "CONFIRMED", "Actual Sat 21 Nov 21:30 – 22:30"),
        (
            "in_progress",
            True,
            "Running",
            "TENTATIVE",
            "Forecast as of Sat 21 Nov 21:30: Sat 21 Nov 22:30 – 23:30",
        ),
        ("blocked", True, "Blocked", "TENTATIVE", "Forecast as of"),
        ("not_ready", True, "Forecast", "TENTATIVE", "Forecast as of"),
        ("not_ready", False, "Planned", "TENTATIVE", "No forecast is made of it yet."),
    ],
)
def test_an_appointment_says_what_it_is(
    state: str, forecast: bool, word: str, status: str, said: str
) -> None:
    later = Span(EVENING + timedelta(hours=1), EVENING + timedelta(hours=2)) if forecast else None
    lines = unfolded(calendar("TRT-1", state, later))
    told = next(line for line in lines if line.startswith("DESCRIPTION"))
    assert lines[lines.index("BEGIN:VEVENT") :].index(f"SUMMARY:{word}: TRT-1") > 0
    assert f"STATUS:{status}" in lines
    assert "Planned Sat 21 Nov 21:30 – 22:30" in told
    assert said in told
    assert "Europe/Berlin (CET)" in told


@pytest.mark.parametrize("line", ["", "x" * 74, "x" * 75, "x" * 76, "é" * 40, "x" + "日" * 60, "👍" * 50])
def test_folding_cuts_no_character(line: str) -> None:
    parts = list(folded(line))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
