"""What people write into cells, in three languages, and what is said of what cannot be read."""

from __future__ import annotations

import pytest

from tminus.runbook.domain.plan import LinkKind
from tminus.runbook.readers.plan_values import BadValue
from tminus.runbook.readers.staged import StagedLink
from tminus.runbook.readers.table.cells import (
    read_behaviour,
    read_code,
    read_email,
    read_flag,
    read_line,
    read_list,
    read_text,
)
from tminus.runbook.readers.table.cells_duration import read_duration, unit_of
from tminus.runbook.readers.table.cells_links import LinkCells, any_row, numbering
from tminus.runbook.readers.table.cells_moment import read_moment

FS, SS, FF, SF = LinkKind.FS, LinkKind.SS, LinkKind.FF, LinkKind.SF


@pytest.mark.parametrize(
    "text, seconds",
    [
        ("45m", 2_700), ("2h 30m", 9_000), ("1.5h", 5_400), ("1,5 h", 5_400), ("01:30", 5_400), ("1:30:05", 5_405),
        ("90", 5_400), ("90.0", 5_400), ("0", 0), ("30:00:00", 108_000), ("PT45M", 2_700), ("2 hrs", 7_200),
        ("3 Std.", 10_800), ("2 Stunden 15 Minuten", 8_100), ("2 heures", 7_200), ("45 min", 2_700), ("30 Sek", 30),
        ("45 mins?", 2_700), (" 10 m ", 600),
    ],
)  # fmt: skip
def test_lengths_of_time(text: str, seconds: int) -> None:
    noted: list[BadValue] = []
    assert read_duration(text, None, noted.append) == seconds
    assert noted == []


@pytest.mark.parametrize(
    "text, seconds, code",
    [
        ("2 days", 172_800, "day_of_24_hours"), ("1 Tag", 86_400, "day_of_24_hours"), ("1j", 86_400, "day_of_24_hours"),
        ("1 eday", 86_400, "day_of_24_hours"),
    ],
)  # fmt: skip
def test_what_is_taken_for_granted_is_said(text: str, seconds: int, code: str) -> None:
    noted: list[BadValue] = []
    assert read_duration(text, None, noted.append) == seconds
    assert [note.code for note in noted] == [code]


@pytest.mark.parametrize(
    "heading, unit",
    [
        ("Duration", None), ("Duration (min)", 60), ("Duration in hours", 3_600), ("Dauer (Std)", 3_600),
        ("Duration [s]", 1), ("duration_days", 86_400), ("Durée (heures)", 3_600), ("Planned Duration", None),
    ],
)  # fmt: skip
def test_the_unit_of_bare_numbers_is_in_the_heading(heading: str, unit: int | None) -> None:
    assert unit_of(heading) == unit
    assert read_duration("2", unit, lambda _: None) == 2 * (unit or 60)
    assert unit in (None, 1) or read_duration("0,5", unit, lambda _: None) == unit // 2


@pytest.mark.parametrize(
    "text, code",
    [
        ("soon", "bad_duration"), ("-5m", "negative_duration"), ("-5", "negative_duration"), ("9999d", "bad_duration"),
        ("999999999", "bad_duration"), ("1.23456s", "bad_duration"), ("2026-03-04 06:00", "bad_duration"),
        ("1" * 10_000, "bad_duration"), ("1:75", "bad_duration"), ("2 wks", "bad_duration"), ("∞", "bad_duration"),
        ("0.0625", "unclear_duration"), ("0,5", "unclear_duration"),
    ],
)  # fmt: skip
def test_what_is_no_length_of_time_is_said_to_be_none(text: str, code: str) -> None:
    with pytest.raises(BadValue) as bad:
        read_duration(text, None, lambda _: None)
    assert bad.value.code == code
    assert bad.value.suggestion
    assert len(bad.value.message) < 400


def links(text: str, bare: bool = False, numbers: dict[int, int] | None = None) -> tuple[StagedLink, ...]:
    row_of = any_row if numbers is None else numbering(numbers)
    return LinkCells("After", row_of, bare, lambda _: None)(text)


def link(code: str, kind: LinkKind = FS, lag: int = 0, row: int | None = None) -> StagedLink:
    return StagedLink(code, kind, lag, column="After", row=row)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("TRT-1, TRT-2", [link("TRT-1"), link("TRT-2")]),
        ("TRT-1\nTRT-2;TRT-3 | TRT-4,", [link("TRT-1"), link("TRT-2"), link("TRT-3"), link("TRT-4")]),
        ("14FS+2h", [link("14", FS, 7_200)]),
        ("TRT-12SS-15m", [link("TRT-12", SS, -900)]),
        ("TRT-2842b FF", [link("TRT-2842b", FF)]),
        ("TRT-2842bSF", [link("TRT-2842b", SF)]),
        ("14 fs + 1h 30m", [link("14", FS, 5_400)]),
        ("TRT-12+20m", [link("TRT-12", FS, 1_200)]),
        ("TRT-12 -20m", [link("TRT-12", FS, -1_200)]),
        ("14EA+2 Std", [link("14", FS, 7_200)]),
        ("7DD", [link("7", SS)]),
        ("PRE-GLASS", [link("PRE-GLASS")]),
        ("TRT-12-15m", [link("TRT-12-15m")]),
        ("#12;#14SS", [link("#12", row=12), link("#14", SS, row=14)]),
        ("12", [link("12")]),
        ("2842.0", [link("2842")]),
        ("-", [link("-")]),
        ("[ - ](#)", [link("[ - ](#)")]),
        ("[ TRT-12 ](#), nan", [link("[ TRT-12 ](#)"), link("nan")]),
        (" ; , ", []),
    ],
)
def test_predecessors(text: str, expected: list[StagedLink]) -> None:
    assert list(links(text)) == expected


