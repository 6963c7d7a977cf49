"""Base data: what a file says of people, teams and places, and what that would change."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from uuid import UUID

import pytest
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it ships no types

from tminus.runbook.domain.base_data.decide import decide
from tminus.runbook.domain.base_data.said import BaseKind, Here, Known
from tminus.runbook.readers.base_data.reader import read_base_data
from tminus.runbook.readers.base_data.sheets import LARGEST_FILE, MOST_ROWS

HERE: Here = {
    BaseKind.TEAM: {"DBA": Known(UUID(int=1), {"name": "Databases", "email": "dba@x.org", "phone": None})},
    BaseKind.USER: {
        "ann@x.org": Known(
            UUID(int=2), {"name": "Ann", "phone": "+49 1", "roles": ("pilot",), "teams": ("DBA",)}
        ),
        "old@x.org": Known(
            UUID(int=3), {"name": "Old", "phone": None, "roles": (), "teams": ()}, active=False
        ),
    },
}


def said(text: str, name: str = "list.csv") -> list[tuple[str, str, Mapping[str, object]]]:
    """The rows of a file in which nothing was found."""
    found = read_base_data(name, text.encode())
    assert found.findings == []
    return [(one.kind.value, one.key, one.values) for one in found.rows]


def codes(text: str, name: str = "list.csv", here: Here = HERE) -> list[tuple[str, int | None, str]]:
    """What is found in a file: code, row and column."""
    found = read_base_data(name, text.encode())
    findings = decide(found.rows, here, found.findings).findings
    return [(one.code, one.row, one.subject.field if one.subject else "") for one in findings]


def changes(text: str, here: Here = HERE) -> list[tuple[str, str, str, Mapping[str, object]]]:
    found = read_base_data("list.csv", text.encode())
    decided = decide(found.rows, here, found.findings)
    assert not any(one.is_error for one in decided.findings), decided.findings
    return [(one.kind.value, one.code, one.change.value, one.after) for one in decided.changes]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Email,Name,Roles,Teams", "user"),
        ("E-Mail;Full name;Role;Team", "user"),
        ("Code,Name,Email,Phone", "team"),
        ("Team code,Team name,E-mail", "team"),
        ("Team,Name,Email", "team"),
        ("Name,Email,Team", "user"),
        ("Application,Name", "application"),
        ("Environment\tName", "environment"),
        ("Environment role|Name", "environmentRole"),
    ],
)
def test_a_table_is_told_by_its_headings(heading: str, kind: str) -> None:
    delimiter = next(mark for mark in ",;\t|" if mark in heading)
    row = delimiter.join("a@x.org" for _ in heading.split(delimiter))
    assert [one[0] for one in said(f"{heading}\n{row}\n")] == [kind]


def test_a_table_whose_headings_say_too_little_is_told_by_its_name_or_asked_about() -> None:
    table = "Code,Name\nSAP,The ERP\n"
    assert said(table, "Applications.csv") == [("application", "SAP", {"name": "The ERP"})]
    assert said(table, "environment roles.csv")[0][0] == "environmentRole"
    assert codes(table, "list.csv") == [("unknown_table", None, "")]


def test_one_table_with_kinds_in_any_order_is_written_teams_first() -> None:
    table = (
        "Kind,Code,Email,Name,Role,Teams\n"
        "person,,eve@x.org,Eve,data lead,NET; Databases\n"
        "team,NET,net@x.org,Networks,,\n"
        "Umgebung,PROD,,Production,,\n"
    )
    assert changes(table) == [
        ("team", "NET", "added", {"name": "Networks", "email": "net@x.org"}),
        ("user", "eve@x.org", "added", {"name": "Eve", "roles": ("data_lead",), "teams": ("NET", "DBA")}),
        ("environment", "PROD", "added", {"name": "Production"}),
    ]


def test_a_file_adds_and_changes_and_takes_nothing_away() -> None:
    table = "Email,Name,Phone,Roles,Teams\nANN@x.org,Ann B.,,approver,\n"
    assert changes(table) == [
        ("user", "ann@x.org", "changed", {"name": "Ann B.", "phone": None, "roles": ("pilot", "approver")})
    ]
    assert changes("Email,Name,Roles\nann@x.org,,\n") == []  # a name is never cleared, no role is taken
    assert changes("Email,Name\nann@x.org,Ann\n") == []  # an absent column leaves what is there
    assert changes("Team,Team name,E-mail\nDBA,Databases,\n") == [("team", "DBA", "changed", {"email": None})]


def test_what_has_no_name_yet_is_called_by_its_code() -> None:
    assert changes("Kind,Code\napplication,SAP\n") == [("application", "SAP", "added", {"name": "SAP"})]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("Email,Name\nnobody,Nob\n", [("bad_code", 2, "Email")]),
        ("Email,Name,Roles\n,Nob,pilot\n", [("missing_code", 2, "Email")]),
        ("Email,Roles\nnew@x.org,pilot\n", [("missing_name", 2, "")]),
        ("Email,Name,Roles\nann@x.org,Ann,king\n", [("unknown_role", 2, "Roles")]),
        ("Email,Name,Roles\nann@x.org,Ann,Admin\n", [("unknown_role", 2, "Roles")]),
        ("Email,Name,Team\nann@x.org,Ann,DBX\n", [("unknown_team", 2, "Team")]),
        ("Email,Name\nann@x.org,Ann\nAnn@X.org,Ann\n", [("duplicate_code", 3, "Email")]),
        ("Email,Name\nold@x.org,Old\n", [("shut_out", 2, "")]),
        ("Team,Team name,Phone\na b,c,1\n", [("bad_code", 2, "Team")]),
        ("Team,Team name,Phone\ndba,Others,1\n", [("other_spelling", 2, "Team")]),
        ("Team,Team name,E-mail\nDBA,Databases,nobody\n", [("bad_email", 2, "E-mail")]),
        (f"Team,Team name,Phone\nDBA,Databases,{'1' * 41}\n", [("bad_phone", 2, "Phone")]),
        (f"Team,Team name,Phone\nDBA,{'n' * 201},1\n", [("bad_name", 2, "Team name")]),
        ("Kind,Code,Name\nqueue,Q,Q\n,R,R\n", [("unknown_kind", 2, "Kind"), ("unknown_kind", 3, "Kind")]),
        ("Email,Name,Password\nann@x.org,Ann,secret\n", [("unknown_column", 1, "Password")]),
        ("Email,Name\n", [("empty", None, "")]),
        ("", [("empty", None, "")]),
        ("{\\rtf1 hello}", [("wrong_format", None, "")]),
        ('Email,Name\n"ann@x.org,Ann\n', [("bad_quotes", None, "")]),
        ("Email,Name\nann@x.org,#REF!\n", [("cell_error", 2, "Name")]),
    ],
)
def test_a_defect_has_its_code_row_and_column(
    table: str, found: Sequence[tuple[str, int | None, str]]
) -> None:
    assert codes(table) == found


def test_a_team_is_meant_by_its_code_or_its_one_name() -> None:
    both = {"NET": "Networks", "EU": "Networks", "Networks-2": "NET"}
    teams = {code: Known(UUID(int=place), {"name": name}) for place, (code, name) in enumerate(both.items())}
    here = {BaseKind.TEAM: teams, BaseKind.USER: HERE[BaseKind.USER]}
    assert codes("Email,Name,Team\nann@x.org,Ann,networks\n", here=here) == [("unclear_team", 2, "Team")]
    # A code means its own team, though another team is called so.
    assert changes("Email,Name,Team\nann@x.org,Ann,net\n", here)[0][3]["teams"] == ("DBA", "NET")


def test_with_an_error_there_are_no_changes_at_all() -> None:
    found = read_base_data("list.csv", b"Email,Name,Roles\nnew@x.org,New,pilot\nann@x.org,Ann,king\n")
    assert decide(found.rows, HERE, found.findings).changes == ()


def workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    made = io.BytesIO()
    with Workbook(made) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return made.getvalue()


def test_a_workbook_has_a_sheet_for_each_kind() -> None:
    data = workbook(
        {
            "Read me": [["How to fill this in"], ["Ask Ann"]],
            "Users": [["People of the cutover"], [], ["Email", "Name", "Team"], ["eve@x.org", "Eve", "NET"]],
            "Teams": [["Code", "Name"], ["NET", "Networks"]],
            "Environment roles": [["Code", "Name"], ["TARGET", "Where it goes"]],
        }
    )
    found = read_base_data("base.xlsx", data)
    assert [(one.code, one.file, one.severity.value) for one in found.findings] == [
        ("other_sheets", "base.xlsx, Read me", "warning")
    ]
    assert [(one.kind.value, one.key, one.file, one.row) for one in found.rows] == [
        ("user", "eve@x.org", "base.xlsx, Users", 4),
        ("team", "NET", "base.xlsx, Teams", 2),
        ("environmentRole", "TARGET", "base.xlsx, Environment roles", 2),
    ]
    assert len(decide(found.rows, HERE, found.findings).changes) == 3


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (workbook({"Things": [["Code", "Name"], ["A", "b"]]}), "unknown_table"),
        (workbook({"Teams": [["Code"]]})[:-30], "truncated"),
        (b"PK\x03\x04 and nothing more", "truncated"),
        (b"x" * (LARGEST_FILE + 1), "too_large"),
        (b"Email,Name\n" + b"a@x.org,A\n" * (MOST_ROWS + 1), "too_many_rows"),
        (b"Email,Name\n" + "Zo\u00eb@x.org,Zo\u00eb\n".encode("cp1252"), "encoding_guessed"),
        (("a," * 1_001 + "\n").encode() * 2, "too_many_columns"),
    ],
    ids=["unknown sheet", "cut off", "no archive", "too large", "too many", "Windows-1252", "1,001 columns"],
)
def test_a_broken_file_is_a_finding_and_never_an_exception(data: bytes, code: str) -> None:
    assert code in [one.code for one in read_base_data("base", data).findings]
