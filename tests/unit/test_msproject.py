"""MS Project files in: outline, links, lags, milestones, constraints, teams, and what is wrong with a file."""

from __future__ import annotations

import io
import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest
from defusedxml import ElementTree

from tests.unit.msproject_plan import plan_of, staged
from tminus.kernel.network import Link
from tminus.kernel.schedule import Network, schedule
from tminus.runbook.domain.findings import Severity
from tminus.runbook.domain.plan import LinkKind
from tminus.runbook.readers.msproject.file import LARGEST_FILE, read_msproject
from tminus.runbook.readers.msproject.writer import plan_as_msproject
from tminus.runbook.readers.staged import SourceFile, StagedRow

REAL = Path(__file__).parents[3] / "shared/data/msproject"
FILES = ("mspdirelations.xml", "task-links-project2019-mspdi.xml")
NS = "{http://schemas.microsoft.com/project}"
KIND = {"0": "FF", "1": "FS", "2": "SF", "3": "SS"}


def real(name: str) -> bytes:
    if not (REAL / name).exists():
        pytest.skip(f"the MS Project file {name} is not here; it may not be copied into the tree")
    return (REAL / name).read_bytes()


def project(tasks: str, more: str = "", head: str = "<Title>Move</Title>") -> str:
    return f'<?xml version="1.0"?><Project xmlns="{NS[1:-1]}">{head}<Tasks>{tasks}</Tasks>{more}</Project>'


def task(uid: int, level: int = 1, inside: str = "", name: str = "") -> str:
    return (
        f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{name or f'Task {uid}'}</Name>"
        f"<OutlineLevel>{level}</OutlineLevel>{inside}</Task>"
    )


def link(uid: int, kind: int = 1, lag: int = 0, format_: int = 7, more: str = "") -> str:
    return (
        f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>{kind}</Type>{more}"
        f"<LinkLag>{lag}</LinkLag><LagFormat>{format_}</LagFormat></PredecessorLink>"
    )


def links(row: StagedRow) -> list[tuple[str, str, int]]:
    return [(one.code, one.kind.value, one.lag_seconds) for one in row.links]


def by_code(rows: list[StagedRow]) -> dict[str, StagedRow]:
    return {row.code: row for row in rows if row.code}


@pytest.mark.parametrize("name", FILES)
def test_every_task_link_and_lag_of_a_real_file_is_read(name: str) -> None:
    data = real(name)
    rows, findings = staged(data, name)
    there = by_code(rows)
    tasks = [one for one in ElementTree.fromstring(data).iter(f"{NS}Task") if one.findtext(f"{NS}UID") != "0"]
    assert len(tasks) >= 5
    assert len([row for row in rows if row.kind == "step"]) == len(tasks)
    for one in tasks:
        row = there[f"T-{one.findtext(f'{NS}UID')}"]
        written = [
            (
                f"T-{each.findtext(f'{NS}PredecessorUID')}",
                KIND[each.findtext(f"{NS}Type", "")],
                int(each.findtext(f"{NS}LinkLag", "")) * 6,
            )
            for each in one.iter(f"{NS}PredecessorLink")
        ]
        assert links(row) == written
        assert (row.name, row.row) == (one.findtext(f"{NS}Name"), int(one.findtext(f"{NS}ID", "")))
        assert one.findtext(f"{NS}Duration") == "PT8H0M0S"
        assert row.duration_seconds == 8 * 3_600
    assert [one.code for one in findings] == ["calendars_left_out"]


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_exported_and_imported_again_is_the_same(name: str) -> None:
    plan = plan_of(staged(real(name), name)[0])
    once = plan_as_msproject(plan)
    rows, findings = staged(once)
    again = plan_of(rows)
    assert findings == []
    assert again == plan
    assert plan_as_msproject(again) == once


def test_the_outline_becomes_macro_phases_and_chapters() -> None:
    rows, _ = staged(
        project(task(1, 1, name="Weekend") + task(2, 2, name="Freeze") + task(3, 3) + task(4, 2))
    )
    assert [(row.kind, row.code, row.parent, row.name) for row in rows[1:]] == [
        ("macroPhase", "T-1", None, "Weekend"),
        ("chapter", "T-2", "T-1", "Freeze"),
        ("step", "T-3", "T-2", "Task 3"),
        ("chapter", "T-1-STEPS", "T-1", "Weekend"),
        ("step", "T-4", "T-1-STEPS", "Task 4"),
    ]


