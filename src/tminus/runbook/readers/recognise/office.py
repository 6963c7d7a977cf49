"""What an Office document is by its parts: a workbook is read, unless there are programs in it."""

from __future__ import annotations

import zipfile

from tminus.runbook.readers.archive.member import BROKEN
from tminus.runbook.readers.file_text import refuse

TYPES = "[Content_Types].xml"
"""The part that every Office document has."""

_LARGEST_TYPES = 1024 * 1024
_MACROS = "macroEnabled"
_DOCUMENTS = (
    ("xl/workbook.bin", "a binary Excel workbook (xlsb)", "Open it in Excel and save it as xlsx."),
    (
        "word/",
        "a Word document",
        "Copy its table into a spreadsheet, save it as xlsx or CSV and import that.",
    ),
    ("ppt/", "a PowerPoint presentation", "Import the file the plan was written in."),
    ("visio/", "a Visio drawing", "Import the file the plan was written in."),
)


def kind_of_office(archive: zipfile.ZipFile, names: list[str]) -> str:
    """Return `table_xlsx`. Raises `Unreadable`: `macros`, `wrong_format`, `truncated`."""
    if any(name.lower().endswith("vbaproject.bin") for name in names) or _MACROS in _types(archive):
        raise refuse(
            "macros",
            "This workbook holds macros (xlsm); files with programs in them are not taken, whatever their name.",
            suggestion="Save it as an Excel workbook without macros (xlsx) and import that.",
        )
    for start, what, then in _DOCUMENTS:
        if any(name.startswith(start) for name in names):
            raise refuse("wrong_format", f"This is {what}, whatever its name says.", suggestion=then)
    if not any(name.startswith("xl/") for name in names):
        raise refuse(
            "wrong_format",
            "This is an Office document, but no workbook.",
            suggestion="Save its table as xlsx or CSV and import that.",
        )
    return "table_xlsx"


def _types(archive: zipfile.ZipFile) -> str:
    try:
        with archive.open(TYPES) as file:
            return file.read(_LARGEST_TYPES).decode("utf-8", errors="replace")
    except BROKEN:
        raise refuse(
            "truncated",
            "The workbook is damaged: what it says of its own parts cannot be read.",
            suggestion="Open it in Excel and save it again.",
        ) from None
