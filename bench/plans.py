"""Plans for benches, as plan files, from their size alone: the same number gives the same plan."""

from __future__ import annotations

import json
from typing import Any

STEPS_IN_A_CHAPTER = 20


def pairs(key: str, count: int) -> bytes:
    """Return a plan of pairs of steps, the second of each waiting for the first, all in one chapter."""
    steps: list[dict[str, object]] = []
    for n in range(count):
        first, second = f"TRT-{n}a", f"TRT-{n}b"
        steps.append({"code": first, "name": f"Move part {n}", "team": "OPS", "duration": "10m"})
        last = {"code": second, "name": f"Check part {n}", "team": "OPS", "duration": "5m"}
        steps.append({**last, "after": [first]})
    return _file(key, [{"code": "A1", "name": "All of it", "steps": steps}])


def timed(key: str, count: int, each: int) -> bytes:
    """Return a plan of steps that wait for nothing but their time: `each` of them for every hour from T+1h on."""
    steps = [
        {
            "code": f"TRT-{n}",
            "name": f"Open part {n}",
            "team": "OPS",
            "duration": "10m",
            "fixedStart": f"T+{1 + n // each}h",
        }
        for n in range(count)
    ]
    return _file(key, [{"code": "A1", "name": "All of it", "steps": steps}])


def layered(key: str, count: int) -> bytes:
    """Return a plan as they are in life: chapters of 20 steps, two tasks a step, one to three links into each."""
    chapters = []
    for first in range(0, count, STEPS_IN_A_CHAPTER):
        steps = [_layered_step(n) for n in range(first, min(count, first + STEPS_IN_A_CHAPTER))]
        number = first // STEPS_IN_A_CHAPTER
        chapters.append({"code": f"A{number}", "name": f"Part {number} of the move", "steps": steps})
    return _file(key, chapters)


def _layered_step(n: int) -> dict[str, Any]:
    before = sorted({n - 1, n - 7, n - STEPS_IN_A_CHAPTER} if n % 3 else {n - STEPS_IN_A_CHAPTER})
    return {
        "code": f"TRT-{n}",
        "name": f"Move and check part {n}",
        "team": "OPS",
        "duration": f"{5 + n % 40}m",
        "instructions": f"Part {n}: take the list, follow it from top to bottom, and say so.\n" * 4,
        "after": [f"TRT-{one}" for one in before if one >= 0],
        "tasks": [{"code": f"TRT-{n}-{t}", "title": f"Point {t} of part {n}"} for t in (1, 2)],
    }


def _file(key: str, chapters: list[dict[str, Any]]) -> bytes:
    plan = {
        "tminus": 1,
        "migration": {"key": key, "name": f"Bench {key}", "zone": "UTC"},
        "plan": {"name": f"Plan {key}"},
        "teams": [{"code": "OPS", "name": "Operations", "email": "ops@bench.example"}],
        "macroPhases": [{"code": "PH", "name": "All", "chapters": chapters}],
    }
    return json.dumps(plan).encode()
