"""One door to all readers of foreign files: what a file is, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from tminus.runbook.domain.findings import Finding, Severity
from tminus.runbook.readers.archive.member import Member
from tminus.runbook.readers.archive.members import zip_members
from tminus.runbook.readers.confluence.reader import read_confluence_file, read_confluence_zip
from tminus.runbook.readers.file_text import Unreadable
from tminus.runbook.readers.markdown.file import read_markdown
from tminus.runbook.readers.msproject.file import read_msproject
from tminus.runbook.readers.recognise.file import LARGEST_FILE, Format, recognise
from tminus.runbook.readers.staged import NewMember, Reading, SourceFile, Staged
from tminus.runbook.readers.table.csv import read_csv
from tminus.runbook.readers.table.excel import read_workbook
from tminus.runbook.readers.table.rows import Mapped, OnColumns

_TABLES: dict[Format, Callable[[SourceFile, Mapped | None, OnColumns], Reading]] = {
    Format.TABLE_CSV: read_csv,
    Format.TABLE_XLSX: read_workbook,
    Format.TABLE_XLS: read_workbook,
}
_OTHERS: dict[Format, Callable[[SourceFile], Reading]] = {
    Format.CONFLUENCE_PAGE: read_confluence_file,
    Format.CONFLUENCE_ZIP: read_confluence_zip,
    Format.MSPROJECT_XML: read_msproject,
    Format.MARKDOWN: read_markdown,
}


def read_file(source: SourceFile, form: Format, mapping: Mapped | None, on_columns: OnColumns) -> Reading:
    """Yield what a file of this format says; a plan file is not read here. Nothing is raised for what is in it."""
    if form in _TABLES:
        return _TABLES[form](source, mapping, on_columns)
    if form is Format.ARCHIVE:
        return _read_archive(source, mapping, on_columns)
    return _OTHERS[form](source)


def _read_archive(source: SourceFile, mapping: Mapped | None, on_columns: OnColumns) -> Reading:
    try:
        for member in zip_members(source.content):
            if isinstance(member, Finding):
                yield member
                continue
            yield NewMember(member.name)
            yield from _read_member(member, mapping, on_columns)
    except Unreadable as error:
        yield replace(error.finding, file=source.name)


def _read_member(member: Member, mapping: Mapped | None, on_columns: OnColumns) -> Iterator[Staged]:
    try:
        data = member.read(LARGEST_FILE)
        with cast("BinaryIO", SpooledTemporaryFile(max_size=1024 * 1024)) as content:
            content.write(data)
            inner = SourceFile(0, member.name, content, len(data))
            form = recognise(inner)
            if form in _TABLES or form in (Format.CONFLUENCE_PAGE, Format.MSPROJECT_XML, Format.MARKDOWN):
                yield from read_file(inner, form, mapping, on_columns)
            else:
                yield _not_here(member.name, form)
    except Unreadable as error:
        yield replace(error.finding, file=member.name)


def _not_here(name: str, form: Format) -> Finding:
    what = "a plan file" if form is Format.PLAN_FILE else "an archive"
    return Finding(
        "not_in_an_archive",
        Severity.ERROR,
        f"This is {what}, and stands inside an archive: it was not read.",
        "Import it by itself.",
        file=name,
    )
