"""What is to be said of a file of base data that is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tminus.kernel.plain_text import UNPRINTABLE
from tminus.runbook.domain.base_data.said import BaseKind
from tminus.runbook.domain.findings import Finding, Severity, Subject, did_you_mean
from tminus.runbook.readers.base_data.columns import KIND
from tminus.runbook.readers.base_data.headings import Headings
from tminus.runbook.readers.base_data.sheets import Sheet


def unknown_kind(headings: Headings, row: int, cells: Sequence[str], file: str) -> Finding:
    """Return the error of a row whose kind is none."""
    place = headings.tables[BaseKind.TEAM][KIND]
    word = UNPRINTABLE.sub("", cells[place] if place < len(cells) else "").strip()[:60]
    words = [kind.words for kind in BaseKind]
    hint = did_you_mean(word, words) or f"Write one of {', '.join(words)}."
    subject = Subject("row", "", headings.words[place])
    message = f"“{word}” is no kind of row." if word else "The row does not say what it is."
    return Finding("unknown_kind", Severity.ERROR, message, hint, file=file, row=row, subject=subject)


def left_aside(headings: Headings, file: str) -> Iterator[Finding]:
    """Yield a warning for each heading that nothing is taken from."""
    for word in headings.unknown():
        shown = UNPRINTABLE.sub("", word)[:60]
        said = f"The column “{shown}” is none of base data; it was left aside."
        subject = Subject("column", "", shown)
        yield Finding("unknown_column", Severity.WARNING, said, file=file, row=headings.row, subject=subject)


def unknown_table(sheet: Sheet, file: str, *, alone: bool) -> Finding:
    """Return what is to be said of a table of who knows what: an error, or a warning beside tables that are known."""
    if not alone:
        message = f"The sheet “{sheet.name[:60]}” was left aside: it is no table of people, teams or places."
        return Finding("other_sheets", Severity.WARNING, message, file=file)
    return Finding(
        "unknown_table",
        Severity.ERROR,
        f"{f'The sheet “{sheet.name[:60]}”' if sheet.name else 'The file'} does not say whether its rows are teams, "
        "people, applications or environments.",
        "Name the sheet Teams, Users, Applications, Environments or Environment roles, or add a column Kind. "
        "A person is known by an Email, everything else by a Code: these columns are needed.",
        file=file,
    )


def nothing() -> Finding:
    """Return the error of a file that says nothing."""
    return Finding(
        "empty", Severity.ERROR, "The file has headings and no rows.", "Fill it in, and try again."
    )