def test_a_plan_without_groups_has_one_of_each_named_after_the_project() -> None:
    plan = plan_of(staged(project(task(1) + task(2)))[0])
    assert [(phase.code, phase.name) for phase in plan.macro_phases] == [("T-0", "Move")]
    assert [chapter.name for chapter in plan.chapters()] == ["Move"]
    assert [step.code for step in plan.steps()] == ["T-1", "T-2"]


def test_a_deeper_group_is_a_chapter_beside_its_own_that_waits_and_is_waited_for_alike() -> None:
    tasks = [
        task(9, name="P"),
        task(1, 2, link(8), "A"),
        task(2, 3),
        task(3, 3, name="B"),
        task(4, 4),
        task(5, 3),
    ]
    rows, findings = staged(project(task(8) + "".join(tasks) + task(6, 1, link(1))))
    there = by_code(rows)
    assert [(row.code, row.name) for row in rows if row.kind == "chapter" and row.parent == "T-9"] == [
        ("T-1", "A"),
        ("T-3", "A / B"),
    ]
    assert [there[f"T-{uid}"].parent for uid in (2, 4, 5)] == ["T-1", "T-3", "T-1"]
    assert links(there["T-3"]) == links(there["T-1"]) == [("T-8", "FS", 0)]
    assert links(there["T-6"]) == [("T-1", "FS", 0), ("T-3", "FS", 0)]
    assert [(one.code, one.row) for one in findings] == [("too_deep", 3)]
    assert "A / B" in findings[0].message


def test_links_of_groups_stay_links_of_groups() -> None:
    tasks = task(1) + task(2, 2) + task(3, 3) + task(4, 1, link(1)) + task(5, 2, link(2)) + task(6, 3)
    there = by_code(staged(project(tasks))[0])
    assert (there["T-4"].kind, links(there["T-4"])) == ("macroPhase", [("T-1", "FS", 0)])
    assert (there["T-5"].kind, links(there["T-5"])) == ("chapter", [("T-2", "FS", 0)])


@pytest.mark.parametrize("kind", KIND)
@pytest.mark.parametrize(("lag", "seconds"), [(0, 0), (4_800, 28_800), (-15, -90), (1, 6)])
def test_every_kind_of_link_with_its_lag(kind: str, lag: int, seconds: int) -> None:
    row = by_code(staged(project(task(1) + task(2, 1, link(1, int(kind), lag))))[0])["T-2"]
    assert links(row) == [("T-1", KIND[kind], seconds)]


def test_a_lag_in_percent_is_computed_and_told() -> None:
    tasks = task(1, 1, "<Duration>PT8H0M0S</Duration>") + task(2, 1, link(1, 1, -25, 19))
    rows, findings = staged(project(tasks))
    assert links(by_code(rows)["T-2"]) == [("T-1", "FS", -7_200)]
    assert [one.code for one in findings] == ["percent_lag"]


def test_a_link_to_a_task_that_is_not_there_is_handed_on() -> None:
    rows, findings = staged(project(task(1, 1, link(99))))
    assert links(by_code(rows)["T-1"]) == [("T-99", "FS", 0)]
    assert findings == []


@pytest.mark.parametrize(
    ("inside", "type_", "seconds", "codes"),
    [
        ("<Duration>PT0H0M0S</Duration><Milestone>1</Milestone>", "DUM", 0, []),
        ("<Duration>PT0H0M0S</Duration>", "DUM", 0, []),
        ("<Duration>PT0H0M0S</Duration><Milestone>0</Milestone>", None, 0, []),
        ("<Duration>PT8H0M0S</Duration><Milestone>1</Milestone>", None, 28_800, ["milestone_takes_time"]),
        ("<Duration>PT1H30M0S</Duration><Milestone>0</Milestone>", None, 5_400, []),
        ("<Milestone>1</Milestone>", "DUM", None, []),
    ],
)
def test_milestones(inside: str, type_: str | None, seconds: int | None, codes: list[str]) -> None:
    rows, findings = staged(project(task(1, 1, inside)))
    row = by_code(rows)["T-1"]
    assert (row.type, row.duration_seconds) == (type_, seconds)
    assert ("type" in row.given) == (type_ is not None)
    assert [one.code for one in findings] == codes


