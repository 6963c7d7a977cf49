"""A synthetic Confluence step export: one JSON page a step, and what is wrong in it, counted.

Shape, field names and the share of each defect follow a measured export of 1,174 pages; every word is invented.
The same seed and size give the same pages.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Page = dict[str, Any]
TYPES = {
    "TRT": 392,
    "PRE": 226,
    "CHK": 146,
    "IGO": 140,
    "BGO": 129,
    "DUM": 59,
    "BUS": 30,
    "SYS": 29,
    "GON": 22,
}
_MACROS = (
    "A - PRE MIGRATION",
    "C - WEEK-END 1 - CLIENT STATIC DATA",
    "E - WEEK BETWEEN",
    "G - WEEK-END 2 - P&C",
    "I - POST MIGRATION",
)
_TEAMS = (
    *(
        "CORE",
        "OPERATIONS",
        "IT_MGMT",
        "DBA",
        "NETWORK",
        "PAYMENTS",
        "CARDS",
        "TREASURY",
        "SECURITIES",
        "RISK",
    ),
    *("COMPLIANCE", "TAX", "REPORTING", "CHANNELS", "MOBILE", "CRM", "DATA_MIGRATION", "TEST", "SECURITY"),
    *(
        "BATCH",
        "STORAGE",
        "MIDDLEWARE",
        "PRINT",
        "ARCHIVE",
        "HELPDESK",
        "BRANCHES",
        "LENDING",
        "DEPOSITS",
        "FX",
    ),
    *("LEDGER", "AUDIT", "COMMS"),
)
_VERBS = (
    *(
        "Run",
        "Stop",
        "Check",
        "Export",
        "Load",
        "Reconcile",
        "Validate",
        "Open",
        "Close",
        "Restart",
        "Archive",
    ),
    *("Compare", "Sign off", "Freeze"),
)
_THINGS = (
    *("end-of-day batch", "client master", "position extract", "contract load", "interface queue"),
    *(
        "payment gateway",
        "message broker",
        "ledger balances",
        "standing orders",
        "card limits",
        "portal access",
    ),
    *("document archive", "rate feed", "tax lots", "nightly snapshot"),
)
_FRENCH = ("Arrêt des traitements", "Contrôle des soldes", "Libération des accès", "Vérification générale")
_TASKS = {1: 600, 2: 180, 3: 120, 4: 80, 5: 40, 8: 25, 14: 12, 24: 6, 54: 1}


@dataclass(frozen=True)
class Export:
    """Pages by the name of their file (without `.json`), in the order of the plan."""

    pages: list[tuple[str, Page]]

    def write(self, folder: Path) -> None:
        """Write one file a page."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self.files().items():
            (folder / name).write_bytes(data)

    def files(self) -> dict[str, bytes]:
        """Return the bytes of each file; a later page of the same name takes the place of an earlier."""
        return {
            f"{name}.json": json.dumps(page, ensure_ascii=False, indent=1).encode()
            for name, page in self.pages
        }

    def truth(self) -> dict[str, int]:
        """Count what the pages hold and what is wrong with them, as they are written."""
        pages = [page for _, page in self.pages]
        codes = Counter(code for page in pages if (code := _code(page)))
        ids = [(page, [task["instruction_id"] for task in page["task_list"]]) for page in pages]
        tasks = [task for page in pages for task in page["task_list"]]
        return {
            "pages": len(pages),
            "tasks": len(tasks),
            "distinct_codes": len(codes),
            "null_number": sum(page["step_number"] is None for page in pages),
            "unknown_type": sum(page["step_type"] not in TYPES for page in pages),
            "pages_sharing_a_code": sum(n for n in codes.values() if n > 1),
            "self_predecessor": sum(page["predecessor"] == _code(page) for page in pages if _code(page)),
            "unknown_predecessor": sum(bool(p := page["predecessor"]) and p not in codes for page in pages),
            "macro_phase_empty": sum(page["macro_time_sequence"] in ("", "-") for page in pages),
            "html_entity": sum("&amp;" in page["macro_time_sequence"] for page in pages),
            "task_not_under_its_step": sum(
                not t.startswith(f"{_code(page)}-") for page, of in ids for t in of
            ),
            "steps_with_duplicate_task_id": sum(len(set(of)) < len(of) for _, of in ids),
            "task_without_team": sum(not task["instruction_assigned_team"] for task in tasks),
            "team_spellings": len({page["primary_team"] for page in pages}),
            "control_codes": len({c for t in tasks for c in re.findall(r"C\d{4}", t["associated_controls"])}),
        }


def confluence_export(pages: int = 1_174, seed: int = 1, *, clean: bool = False) -> Export:
    """Return an export of this size; a clean one has no defect and an acyclic plan."""
    rng = random.Random(seed)
    plan = _steps(rng, pages)
    followers = {step["predecessor"]: step["code"] for step in reversed(plan) if step["predecessor"]}
    made = [_page(rng, step, followers.get(step["code"], "")) for step in plan]
    names = [step["code"] for step in plan]
    if not clean:
        _damage(rng, made)
    return Export([(page.pop("_name", name), page) for name, page in zip(names, made, strict=True)])


def _code(page: Page) -> str | None:
    return f"{page['step_type']}-{page['step_number']}" if page["step_number"] else None


