"""Runsheets, as text and as workbooks, in each way in which they arrive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime

import xlsxwriter  # type: ignore[import-untyped] # it has no types of its own

from tests.broken.kit import Broken, changed_zip, repeated

_HEAD = b"Code,Name,Duration,Predecessors,Fixed start,Team\n"
_ROW = b"TRT-1,Stop the batch,15m,,,CORE\n"
_GOOD = _HEAD + _ROW + b"TRT-2,Start it,20m,TRT-1,,CORE\n"


def tables() -> Iterator[Broken]:
    text = _GOOD.decode()
    yield Broken("utf16.csv", text.encode("utf-16-le"), "UTF-16 without a mark", None)
    yield Broken("utf16be.csv", text.encode("utf-16-be"), "UTF-16 the other way round", None)
    yield Broken("bom.csv", b"\xef\xbb\xbf" + _GOOD, "a byte order mark", None)
    accents = text.replace("Stop", "Arrêter à").encode("cp1252")
    yield Broken("latin.csv", accents, "Windows-1252", "encoding_guessed")
    yield Broken("bytes.csv", accents + b"TRT-3,\x81\x8d,5m,,,CORE\n", "bytes of no encoding", "not_text")
    yield Broken("nul.csv", _GOOD.replace(b"Stop", b"St\0op"), "a NUL", "not_text", "recognise")
    yield Broken("late.csv", _HEAD + _ROW * 5_000 + b"TRT-9,\0,,,,\n", "a NUL far down", "not_text")
    yield Broken(
        "bell.csv", _GOOD.replace(b"Stop", b"St\x07op"), "a control character", "not_text", "recognise"
    )
    yield Broken("cut.csv", _GOOD + "TRT-3,Arrêt,5m,,,É".encode()[:-1], "cut off in a character", "truncated")
    yield Broken("mixed.csv", _GOOD.replace(b"CORE\n", b"CORE\r\n", 1), "mixed line ends", None)
    yield Broken("mac.csv", _GOOD.replace(b"\n", b"\r"), "line ends of an old Mac", None)
    yield Broken("line.csv", repeated(_GOOD, b"x", 90_000_000), "a line of 90 MB", "long_line")
    yield Broken("cells.csv", repeated(_GOOD, b"x,", 40_000_000), "40 million cells in a row", "long_line")
    yield Broken("quote.csv", _GOOD + b'TRT-3,"never closed,5m,,,\n' + _ROW * 3, "a quote never closed", "*")
    yield Broken("quotes.csv", repeated(_GOOD + b'TRT-3,"', b"x\n", 20_000_000), "a quote over 40 MB", "*")
    yield Broken("uneven.csv", _GOOD + b"TRT-3,Wait\nTRT-4,Go,5m,,,CORE,more,and more\n", "uneven rows", "*")
    wide = ",".join(f"Column {n}" for n in range(10_000)).encode()
    yield Broken(
        "wide.csv", b"Code,Name," + wide + b"\nTRT-1,Stop" + b"," * 10_000 + b"\n", "10,000 columns", "*"
    )
    yield Broken("formula.csv", _GOOD.replace(b"Stop the batch", b"=HYPERLINK(A1)"), "a formula", "*")
    yield Broken("twice.csv", _GOOD.replace(b"Fixed start", b"Name"), "a heading twice", "*")
    yield Broken("headless.csv", b"alpha,beta,gamma\n1,2,3\n4,5,6\n", "no known heading", "*")
    yield Broken("long.csv", _GOOD.replace(b"Stop", b"x" * 70_000, 1), "a cell of 70,000 characters", "*")
    yield Broken("error.csv", _GOOD.replace(b"15m", b"#REF!"), "an error for a value", "*")
    yield from _values()
    yield from _across()


def _values() -> Iterator[Broken]:
    for name, duration in (("word", b"soon"), ("negative", b"-15m"), ("huge", b"9e99h"), ("year", b"9999h")):
        yield Broken(f"{name}.csv", _GOOD.replace(b"15m", duration), f"a duration: {duration.decode()}", "*")
    for name, moment in (
        ("iso", b"2026-04-03 22:00"),
        ("german", b"03.04.2026 22:00"),
        ("slashes", b"03/04/2026 22:00"),
        ("serial", b"46115.9166666667"),
        ("no-date", b"the day after"),
    ):
        dated = _GOOD.replace(b"15m,,,", b"15m,," + moment + b",")
        yield Broken(f"{name}.csv", dated, f"a date: {moment.decode()}", "*")
    lag = _GOOD.replace(b"20m,TRT-1", b"20m,TRT-1FS+soon")
    yield Broken("lag.csv", lag, "a lag that is none", "*")


def _across() -> Iterator[Broken]:
    """What is wrong across rows: told by the checks over the whole batch."""
    yield Broken(
        "self.csv", _GOOD.replace(b"20m,TRT-1", b"20m,TRT-2"), "waits for itself", "self_predecessor", "check"
    )
    yield Broken(
        "unknown.csv",
        _GOOD.replace(b"20m,TRT-1", b"20m,TRT-7"),
        "a mistyped code",
        "unknown_predecessor",
        "check",
    )
    yield Broken("twins.csv", _GOOD + _ROW, "two rows with one code", "duplicate_code", "check")
    yield Broken("cycle.csv", _GOOD.replace(b"15m,", b"15m,TRT-2"), "a circle", "cycle", "check")


def workbooks() -> Iterator[Broken]:
    good = _book(lambda sheet, book: _fill(sheet))
    yield Broken("cut.xlsx", good[: len(good) // 2], "cut off", "truncated", "recognise")
    yield Broken("formula.xlsx", _book(_formulas), "formula cells", None)
    yield Broken("merged.xlsx", _book(_merged), "merged cells", None)
    yield Broken("dates.xlsx", _book(_dates), "dates in three ways", "*")
    yield Broken("wide.xlsx", _book(_wide), "10,000 columns", "*")
    yield Broken("blank.xlsx", _book(lambda sheet, book: None), "nothing in it", "*")
    yield Broken("far.xlsx", _book(_far), "one cell in the last row of the last column", "*")
    sheet = "xl/worksheets/sheet1.xml"
    yield Broken(
        "garbled.xlsx", _with(good, sheet, b"<worksheet><sheetData><row"), "a sheet that breaks off", "*"
    )
    yield Broken(
        "missing.xlsx", _with(good, "xl/workbook.xml", b"<workbook/>"), "a workbook without sheets", "*"
    )
    laughs = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "' + b"&a;" * 1_000 + b'">]><worksheet><sheetData>'
    laughs += b'<row r="1"><c r="A1" t="str"><v>' + b"&b;" * 1_000 + b"</v></c></row></sheetData></worksheet>"
    yield Broken("laughs.xlsx", _with(good, sheet, laughs), "billion laughs in a sheet", "*")
    bomb = _with(good, sheet, b"<worksheet><sheetData>" + b"<row/>" * 3_000_000 + b"</sheetData></worksheet>")
    yield Broken("bomb.xlsx", bomb, "a sheet of three million rows without a cell", "zip_bomb", "recognise")
    damaged = changed_zip(_with(good, sheet, b"HERE", zipfile.ZIP_STORED), b"HERE", b"THEN")
    yield Broken("crc.xlsx", damaged, "a sheet whose checksum is wrong", "*")


Fill = Callable[[xlsxwriter.worksheet.Worksheet, xlsxwriter.Workbook], object]


def _book(fill: Fill) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - the library wants it without a zone
        fill(book.add_worksheet("Runsheet"), book)
    return out.getvalue()


def _fill(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    for n, line in enumerate(_GOOD.decode().splitlines()):
        sheet.write_row(n, 0, line.split(","))


def _formulas(sheet: xlsxwriter.worksheet.Worksheet, _book: xlsxwriter.Workbook) -> None:
    _fill(sheet)
    sheet.write_formula("B2", '=CONCATENATE("Stop"," it")', None, "Stop it")
    sheet.write_formula("C2", '="1"&"5m"', None, "15m")


def _merged(sheet: xlsxwriter.worksheet.Worksheet, _book: xlsxwriter.Workbook) -> None:
    _fill(sheet)
    sheet.write("G1", "Chapter")
    sheet.merge_range("G2:G3", "Close the day")


def _dates(sheet: xlsxwriter.worksheet.Worksheet, book: xlsxwriter.Workbook) -> None:
    _fill(sheet)
    when = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet.write_datetime("E2", datetime(2026, 4, 3, 22), when)  # noqa: DTZ001 - a cell of a workbook has no zone
    sheet.write_string("E3", "03/04/2026 22:00")
    sheet.write_row("A4", ["TRT-3", "Go", "5m", "", 46115.9166666667])


def _wide(sheet: xlsxwriter.worksheet.Worksheet, _book: xlsxwriter.Workbook) -> None:
    _fill(sheet)
    sheet.write_row(0, 6, [f"Column {n}" for n in range(10_000)])


def _far(sheet: xlsxwriter.worksheet.Worksheet, _book: xlsxwriter.Workbook) -> None:
    _fill(sheet)
    sheet.write("XFD1048576", "far")


def _with(book: bytes, name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the workbook with another part in place of one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(
                zipfile.ZipInfo(info.filename), data if info.filename == name else old.read(info), method
            )
    return out.getvalue()
