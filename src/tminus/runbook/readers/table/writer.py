"""Writes a plan as CSV: every column, in a stable order, such that reading it gives the same plan."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from tminus.runbook.domain.plan import Plan
from tminus.runbook.readers.table.csv import guarded
from tminus.runbook.readers.table.progress import AFTER_NAME, Standing, StepProgress
from tminus.runbook.readers.table.records import HEADINGS, records

_CHUNK = 64 * 1024
"""Characters after which a piece is handed on."""


def plan_as_csv(
    plan: Plan, progress: Mapping[str, StepProgress] | None = None, zone: str = "UTC"
) -> Iterator[str]:
    r"""Yield the CSV of a plan in pieces, to be encoded as UTF-8.

    It begins with a byte order mark, without which Excel takes UTF-8 for Windows-1252; lines end in `\r\n`
    (RFC 4180). A cell that a spreadsheet would run as a formula is led by an apostrophe, which reading takes off.

    `progress` (code of a step → where it stands) adds its state and times behind the names, by the clock of `zone`
    (IANA); they are left aside when the file is imported.
    """
    piece = io.StringIO(newline="")
    writer = csv.writer(piece)
    piece.write("\ufeff")
    standing = Standing(progress, zone)
    writer.writerow([*HEADINGS[:AFTER_NAME], *standing.headings, *HEADINGS[AFTER_NAME:]])
    for step, record in records(plan):
        texts = standing.texts(step.code if step else None)
        writer.writerow([guarded(cell) for cell in (*record[:AFTER_NAME], *texts, *record[AFTER_NAME:])])
        if piece.tell() > _CHUNK:
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()
