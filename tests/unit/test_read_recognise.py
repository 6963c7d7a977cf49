"""What a file is, is told by its content; its name may say anything."""

from __future__ import annotations

import io

import pytest

from tests.broken.foreign import ole
from tests.broken.kit import json_of, page, zip_of
from tminus.runbook.readers.file_text import Unreadable
from tminus.runbook.readers.recognise.file import Format, recognise
from tminus.runbook.readers.recognise.table import delimiter_of
from tminus.runbook.readers.staged import SourceFile

PAGE = json_of(page())
PROJECT = b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- by hand -->\n<Project xmlns="http://schemas.microsoft.com/project">'
XLSX = zip_of({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def recognised(data: bytes) -> Format:
    content = io.BytesIO(data)
    kind = recognise(SourceFile(0, "misleading.pdf", content, len(data)))
    assert content.tell() == 0
    return kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'{"tminus": 1, "plan": {"name": "Night"}}', Format.PLAN_FILE),
        (b"tminus: 1\nplan:\n  name: Night, with a comma\nteams:\n- code: A\n", Format.PLAN_FILE),
        (b"# - [ ] a comment\nplan:\n  name: Night\n", Format.PLAN_FILE),
        (b"plan: {name: Night}\n", Format.PLAN_FILE),
        (b"[]", Format.PLAN_FILE),
        (PAGE, Format.CONFLUENCE_PAGE),
        (b"\xef\xbb\xbf" + PAGE, Format.CONFLUENCE_PAGE),
        (PAGE.decode().encode("utf-16"), Format.CONFLUENCE_PAGE),
        (b"[" + PAGE + b"]", Format.CONFLUENCE_PAGE),
        (PAGE[:200], Format.CONFLUENCE_PAGE),
        (b'{"plan": {"name": "step_type"}, "teams": [{"step_type": 1}]}', Format.PLAN_FILE),
        (b'{"predecessor": "A", "successor": "B"}', Format.CONFLUENCE_PAGE),
        (zip_of({"x/TRT-1.json": PAGE}), Format.CONFLUENCE_ZIP),
        (zip_of({"a.txt": b"notes", "b.truth.json": b"{}", "c.json": PAGE}), Format.CONFLUENCE_ZIP),
        (zip_of({"plan.yaml": b"plan:\n", "a.csv": b"Code,Name\n"}), Format.ARCHIVE),
        (XLSX, Format.TABLE_XLSX),
        (ole("Workbook"), Format.TABLE_XLS),
        (ole("Book"), Format.TABLE_XLS),
        (PROJECT + b"<Tasks/></Project>", Format.MSPROJECT_XML),
        ((PROJECT + b"</Project>").decode().encode("utf-16"), Format.MSPROJECT_XML),
        (b"Code,Name\nTRT-1,Stop\n", Format.TABLE_CSV),
        ("Vorgang;Dauer;Vorgänger\nHalt;5m;\n".encode("cp1252"), Format.TABLE_CSV),
        ("Code\tName\nTRT-1\tArrêt\n".encode("utf-16-le"), Format.TABLE_CSV),
        (b"Runsheet of Friday\n\nCode|Name\nTRT-1|Stop\n", Format.TABLE_CSV),
        (b"sep=;\r\nA;B\r\n", Format.TABLE_CSV),
        (b'Code,Name\nTRT-1,"# a heading\n- x"\n', Format.TABLE_CSV),
        (b"a,b,c\n1,2,3\n4,5,6\n", Format.TABLE_CSV),
        (b"What happens,Team\nStop the batch,DBA\n", Format.TABLE_CSV),
        (b"Ref;What happens;Duration\nODD-1;Stop the batch;15m\n", Format.TABLE_CSV),
        (b"# Night\n\n- [ ] Stop, wait, go (15m)\n- [ ] Go\n", Format.MARKDOWN),
        (b"- [x] Stop\r\n", Format.MARKDOWN),
        (b"1. [ ] Stop\n", Format.MARKDOWN),
        (b"[ ] \n", Format.PLAN_FILE),
        (b"# Night\n\n1. Stop\n", Format.MARKDOWN),
    ],
    ids=lambda value: ascii(value[:40]) if isinstance(value, bytes) else str(value),
)
def test_each_format_is_recognised_by_its_content(data: bytes, kind: Format) -> None:
    assert recognised(data) is kind


def test_an_rtf_called_csv_is_told_what_it_is_and_what_to_do() -> None:
    data = rb"{\rtf1\ansi Code;Name\par}"
    with pytest.raises(Unreadable) as error:
        recognise(SourceFile(0, "runsheet.csv", io.BytesIO(data), len(data)))
    said = error.value.finding.message
    assert said == "This is an RTF document (Word, WordPad), whatever its name says: save it as CSV."


def test_a_compound_file_whose_directory_has_several_sectors_is_followed() -> None:
    data = bytearray(ole("A", "B", "C", follows=2))
    data += bytes(ole("Workbook")[512:1024])
    assert recognised(bytes(data)) is Format.TABLE_XLS


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Code;Name, in words\nA;b, c\n", ";"),
        ("Code,Name\nA,b;c;d\n", ","),
        ("Code\tName\tTeam\nA\tb, c, d, e\tf\n", "\t"),
        ("| Task | Duration |\n|---|---|\n| Stop | 5m |\n", "|"),
        ('Code,"Name, the long one"\nA,"x\ny"\n', ","),
        ("Step,What happens\n1,Stop\n", ","),
        ("One sentence, with a comma.\n", None),
        ("Dear team, the batch stops\nRegards, Tom\n", None),
        ("Team, please stop the batch tonight\nThanks, Tom\n", None),
        ("Team, stop it.\nThanks, Tom\n", None),
        ("What happens,Where\nStop the batch,here\n", None),
        ("Dear all,\n\nthe batch stops at ten, as planned.\nRegards\n", None),
        ("", None),
    ],
)
def test_the_delimiter_is_told_by_the_rows(text: str, delimiter: str | None) -> None:
    assert delimiter_of(text) == delimiter
