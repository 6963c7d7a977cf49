"""What the import bench imports: a runsheet of any size, made row by row, and the words its plan is called by."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

HEADINGS = (
    "Code",
    "Name",
    "Type",
    "Macro-phase",
    "Chapter",
    "Team",
    "Duration",
    "Predecessors",
    "Instructions",
)
STEPS_IN_A_CHAPTER = 20
CHAPTERS_IN_A_PHASE = 50
TEAMS = 40


def rows(steps: int) -> Iterator[tuple[str, ...]]:
    """Yield a step a row: chapters of 20, one to three links into each, as plans are in life."""
    for n in range(steps):
        chapter = n // STEPS_IN_A_CHAPTER
        before = sorted({n - 1, n - 7, n - STEPS_IN_A_CHAPTER} if n % 3 else {n - STEPS_IN_A_CHAPTER})
        yield (
            f"TRT-{n}",
            f"Move and check part {n}",
            "TRT",
            f"P{chapter // CHAPTERS_IN_A_PHASE}",
            f"C{chapter}",
            f"TEAM{n % TEAMS}",
            f"{5 + n % 40}m",
            ",".join(f"TRT-{one}" for one in before if one >= 0),
            f"Part {n}: take the list, follow it from top to bottom, and say so.",
        )


def runsheet(steps: int) -> bytes:
    """Return a runsheet of this many steps as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows(rows(steps))
    return out.getvalue().encode()
