"""Predecessors as a cell of a table lists them: `TRT-1, TRT-2`, `14FS+2h`, `#12;#14`, `TRT-12SS-15m`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tminus.kernel.durations import format_duration
from tminus.runbook.domain.plan import Dependency, LinkKind
from tminus.runbook.readers.plan_values import BadValue
from tminus.runbook.readers.staged import StagedLink
from tminus.runbook.readers.table.cells import FAILED, LONGEST_LINE, failed, refuse_unprintable
from tminus.runbook.readers.table.cells_duration import Note, read_span

MOST_LINKS = 1_000
"""Links in one cell; a step that waits for more is a mistake of the sheet."""

_PARTS = re.compile(r"[,;|\n]")
# A kind right behind letters may be their end (GLASS): it counts behind a digit, a lettered number, or a blank.
_WITH_KIND = re.compile(
    r"(?P<code>.+?)(?:(?<=[0-9])|(?<=[0-9][a-z])|(?<=[\])])|\s+)(?P<kind>FS|SS|FF|SF)"
    # A code may itself look like a link; then the kind behind a blank, at the end, is the one.
    r"\s*(?P<lag>[+−-](?:(?!\s(?:FS|SS|FF|SF)(?:[+−-]|$)).)*)?",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"(?P<code>#?[0-9]+)\s*(?P<kind>EA|AA|EE|AE|FD|DD|DF)\s*(?P<lag>[+−-].*)?", re.IGNORECASE
)
_LAG_ALONE = re.compile(r"(?P<code>.+?)(?:\s*(?=\+)|\s+(?=[−-]))(?P<lag>.+)")
_OF_FOREIGN = {"EA": "FS", "AA": "SS", "EE": "FF", "AE": "SF", "FD": "FS", "DD": "SS", "DF": "SF"}
_ROW = re.compile(r"#\s*([0-9]{1,9})")
_DECIMAL = re.compile(r"([0-9]{1,15})\.0+")

RowOf = Callable[[int], int | None]
"""The row that a number of the sheet means; None where no row has it."""


def any_row(number: int) -> int | None:
    """Where the sheet does not number its rows itself, a number is the row as a spreadsheet shows it."""
    return number


class LinkCells:
    """Reads the cells of one column of links.

    `row_of` tells which row a number means, None where the codes are the numbers: there `#12` is the code 12.
    `bare_numbers`: `12` is such a number too, not only `#12`.
    """

    def __init__(
        self, heading: str, row_of: RowOf | None, bare_numbers: bool, note: Note, suggested: bool = False
    ) -> None:
        self._heading = heading
        self._row_of = row_of
        self._bare = bare_numbers
        self._note = note
        self._suggested = suggested

    def __call__(self, text: str) -> tuple[StagedLink, ...]:
        """Return the links of a cell, as written. Raises `BadValue`: `bad_link`."""
        if text.startswith(FAILED):
            raise failed(text)
        if not text.isprintable():
            refuse_unprintable(text)
        parts = [part for part in map(str.strip, _PARTS.split(text)) if part]
        if len(parts) > MOST_LINKS:
            raise BadValue(
                "bad_link", f"There are {len(parts):,} links in one cell; the most is {MOST_LINKS:,}."
            )
        return tuple(self._link(part) for part in parts)

    def _link(self, part: str) -> StagedLink:
        if len(part) > LONGEST_LINE:
            raise BadValue(
                "bad_link", f"A link is {len(part):,} characters long; the most is {LONGEST_LINE}."
            )
        code, kind, lag = split_link(part, self._note)
        match = _ROW.fullmatch(code)
        if self._row_of is None:
            return StagedLink(match[1] if match else code, kind, lag, self._suggested, self._heading, None)
        row = self._row(code, match, self._row_of)
        return StagedLink(code, kind, lag, self._suggested, self._heading, row)

    def _row(self, code: str, match: re.Match[str] | None, row_of: RowOf) -> int | None:
        if not match and not (self._bare and code.isdecimal() and len(code) < 10):
            return None
        number = int(match[1] if match else code)
        row = row_of(number)
        if row is None:
            raise BadValue(
                "bad_link", f"No row of the sheet has the number {number}.", "Write the step's code."
            )
        return row


def split_link(part: str, note: Note) -> tuple[str, LinkKind, int]:
    """Return code, kind and lag in seconds of one link. Raises `BadValue`: `bad_link`."""
    match = _WITH_KIND.fullmatch(part) or _FOREIGN.fullmatch(part)
    if match:
        kind = match["kind"].upper()
        return match["code"].strip(), LinkKind(_OF_FOREIGN.get(kind, kind)), _lag(match["lag"], part, note)
    alone = _LAG_ALONE.fullmatch(part)
    if alone:
        try:
            return alone["code"].strip(), LinkKind.FS, read_span(alone["lag"], note)
        except BadValue:
            pass  # What looks like a lag may be part of how the code is written: `[ - ](#)`.
    return _code(part), LinkKind.FS, 0


def link_text(link: Dependency) -> str:
    """Return how a table says a link, such that reading it gives the same again."""
    if not link.lag_seconds and link.kind is LinkKind.FS and _means(link.code, link):
        return link.code
    lag = format_duration(link.lag_seconds) if link.lag_seconds else ""
    rest = f"{link.kind}{'+' if link.lag_seconds > 0 else ''}{lag}"
    short = f"{link.code}{rest}"
    return short if _means(short, link) else f"{link.code} {rest}"


def _means(text: str, link: Dependency) -> bool:
    try:
        return split_link(text, lambda _: None) == (link.code, link.kind, link.lag_seconds)
    except BadValue:
        return False


def _code(text: str) -> str:
    bare = text.strip()
    match = _DECIMAL.fullmatch(bare) if bare.endswith("0") else None
    return match[1] if match else bare


def _lag(text: str | None, part: str, note: Note) -> int:
    try:
        return read_span(text, note) if text else 0
    except BadValue as error:
        said = f"“{part[:60]}” is no link: what stands behind the kind is no length of time."
        raise BadValue("bad_link", said, "Write it as “TRT-12FS+2h” or “TRT-12SS-15m”.") from error


def numbering(numbers: Mapping[int, int]) -> RowOf:
    """Return which row a number means where the sheet numbers its rows itself."""
    return numbers.get