def test_bare_numbers_are_rows_only_where_no_codes_look_so() -> None:
    assert links("12; 14FS+5m", bare=True) == (link("12", row=12), link("14", FS, 300, row=14))


def test_numbers_are_the_sheets_own_where_it_has_some() -> None:
    assert links("#3", numbers={3: 17}) == (link("#3", row=17),)
    with pytest.raises(BadValue, match="No row of the sheet has the number 4"):
        links("#4", numbers={3: 17})


@pytest.mark.parametrize("text", ["14FS+soon", "14SS+50%", "TRT-1FS-", ",".join(map(str, range(2_000)))])
def test_what_is_no_link_is_said_to_be_none(text: str) -> None:
    with pytest.raises(BadValue) as bad:
        links(text)
    assert bad.value.code == "bad_link"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("T+14h", "T+14h"), ("t+90m", "T+1h 30m"), ("Sun 06:00", "Sun 06:00"), ("sunday 6:00", "Sun 06:00"),
        ("So 06:00", "Sun 06:00"), ("Sonntag 06:00", "Sun 06:00"), ("dimanche 6h00", "Sun 06:00"),
        ("Mi, 7:30", "Wed 07:30"),
    ],
)  # fmt: skip
def test_moments(text: str, expected: str) -> None:
    assert read_moment(text) == expected


@pytest.mark.parametrize(
    "text, said",
    [
        ("2026-03-01T06:00:00Z", "Sun 06:00"),
        ("2026-03-01 06:00", "Sun 06:00"),
        ("01.03.2026 06:00", "Sun 06:00"),
        ("25/12/2026", "Fri 00:00"),
        ("12/25/2026 18:30", "Fri 18:30"),
        ("46082.25", "Sun 06:00"),
        ("11/21/2026 10:00 PM", "Sat 22:00"),
        ("21/11/2026 22:00", "Sat 22:00"),
        ("2026-11-21 12:15 a.m.", "Sat 00:15"),
        ("11/21/2026 12:15pm", "Sat 12:15"),
    ],
)
def test_a_date_is_a_warning_that_says_what_to_write(text: str, said: str) -> None:
    with pytest.raises(BadValue) as bad:
        read_moment(text)
    assert bad.value.code == "absolute_time"
    assert f"“{said}”" in (bad.value.suggestion or "")


def test_a_date_that_could_be_two_is_said_to_be_two() -> None:
    with pytest.raises(BadValue) as bad:
        read_moment("03/04/2026")
    assert bad.value.code == "absolute_time"
    assert "3 April or March 4 2026" in bad.value.message


@pytest.mark.parametrize(
    "text", ["tomorrow", "06:00", "Sun 25:00", "99/99/2026", "T+9999d", "2026-02-30", "T-1h"]
)
def test_what_is_no_moment_is_said_to_be_none(text: str) -> None:
    with pytest.raises(BadValue) as bad:
        read_moment(text)
    assert bad.value.code == "bad_date"


@pytest.mark.parametrize("text, flag", [("yes", True), ("X", True), ("WAHR", True), ("oui", True), ("1", True),
    ("✓", True), ("no", False), ("Nein", False), ("0", False), ("FALSE", False), (" ", None)])  # fmt: skip
def test_flags(text: str, flag: bool | None) -> None:
    assert read_flag(text) is flag


@pytest.mark.parametrize(
    "read, text, code",
    [
        (read_flag, "perhaps", "bad_flag"),
        (read_line, "x" * 301, "too_long"),
        (read_text, "x" * 20_001, "too_long"),
        (read_line, "a\u202eb", "not_text"),
        (read_text, "a\n\u202eb", "not_text"),
        (read_line, "\uffff#REF!", "cell_error"),
        (read_list, ",".join(map(str, range(1_001))), "too_long"),
        (read_email, "nobody", "bad_email"),
        (read_behaviour, "wrok", "unknown_behaviour"),
    ],
)
def test_what_a_cell_may_not_hold(read: object, text: str, code: str) -> None:
    assert callable(read)
    with pytest.raises(BadValue) as bad:
        read(text)
    assert bad.value.code == code


def test_texts_keep_their_lines_and_lines_do_not() -> None:
    assert read_text("\n one  \r\n  two\n\n") == " one\n  two"
    assert read_line(" one\r\n two ") == "one two"
    assert (read_code("2842.0"), read_code(" TRT-1 "), read_code(" ")) == ("2842", "TRT-1", None)
    assert read_list('DBA; NET\nAPP, DBA, "a, b"') == ("DBA", "NET", "APP", "a, b")
