"""One page after another: numbers them, and names what no page should have once and not on each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tminus.runbook.domain.findings import Finding, Severity, Subject
from tminus.runbook.readers.archive.member import Member, too_large
from tminus.runbook.readers.confluence.json import Page, page_of
from tminus.runbook.readers.confluence.json_values import LARGEST_PAGE
from tminus.runbook.readers.confluence.marks import is_page, no_step, not_a_page
from tminus.runbook.readers.confluence.page import KNOWN, rows_of
from tminus.runbook.readers.staged import NewMember, Staged, StagedRow

_MOST_UNKNOWN = 100
"""Names of fields that are listed; pages with more have names that are no names."""


class Pages:
    """Counts pages, and names what no page should have once and not on each."""

    def __init__(self) -> None:
        self._row = 0
        self._unknown: set[str] = set()

    def take_member(self, member: Member) -> Iterator[Staged]:
        """Yield what one file of an archive says. Raises `Unreadable`."""
        data = member.read(LARGEST_PAGE) if member.size <= LARGEST_PAGE else member.start()
        other = not_a_page(member.name, data)
        if other:
            yield other
            return
        if member.size > LARGEST_PAGE:
            raise too_large(LARGEST_PAGE)
        page = page_of(data)
        values = page.value if isinstance(page.value, list) else [page.value]
        for n, value in enumerate(values or [None]):
            yield from self.take(Page(value, page.found if n == 0 else []), member.name)

    def take(self, page: Page, file: str) -> Iterator[Staged]:
        """Yield what one page says."""
        if not is_page(page.value):
            yield no_step(file)
            return
        self._row += 1
        for finding in page.found:
            yield replace(finding, file=file, row=self._row)
        yield from self._unknown_fields(page.value, file)
        for staged in rows_of(page.value, self._row):
            yield staged if isinstance(staged, StagedRow | NewMember) else replace(staged, file=file)

    def _unknown_fields(self, value: dict[str, Any], file: str) -> Iterator[Finding]:
        unknown = [key for key in value if key not in KNOWN and key not in self._unknown]
        for key in unknown[: _MOST_UNKNOWN - len(self._unknown)]:
            self._unknown.add(key)
            shown = "".join(letter if letter.isprintable() else "?" for letter in key[:60])
            yield Finding(
                "unknown_field",
                Severity.WARNING,
                f"Pages have a field “{shown}”, of which nothing is taken over; this is the first one with it.",
                file=file,
                row=self._row,
                subject=Subject("step", "", shown),
            )
