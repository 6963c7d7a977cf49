"""What a ZIP is: a workbook, another document, pages of a step export, or just a pack of files."""

from __future__ import annotations

from itertools import islice
from typing import BinaryIO
from zipfile import ZipFile

from tminus.runbook.domain.findings import Finding
from tminus.runbook.readers.archive.bounds import open_zip
from tminus.runbook.readers.archive.members import members_of
from tminus.runbook.readers.confluence.marks import has_marks
from tminus.runbook.readers.file_text import Unreadable, refuse
from tminus.runbook.readers.recognise.json import keys_of
from tminus.runbook.readers.recognise.office import TYPES, kind_of_office

_LOOKED_AT = 200
"""Files of an archive that are looked into for a page; who packs more pictures before the first page is asked to."""


def kind_of_zip(content: BinaryIO) -> str:
    """Return `table_xlsx`, `confluence_zip` or `archive`.

    Raises `Unreadable`: as `archive_bounds.open_zip`; `empty`, `macros`, `wrong_format`.
    """
    with open_zip(content) as archive:
        names = archive.namelist()
        if not names:
            raise refuse(
                "empty", "The archive is empty: there is no file in it.", suggestion="Pack it again."
            )
        if TYPES in names:
            return kind_of_office(archive, names)
        if names[0] == "mimetype" and "content.xml" in names:
            raise refuse(
                "wrong_format",
                "This is an OpenDocument file (LibreOffice), whatever its name says.",
                suggestion="Open it in LibreOffice and save it as xlsx or CSV.",
            )
        return "confluence_zip" if _has_pages(archive) else "archive"


def _has_pages(archive: ZipFile) -> bool:
    found = (member for member in members_of(archive) if not isinstance(member, Finding))
    for member in islice(found, _LOOKED_AT):
        try:
            if has_marks(keys_of(member.start().decode("utf-8-sig", errors="replace"))):
                return True
        except Unreadable:
            # Damaged, so only its name is left to go by; the reader says what is wrong with it.
            if member.name.lower().endswith(".json"):
                return True
    return False