@pytest.mark.parametrize(
    ("kind", "date", "not_before", "fixed", "codes"),
    [
        (0, "", None, None, []),
        (4, "2026-11-21T08:00:00", None, None, []),
        (4, "2026-11-21T22:30:00", "T+14h 30m", None, []),
        (2, "2026-11-23T08:00:00", None, "T+48h", []),
        (2, "2026-11-20T08:00:00", None, None, ["constraint_left_out"]),
        (4, "2030-11-20T08:00:00", None, None, ["constraint_left_out"]),
        (4, "", None, None, ["constraint_left_out"]),
        (4, "21/11/2026", None, None, ["bad_date", "constraint_left_out"]),
        *((number, "2026-11-21T22:30:00", None, None, ["constraint_left_out"]) for number in (1, 3, 5, 6, 7)),
        (8, "", None, None, ["bad_number"]),
    ],
)
def test_constraints(
    kind: int, date: str, not_before: str | None, fixed: str | None, codes: list[str]
) -> None:
    inside = f"<ConstraintType>{kind}</ConstraintType><ConstraintDate>{date}</ConstraintDate>"
    head = "<Title>Move</Title><StartDate>2026-11-21T08:00:00</StartDate>"
    rows, findings = staged(project(task(1, 1, inside), head=head))
    row = by_code(rows)["T-1"]
    assert (row.not_before, row.fixed_start) == (not_before, fixed)
    assert [one.code for one in findings] == codes


def test_resources_are_teams_and_the_first_assigned_does_the_step() -> None:
    more = """<Resources>
      <Resource><UID>0</UID><ID>0</ID></Resource>
      <Resource><UID>1</UID><Name> Databases </Name><Type>1</Type>
        <EmailAddress>dba@example.org</EmailAddress></Resource>
      <Resource><UID>2</UID><Name>Networks</Name></Resource>
      <Resource><UID>3</UID><Name>Cable</Name><Type>0</Type></Resource></Resources>
      <Assignments><Assignment><TaskUID>1</TaskUID><ResourceUID>3</ResourceUID></Assignment>
      <Assignment><TaskUID>1</TaskUID><ResourceUID>2</ResourceUID></Assignment>
      <Assignment><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID></Assignment>
      <Assignment><TaskUID>2</TaskUID><ResourceUID>-65535</ResourceUID></Assignment></Assignments>"""
    rows, findings = staged(project(task(1) + task(2), more))
    assert [row for row in rows if row.kind == "team"] == []
    there = by_code(rows)
    assert (there["T-1"].team, there["T-1"].impacted_teams) == ("Networks", ("Databases",))
    assert "team" not in there["T-2"].given
    assert [one.code for one in findings] == ["addresses_left_out"]


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<Active>0</Active>", "task_left_out"),
        ("<ExternalTask>1</ExternalTask>", "task_left_out"),
        ("<IsSubproject>1</IsSubproject><Summary>1</Summary>", "task_left_out"),
    ],
)
def test_what_is_no_part_of_the_plan_is_left_out_with_its_links(inside: str, code: str) -> None:
    rows, findings = staged(project(task(1, 1, inside) + task(2, 1, link(1)) + task(3)))
    assert [row.code for row in rows if row.kind == "step"] == ["T-2", "T-3"]
    assert links(by_code(rows)["T-2"]) == []
    assert [one.code for one in findings] == [code, "link_left_out"]


def test_blank_rows_are_nothing() -> None:
    blank = "<Task><UID>5</UID><ID>2</ID><IsNull>1</IsNull></Task>"
    rows, findings = staged(project(task(1) + blank + task(2, 2)))
    assert [row.code for row in rows if row.kind in ("macroPhase", "step")] == ["T-1", "T-2"]
    assert findings == []


