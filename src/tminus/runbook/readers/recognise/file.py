"""What a raw file is, by its content and never by its name; what is no plan is called by its own name."""

from __future__ import annotations

from enum import StrEnum

from tminus.runbook.readers.archive.member import too_large
from tminus.runbook.readers.encoding.guess import HEAD
from tminus.runbook.readers.encoding.marks import marked
from tminus.runbook.readers.file_text import refuse
from tminus.runbook.readers.recognise.binary import refuse_foreign
from tminus.runbook.readers.recognise.ole import is_xls
from tminus.runbook.readers.recognise.text import kind_of_text
from tminus.runbook.readers.recognise.zip import kind_of_zip
from tminus.runbook.readers.staged import SourceFile

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes of one raw file: a runsheet of 100,000 steps with long instructions is 60 MB."""

_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Format(StrEnum):
    """Which reader a file goes to; `archive` = its members are to be recognised one by one."""

    PLAN_FILE = "plan_file"
    CONFLUENCE_PAGE = "confluence_page"
    CONFLUENCE_ZIP = "confluence_zip"
    TABLE_CSV = "table_csv"
    TABLE_XLSX = "table_xlsx"
    TABLE_XLS = "table_xls"
    MSPROJECT_XML = "msproject_xml"
    MARKDOWN = "markdown"
    ARCHIVE = "archive"


def recognise(source: SourceFile) -> Format:
    """Return what the file is; its content is at its beginning again afterwards.

    Raises `Unreadable` with a finding that says what it is instead, and what to do: `too_large`, `empty`,
    `not_text`, `truncated`, `encrypted`, `macros`, `zip_bomb`, `too_many_members`, `wrong_format`,
    `unknown_format`.
    """
    if source.size > LARGEST_FILE:
        raise too_large(LARGEST_FILE)
    try:
        return _recognise(source)
    finally:
        source.content.seek(0)


def _recognise(source: SourceFile) -> Format:
    content = source.content
    content.seek(0)
    head = content.read(HEAD)
    if not head:
        raise refuse(
            "empty", "The file is empty: it has no bytes at all.", suggestion="Export or save it again."
        )
    if not head.strip(b"\0"):
        raise refuse(
            "not_text",
            "The file holds nothing but zero bytes: it was not written to its end, or its disk is damaged.",
            suggestion="Export or save it again.",
        )
    if head.startswith(_ZIP_STARTS):
        return Format(kind_of_zip(content))
    if head.startswith(_OLE):
        is_xls(content)
        return Format.TABLE_XLS
    refuse_foreign(head)
    guess = marked(head)
    encoding, skip = (guess.encoding, guess.skip) if guess else ("utf-8", 0)
    return Format(kind_of_text(head[skip:], encoding, whole=len(head) < HEAD))
