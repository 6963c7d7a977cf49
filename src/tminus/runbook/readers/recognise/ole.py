"""Which program wrote a compound file (OLE): old Excel is read, everything else is told what to become."""

from __future__ import annotations

from typing import BinaryIO

from tminus.runbook.readers.file_text import refuse
from tminus.runbook.readers.recognise.ole_names import names_of


def is_xls(content: BinaryIO) -> bool:
    """Return True for an Excel workbook (97 to 2003).

    Raises `Unreadable`: `encrypted`, `wrong_format` (Project, Word, PowerPoint, Outlook…), `truncated`.
    """
    names = names_of(content)
    if "EncryptedPackage" in names:
        raise refuse(
            "encrypted",
            "This Office document is protected by a password, so nothing of it can be read.",
            suggestion="Open it, take the password off (File, Info, Protect) and save it again.",
        )
    if names & {"Workbook", "Book"}:
        return True
    what, then = _other(names)
    raise refuse("wrong_format", f"This is {what}, whatever its name says.", suggestion=then)


def _other(names: set[str]) -> tuple[str, str]:
    if any(name.startswith("Props") and name[5:].isdigit() for name in names) or "TBkndTask" in names:
        return "a Microsoft Project file (mpp)", "In Project: File, Save As, XML (*.xml); import that file."
    if "WordDocument" in names:
        return "a Word document", "Copy its table into a spreadsheet, save it as xlsx or CSV and import that."
    if "PowerPoint Document" in names:
        return "a PowerPoint presentation", "Import the file the plan was written in."
    if any(name.startswith("__substg1.0") for name in names):
        return "an Outlook message", "Save the file attached to it and import that."
    return "an old Office document or an installer", "Save it as xlsx or CSV and import that."