def test_a_link_to_another_project_is_told_and_left_out() -> None:
    more = r"<CrossProject>1</CrossProject><CrossProjectName>C:\other.mpp\7</CrossProjectName>"
    rows, findings = staged(project(task(1, 1, link(7, more=more))))
    assert links(by_code(rows)["T-1"]) == []
    assert [one.code for one in findings] == ["external_link"]
    assert "other.mpp" in findings[0].message


def test_progress_and_clock_time_are_told_once() -> None:
    day = "<WeekDays><WeekDay><DayWorking>0</DayWorking></WeekDay></WeekDays>"
    hours = f"<Calendars><Calendar>{day}</Calendar></Calendars>"
    inside = "<DurationFormat>6</DurationFormat><PercentComplete>50</PercentComplete>"
    tasks = task(1, 1, inside) + task(2, 1, inside) + task(3, 1, link(1, 1, 600, 8))
    _, findings = staged(project(tasks, head=f"<Title>Move</Title>{hours}"))
    assert [one.code for one in findings] == ["calendars_left_out", "progress_left_out", "elapsed_time"]
    assert findings[1].message.startswith("2 tasks")
    assert findings[2].message.startswith("3 tasks")


def test_notes_are_instructions_with_the_hyperlink_below() -> None:
    inside = "<HyperlinkAddress>https://wiki.example/x</HyperlinkAddress>"
    inside += "<Notes>\n  One &amp; &lt;b&gt;\r\nTwo  \n</Notes>"
    row = by_code(staged(project(task(1, 1, inside)))[0])["T-1"]
    assert row.instructions == "  One & <b>\nTwo\n\nhttps://wiki.example/x"


def test_without_a_title_the_plan_is_named_after_the_project_or_its_file() -> None:
    assert (
        staged(project(task(0, 0, name="Whole") + task(1), head="<Name>a.mpp</Name>"))[0][0].name == "Whole"
    )
    assert staged(project(task(1), head="<Name>night.mpp</Name>"))[0][0].name == "night"
    assert staged(project(task(1), head=""), "in/night.xml")[0][0].name == "night"


@pytest.mark.parametrize(
    ("tasks", "code"),
    [
        (task(1, 1, "<Duration>8 hours?</Duration>"), "bad_duration"),
        (task(1, 1, "<Duration>-PT8H0M0S</Duration>"), "bad_duration"),
        (task(1, 1, "<Duration>PT99999999H0M0S</Duration>"), "bad_duration"),
        (task(1, 1, "<Duration>PT0H0M0.5S</Duration>"), "bad_duration"),
        (task(1, 1, "<Milestone>maybe</Milestone>"), "bad_flag"),
        (task(1, 1, "<Active>perhaps</Active>"), "bad_flag"),
        (task(1, 1, "<PercentComplete>half</PercentComplete>"), "bad_number"),
        (task(1, 1, "<Deadline>tomorrow</Deadline>"), "bad_date"),
        (task(1, 1, link(1).replace("<Type>1", "<Type>9")), "bad_link"),
        (task(1, 1, link(1).replace("<LinkLag>0", "<LinkLag>soon")), "bad_link"),
        (task(1, 1, link(1, lag=99_999_999)), "bad_link"),
        (task(1, 1, "<PredecessorLink><Type>1</Type></PredecessorLink>"), "bad_link"),
        (task(1, 1, link(1) * 1_001), "too_many_links"),
        (task(1, 1, f"<Notes>{'x' * 65_537}</Notes>"), "too_long"),
        ("<Task><ID>1</ID><Name>x</Name></Task>", "bad_number"),
        ("<Task><UID>1</UID><ID>one</ID><Name>x</Name></Task>", "bad_number"),
        ("<Task><UID>1</UID><OutlineLevel>deep</OutlineLevel></Task>", "bad_number"),
        ("", "no_steps"),
    ],
)
def test_a_bad_value_is_an_error_and_the_rest_is_read(tasks: str, code: str) -> None:
    rows, findings = staged(project(tasks + task(2, 1) if tasks else ""))
    assert (code, Severity.ERROR) in {(one.code, one.severity) for one in findings}
    assert {one.severity for one in findings} == {Severity.ERROR}
    assert not tasks or "T-2" in by_code(rows)


