"""`python -m bench [B1] [B5] [B6] … [B15] [--quick] [--start]`: measure, print one table, write results.json."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from bench import (
    commands,
    forecast,
    forecasting,
    freezing,
    imports,
    live,
    messages,
    reads,
    schedule,
    start,
    ticker,
)
from bench.product import Product, cluster_of_its_own, serving
from bench.report import Line, machine, print_table, write_results

RESULTS = Path(__file__).parent / "results.json"
PURE = ("B5", "B6")
SERVED = ("B1", "B7", "B8", "B9", "B13", "B14", "B15")


def main() -> int:
    """Run what was asked for. A missed aim is printed as one and is no error: machines are noisy."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("bench", nargs="*", metavar="B1|B5|B6|B7|B8|B9|B13|B14|B15", help="which (all)")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("--start", action="store_true", help="also fresh clone to first page, and warm start")
    asked = parser.parse_args()
    names = set(asked.bench or (*PURE, *SERVED))
    facts = machine()
    lines = _pure(names, asked.quick)
    if names & set(SERVED):
        with cluster_of_its_own() as cluster, serving(cluster) as product:
            lines += _served(product, names, asked.quick)
    if asked.start:
        lines += start.run()
    print_table(lines)
    write_results(RESULTS, facts, lines)
    return 0


def _pure(names: set[str], quick: bool) -> list[Line]:
    """What needs no server: arithmetic in this process."""
    lines: list[Line] = []
    if "B5" in names:
        lines += schedule.run(3 if quick else 15)
    if "B6" in names:
        lines += forecast.run(3 if quick else 15)
    return lines


def _served(product: Product, names: set[str], quick: bool) -> list[Line]:
    lines: list[Line] = []
    if "B1" in names:
        lines += asyncio.run(imports.run(product, 1 if quick else 5))
    if "B7" in names:
        rounds, each = (2, 10) if quick else (5, 30)
        lines += asyncio.run(commands.run(product, rounds, each))
        lines += asyncio.run(forecasting.run(product, 1 if quick else 3, 10 if quick else 30))
    if "B8" in names:
        rounds, viewers = (3, 200) if quick else (15, 500)
        lines += asyncio.run(live.run(product, rounds, viewers))
    if "B9" in names:
        lines += asyncio.run(reads.run(product, 3 if quick else 15))
    if "B13" in names:
        lines += asyncio.run(freezing.run(product, 2 if quick else 7))
    if "B14" in names:
        lines += asyncio.run(messages.run(product, 2 if quick else 7))
    if "B15" in names:
        lines += asyncio.run(ticker.run(product, 3 if quick else 15))
    return lines


if __name__ == "__main__":
    sys.exit(main())
