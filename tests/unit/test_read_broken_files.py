"""Every broken file is told what it is, or loads; none raises, and the large ones are never in memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator

import pytest

from tests.broken.kit import MEGABYTE, Broken
from tests.broken_files import broken_files
from tminus.runbook.domain.findings import Finding
from tminus.runbook.readers.confluence.reader import read_confluence_file, read_confluence_zip
from tminus.runbook.readers.file_text import Unreadable
from tminus.runbook.readers.markdown.file import read_markdown
from tminus.runbook.readers.msproject.file import read_msproject
from tminus.runbook.readers.plan_file import read_plan_file
from tminus.runbook.readers.recognise.file import Format, recognise
from tminus.runbook.readers.staged import Reading, SourceFile, Staged
from tminus.runbook.readers.table.csv import read_csv
from tminus.runbook.readers.table.excel import read_workbook

ALL = list(broken_files())
LARGE = [case for case in ALL if not isinstance(case.content, bytes)]


def _plan_file(source: SourceFile) -> Iterator[Staged]:
    # As the import does: no more is read than is enough to know that it is too large.
    yield from read_plan_file(source.name, source.content.read(20 * MEGABYTE + 1)).findings


READERS: dict[Format, Callable[[SourceFile], Reading]] = {
    Format.PLAN_FILE: _plan_file,
    Format.CONFLUENCE_PAGE: read_confluence_file,
    Format.CONFLUENCE_ZIP: read_confluence_zip,
    Format.TABLE_CSV: read_csv,
    Format.TABLE_XLSX: read_workbook,
    Format.TABLE_XLS: read_workbook,
    Format.MSPROJECT_XML: read_msproject,
    Format.MARKDOWN: read_markdown,
}


def found_in(case: Broken, stage: str) -> list[Finding]:
    source = case.source()
    try:
        kind = recognise(source)
    except Unreadable as error:
        assert stage == "recognise", error.finding.message
        return [error.finding]
    assert stage != "recognise", kind
    return [staged for staged in READERS[kind](source) if isinstance(staged, Finding)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.name}: {case.why}")
def test_is_told(case: Broken) -> None:
    found = found_in(case, case.at)
    codes = {finding.code for finding in found}
    assert all(finding.message.endswith((".", "?", "!")) for finding in found)
    if case.at == "check" or case.expected is None:
        assert not [finding.message for finding in found if finding.is_error]
    elif case.expected == "*":
        assert codes
    else:
        assert case.expected in codes, found


@pytest.mark.parametrize("case", LARGE, ids=lambda case: f"{case.name}: {case.why}")
def test_is_never_in_memory(case: Broken) -> None:
    tracemalloc.start()
    try:
        found_in(case, case.at)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 64 * MEGABYTE


def test_there_are_a_hundred_and_each_is_the_same_every_time() -> None:
    again = list(broken_files())
    assert len(ALL) >= 100
    assert [case.name for case in ALL] == [case.name for case in again]
    assert all(
        a.content == b.content for a, b in zip(ALL, again, strict=True) if isinstance(a.content, bytes)
    )