def _steps(rng: random.Random, pages: int) -> list[Page]:
    """Return the plan as it should be, in an order that respects every predecessor."""
    kinds = [kind for kind, n in TYPES.items() for _ in range(n)]
    numbers: set[tuple[str, int]] = set()
    plan: list[Page] = []
    chapters = [
        f"{'ACEGI'[m]}{chr(65 + c)} - {_THINGS[(m * 13 + c) % 15].upper()}"
        for m in range(5)
        for c in range(13)
    ]
    for i in range(pages):
        kind, number = rng.choice(kinds), rng.randrange(1, 9999)
        while (kind, number) in numbers:
            number = rng.randrange(1, 99999)
        numbers.add((kind, number))
        chapter = i * len(chapters) // pages
        earlier = [p for p in plan[-25:] if p["chapter"] == chapters[chapter]] or plan[-6:]
        plan.append(
            {
                "type": kind,
                "number": number,
                "code": f"{kind}-{number}",
                "macro": _MACROS[chapter // 13],
                "chapter": chapters[chapter],
                "team": rng.choice(_TEAMS),
                "predecessor": rng.choice(earlier)["code"] if earlier else "",
            }
        )
    return plan


def _page(rng: random.Random, step: Page, successor: str) -> Page:
    count = rng.choices(list(_TASKS), list(_TASKS.values()))[0]
    tasks = [_task(rng, step, n) for n in range(1, count + 1)]
    if rng.random() < 0.08:
        title = rng.choice(_FRENCH)
    else:
        title = f"{step['team']} - {rng.choice(_VERBS).upper()} {rng.choice(_THINGS).upper()}"
    return {
        "step_type": step["type"],
        "step_number": step["number"],
        "title": title,
        "predecessor": step["predecessor"],
        "successor": successor,
        "primary_team": step["team"],
        "impacted_teams": "",
        "macro_time_sequence": step["macro"],
        "time_sequence": step["chapter"],
        "task_list": tasks,
    }


def _task(rng: random.Random, step: Page, n: int) -> Page:
    text = f"{rng.choice(_VERBS)} the {rng.choice(_THINGS)} ({rng.randrange(10, 99)})"
    if rng.random() < 0.3:
        text += "\nOUTPUT: count and control total in the log, attach it to this task"
    return {
        "instruction_id": f"{step['code']}-{n}",
        "instruction_title": text,
        "nominated_user": rng.choice(["", "", "", "", "", "", "ABC", "XYZ"]),
        "instruction_assigned_team": step["team"] if rng.random() < 0.9 else rng.choice(_TEAMS),
        "associated_controls": f"[ C{rng.randrange(1000, 1051)} ](#)" if rng.random() < 0.03 else "",
    }


Share = Callable[[float], list[Page]]


def _damage(rng: random.Random, pages: list[Page]) -> None:
    """Break the pages the way a measured export is broken; what it comes to is counted afterwards."""

    def share(part: float) -> list[Page]:
        return rng.sample(pages, max(1, round(len(pages) * part)))

    _damage_links(rng, share)
    _damage_groups(share)
    _damage_tasks(rng, pages, share)
    _damage_codes(rng, pages, share)


def _damage_links(rng: random.Random, share: Share) -> None:
    for page in share(0.43):
        page["predecessor"] = f"{page['step_type']}-{page['step_number']}"
    for page in share(0.016):
        page["predecessor"] = f"TRT-{rng.randrange(200000, 299999)}"
    for page in share(0.003):
        page["predecessor"] = ""


def _damage_groups(share: Share) -> None:
    for page in share(0.36):
        page["macro_time_sequence"] = page["macro_time_sequence"].replace("&", "&amp;")
    for page in share(0.34):
        page["macro_time_sequence"] = ""
    for page in share(0.005):
        page["macro_time_sequence"] = "-"
    for page in share(0.17):
        team = page["primary_team"].replace("IT_MGMT", "IT_MNGMT")
        page["primary_team"] = team.replace("DATA_MIGRATION", "DATA MIGRATION")


def _damage_tasks(rng: random.Random, pages: list[Page], share: Share) -> None:
    for page in share(0.05):
        page["task_list"][0]["instruction_assigned_team"] = ""
    for page in share(0.1):
        page["task_list"][0]["instruction_id"] = f"OLD-{page['task_list'][0]['instruction_id']}"
    for page in [page for page in pages if len(page["task_list"]) > 1][: max(1, len(pages) // 31)]:
        page["task_list"][1]["instruction_id"] = page["task_list"][0]["instruction_id"]
    for task in [task for page in pages for task in page["task_list"]]:
        if not task["associated_controls"] and rng.random() < 0.6:
            task["associated_controls"] = "[ - ](#)"


def _damage_codes(rng: random.Random, pages: list[Page], share: Share) -> None:
    for page in share(0.038):
        # A letter suffix was lost as a null number; the code stands in the file's name alone.
        page["_name"] = f"{page['step_type']}-{page['step_number']}b"
        page["step_number"] = None
    rng.choice([page for page in pages if page["step_type"] == "CHK"] or pages)["step_type"] = "CHL"
    twins = rng.sample([page for page in pages if page["step_number"]], 2 * max(1, round(len(pages) * 0.006)))
    for one, other in zip(twins[::2], twins[1::2], strict=True):
        other["step_type"], other["step_number"] = one["step_type"], one["step_number"]
