"""Where a table begins: its row of headings, among the first rows of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tminus.runbook.domain.findings import Finding, Severity, Subject
from tminus.runbook.readers.table.columns_guess import ColumnGuess, guess_columns

ROWS_LOOKED_AT = 20
"""Rows in which the headings are looked for: titles, a logo and a legend stand above them, no more."""

MOST_COLUMNS = 1_000
"""Columns that are read. A runsheet has fifty."""

Record = list[str]
Row = tuple[int, Record]
"""A row's number, from 1, and its cells."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of headings, and what each of them was taken for."""

    row: int
    columns: list[ColumnGuess]


def find_heading(rows: Sequence[Row], mapping: Mapping[str, str | None] | None) -> Heading | None:
    """Return the row of headings: the one with the most columns that are known; of two such the first.

    It must name a column for names or codes, and a second one, unless it is the only column there is.
    """
    best, most = None, 0
    for row, record in rows[:ROWS_LOOKED_AT]:
        if len(record) > MOST_COLUMNS:
            continue
        columns = guess_columns(record, mapping)
        fields = {one.field for one in columns if one.field}
        known = sum(1 for one in columns if one.heading and (one.field or one.confidence))
        alone = sum(1 for one in columns if one.heading) == 1
        if fields & {"name", "code"} and (len(fields) > 1 or alone) and known > most:
            best, most = Heading(row, columns), known
    return best


def likely_headings(rows: Sequence[Row], mapping: Mapping[str, str | None] | None) -> list[ColumnGuess]:
    """Return the words that may be headings where none is known: the first row with several different ones.

    A person can then say what they are; nothing is read under them before.
    """
    for _, record in rows[:ROWS_LOOKED_AT]:
        words = [word for word in record if word.strip()]
        if len(words) > 1 and len(set(words)) == len(words) and len(record) <= MOST_COLUMNS:
            return guess_columns(record, mapping)
    return []


def no_heading(rows: Sequence[Row], where: str) -> Finding:
    """Return the error that nothing in the file is a table of steps."""
    widest = max((len(record) for _, record in rows), default=0)
    if widest > MOST_COLUMNS:
        return Finding(
            "too_many_columns",
            Severity.ERROR,
            f"{where} has {widest:,} columns, which no runsheet has; the most is {MOST_COLUMNS:,}. Nothing was read.",
            "Check what divides its columns, or import the sheet with the steps.",
        )
    return Finding(
        "no_heading",
        Severity.ERROR,
        f"{where} has no row of headings among its first {ROWS_LOOKED_AT} rows. Nothing was read.",
        "Give it a row with headings such as Code, Name, Duration, Team, Predecessors; or say which of its columns"
        " is the name or the code, and what a second one is.",
    )


def said_of(heading: Heading) -> Iterator[Finding]:
    """Yield what is to be said of the headings: where they are, and what is left aside without being known."""
    row = heading.row
    if row > 1:
        said = f"The headings are in row {row}; the rows above them are no part of the table."
        yield Finding("heading_found", Severity.WARNING, said, row=row)
    for one in heading.columns:
        if one.heading and one.field is None and not one.confidence:
            said = f"The column “{one.heading[:60]}” {one.reason}; it was left aside."
            hint = (
                "Where it is one of a plan, say which: under Columns on the page, or on the command line as in"
                f' --map "{one.heading[:60]}=Duration".'
            )
            subject = Subject("column", "", one.heading)
            yield Finding("unknown_column", Severity.WARNING, said, hint, row=row, subject=subject)
        elif one.heading and one.field is None and one.reason.endswith("already"):
            said = f"The column “{one.heading[:60]}” was left aside: {one.reason}."
            subject = Subject("column", "", one.heading)
            yield Finding("column_twice", Severity.WARNING, said, row=row, subject=subject)