_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
_OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_xml"),
        (b"PK\x03\x04" + bytes(100), "not_xml"),
        (b"plain text", "not_xml"),
        (b"\xff\xfe<", "not_xml"),
        (b'<?xml version="1.0" encoding="klingon"?><Project/>', "not_xml"),
        (project(task(1)).encode()[:-30], "not_xml"),
        (project(task(1, name="\x0b")).encode(), "not_xml"),
        (project(task(1)).replace("<Tasks>", "<Tasks>&a;").encode(), "not_xml"),
        (b"<Project xmlns='http://schemas.microsoft.com/developer/msbuild/2003'/>", "not_msproject"),
        (b"<APIBusinessObjects/>", "not_msproject"),
        (project(task(1)).replace("<Project", _LAUGHS + "<Project").encode(), "unsafe_xml"),
        (project(task(1)).replace("<Project", _OUTSIDE + "<Project").encode(), "unsafe_xml"),
        (b"<!DOCTYPE Project><Project/>", "unsafe_xml"),
        (b"<Project>" + b"<a>" * 100_000, "too_deep_xml"),
        (b"<Project><" + b"a" * 9_000_000, "line_too_long"),
        (b"<Project a='" + b"a" * 9_000_000, "line_too_long"),
    ],
    ids=range(16),
)
def test_a_file_that_is_none_is_one_error(data: bytes, code: str) -> None:
    rows, findings = staged(data)
    assert rows == []
    assert [(one.code, one.severity) for one in findings] == [(code, Severity.ERROR)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_the_encodings_that_a_file_declares(encoding: str) -> None:
    named = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    text = project(task(1, name="Übergabe")).replace('"1.0"', f'"1.0" encoding="{named}"')
    assert by_code(staged(text.encode(encoding))[0])["T-1"].name == "Übergabe"


def test_a_file_that_is_too_large_is_not_read() -> None:
    findings = list(read_msproject(SourceFile(0, "x.xml", io.BytesIO(b""), LARGEST_FILE + 1)))
    assert [getattr(one, "code", None) for one in findings] == ["too_large"]


def test_memory_does_not_grow_with_what_tasks_say() -> None:
    notes = f"<Notes>{'x' * 20_000}</Notes>"
    data = project("".join(task(uid, 1, notes) for uid in range(1, 1_501))).encode()
    source = SourceFile(0, "x.xml", io.BytesIO(data), len(data))
    tracemalloc.start()
    seen = sum(isinstance(one, StagedRow) for one in read_msproject(source))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seen == 1_503
    assert peak < 4_000_000 < len(data) / 5


def test_a_chain_of_links_forwards_and_backwards() -> None:
    count = 50
    tasks = "".join(task(uid, 1, link(uid + 1, 3)) for uid in range(1, count)) + task(count)
    there = by_code(staged(project(tasks))[0])
    for one, following in pairwise(range(1, count + 1)):
        assert links(there[f"T-{one}"]) == [(f"T-{following}", LinkKind.SS.value, 0)]


@pytest.mark.parametrize("name", FILES)
def test_a_real_files_links_are_kept_by_its_schedule(name: str) -> None:
    rows = by_code(staged(real(name), name)[0])
    steps = {code: row.duration_seconds or 0 for code, row in rows.items() if row.kind == "step"}
    between = [
        Link(one.code, code, one.lag_seconds, one.kind.value)
        for code in steps
        for one in rows[code].links
        if one.code in steps
    ]
    assert between
    spans = schedule(Network(steps, links=between))
    for one in between:
        before, after = spans[one.predecessor], spans[one.successor]
        held = before.end if one.kind[0] == "F" else before.start
        holds_start = one.kind[1] == "S" or not steps[one.successor]
        assert (after.start if holds_start else after.end) >= held + one.lag
    held_ends = {one.successor for one in between}
    assert all(
        spans[code].end - spans[code].start == seconds
        for code, seconds in steps.items()
        if code not in held_ends
    )
