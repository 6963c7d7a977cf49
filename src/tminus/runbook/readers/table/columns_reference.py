"""The reference page of the runsheet table, made from the table the reader follows.

`python -m tminus.runbook.readers.table.columns_reference docs/reference/runsheet-table.md` writes it anew.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tminus.runbook.readers.table.columns import COLUMNS, NOT_OF_PLAN, READ_ONLY
from tminus.runbook.readers.table.columns_guess import LIKE
from tminus.runbook.readers.table.heading import MOST_COLUMNS, ROWS_LOOKED_AT
from tminus.runbook.readers.table.kinds import KIND_WORDS

_PAGE = """# The runsheet table

A whole plan in one table: CSV, xlsx or xls. Each row is one thing; its column *Kind* says which, and where it says
nothing it is a step. An export writes every column; a file that is imported needs *Name* or *Code* and one more.

- **A column that is absent leaves its values as they are; an empty cell clears its value.** A name is never cleared.
- A step names its chapter and macro-phase by code or name; these need no row of their own. A task follows its step,
  or names it in *Step*.
- The headings may stand in any of the first {rows} rows and in any order. What stands above them is left aside.
- Which heading is which column is told by its words, by the words other programs and languages use, and by likeness
  ({like:.0%} or more). What each heading was taken for is shown, and can be said otherwise.
- At most {columns:,} columns, 300 characters in a line, 20,000 in a text; files up to 100 MB.

## Example

```csv
{example}```

Leave out the columns that are not needed. This is a plan of two steps:

```csv
Name,Duration,Team,Predecessors
Stop the interfaces,20m,DBA,
Full backup,1h 45m,DBA,#2
```

## Columns

| Heading | In rows of kind | Meaning | Also understood |
|---|---|---|---|
{table}

Known and left aside, since they say what happened or is reckoned: {aside}.

## What cells may say

| Cell | Written as |
|---|---|
| length of time | `45m`, `2h 30m`, `1.5h`, `01:30`, `PT45M`, a time cell; bare numbers are minutes, or what the \
heading names, as in *Duration (hours)*. A day is 24 hours, which is said |
| predecessors | `TRT-12`, `TRT-12SS-15m`, `14FS+2h`, several divided by `,` `;` <code>&#124;</code> or line breaks. \
The kind stands behind a digit or a blank. `#12` is the row with the number 12: of the column *#* if there is one, \
else the code 12 where all codes are numbers, else the row a spreadsheet shows (the headings count). A bare `12` is \
such a number too unless codes are numbers |
| yes or no | `yes`, `no`, `true`, `false`, `x`, `1`, `0`, `ja`, `nein`, `oui`, `non` |
| moment | `T+14h 30m` or `Sun 06:00`. A date is not taken over, as a plan holds for every iteration; what to write \
instead is said |
| list | words divided by `,` `;` or line breaks; one that holds such a mark stands in `"` quotes |
| failed formula | `#REF!` and its kin are an error of that cell. Formulas give their last result; in CSV a text that \
begins with `=` stays a text |

## CSV

Divided by `,` `;` tab or <code>&#124;</code>, whichever makes sense of the headings; UTF-8 with or without a
byte order mark, UTF-16, or Windows-1252 (which is said). An export is UTF-8 with a byte order mark, so that Excel
shows accents, with commas and `\\r\\n`.

A spreadsheet runs a cell that begins with `=` `+` `-` `@` or a tab as a formula, and turns `1.0` into `1`. An export
puts an apostrophe before such a cell, before a text that looks like a failed formula, and before a text that begins
with apostrophes and then such a thing. An import takes that one apostrophe off again, and no other.

## Workbooks

Read is the first of the sheets *Runsheet*, *Runbook*, *Tasks*, *Steps*, *Plan*, *Schedule* that is there, else the
first sheet with headings; hidden sheets and *About* are never read. A merged cell in *Macro-phase* or *Chapter* counts
for every row it spans; other blanks stay blanks. A workbook with macros or a password is refused. A failed formula of
an old `.xls` reads as an empty cell: save it as xlsx.

An export has the sheet *Runsheet*, and *About*, which is for people. With an iteration's states and times, these stand
behind the names, by the clock of the zone that their headings name. It can be imported as it is.
"""
_EXAMPLE = (
    ("plan", "", "Go-live weekend", "", "", "", "", "", "", "", ""),
    ("team", "DBA", "Databases", "", "", "", "", "", "", "", "dba@example.org"),
    ("macro-phase", "A", "Freeze", "", "", "", "", "", "", "", ""),
    ("chapter", "A1", "Freeze the old system", "A", "", "", "", "", "", "", ""),
    ("step", "TRT-1010", "Stop the interfaces", "A", "A1", "", "DBA", "20m", "", "", ""),
    ("task", "TRT-1010-1", "Each queue is empty", "", "", "TRT-1010", "", "", "", "yes", ""),
    ("step", "TRT-1020", "Full backup", "A", "A1", "", "DBA", "1h 45m", "TRT-1010FS+5m", "", ""),
)
_EXAMPLE_HEADINGS = "Kind,Code,Name,Macro-phase,Chapter,Step,Team,Duration,Predecessors,Required,Email"


def example() -> str:
    """Return the example of the page, a CSV that can be imported."""
    return "\n".join([_EXAMPLE_HEADINGS, *(",".join(row) for row in _EXAMPLE)]) + "\n"


def page() -> str:
    """Return the page as the documentation holds it."""
    return _PAGE.format(
        rows=ROWS_LOOKED_AT,
        like=LIKE,
        columns=MOST_COLUMNS,
        example=example(),
        table="\n".join(_row(place) for place in range(len(COLUMNS))),
        aside=", ".join(one.strip() for one in NOT_OF_PLAN.split(";")),
    )


def _row(place: int) -> str:
    column = COLUMNS[place]
    every = len(column.kinds) == len(KIND_WORDS)
    kinds = ", ".join(KIND_WORDS[kind] for kind in column.kinds) if column.kinds and not every else "all"
    also = ", ".join(alias.strip() for alias in column.aliases.split(";") if alias.strip())
    heading = f"{column.heading}{' (read only)' if column.field in READ_ONLY else ''}"
    cells = (heading, kinds, column.meaning, also)
    return (
        "| "
        + " | ".join(cell.replace("`|`", "<code>&#124;</code>").replace("|", "&#124;") for cell in cells)
        + " |"
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page())
