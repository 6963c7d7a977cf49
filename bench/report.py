"""What a bench found, as one line of a table and one object of a file."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import psutil


@dataclass(frozen=True, slots=True)
class Line:
    """One measured figure beside the peer's.

    `ratio` is theirs to ours as the aim counts it; `met` = the aim is reached; None = there is no aim.
    """

    bench: str
    figure: str
    unit: str
    ours: float
    peer: float | None = None
    ratio: float | None = None
    aim: str = ""
    met: bool | None = None
    rounds: tuple[tuple[float, float], ...] = ()
    memory: str = ""


def compare(
    bench: str,
    figure: str,
    unit: str,
    pairs: Sequence[tuple[float, float]],
    aim: tuple[str, float],
    memory: str = "",
) -> Line:
    """Return the line of interleaved pairs (ours, peer's): medians of both, and the median of their ratios.

    `aim` = ("≥" or "≤", bound) on ours / peer's.
    """
    ratio = median(ours / peer for ours, peer in pairs)
    sign, bound = aim
    met = ratio >= bound if sign == "≥" else ratio <= bound
    medians = median(one for one, _ in pairs), median(one for _, one in pairs)
    said = f"{sign} {bound:.2f} ×"
    return Line(bench, figure, unit, *medians, ratio, said, met, tuple(pairs), memory)


def print_table(lines: Sequence[Line]) -> None:
    """Print the lines under a head, aligned."""
    head = ("", "what", "Tminus", "peer", "ratio", "aim", "", "memory")
    rows = [head, *(_cells(line) for line in lines)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _cells(line: Line) -> tuple[str, ...]:
    verdict = {True: "met", False: "MISSED", None: ""}[line.met]
    peer = _figure(line.peer, line.unit)
    ratio = "" if line.ratio is None else f"{line.ratio:.2f} ×"
    ours = _figure(line.ours, line.unit)
    return (line.bench, line.figure, ours, peer, ratio, line.aim, verdict, line.memory)


def _figure(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:,.1f} {unit}"


def machine() -> dict[str, Any]:
    """Say on what this was measured: the figures are this machine's alone."""
    return {
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "memoryGb": round(psutil.virtual_memory().total / 2**30, 1),
        "python": platform.python_version(),
        "loadBefore": [round(one, 2) for one in os.getloadavg()],
    }


def write_results(path: Path, facts: dict[str, Any], lines: Sequence[Line]) -> None:
    """Write all lines with the machine's facts beside them."""
    document = {"machine": facts, "lines": [asdict(line) for line in lines]}
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
