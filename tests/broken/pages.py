"""Confluence pages: each way in which a type, a value or the JSON itself can be wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.broken.kit import Broken, json_of, page


def pages() -> Iterator[Broken]:
    good = json_of(page())
    yield Broken("cut.json", good[:-40], "cut off", "syntax")
    yield Broken("comma.json", good.replace(b'"CORE",', b'"CORE"', 1), "a comma is missing", "syntax")
    yield Broken("list-cut.json", b"[" + good + b"," + good, "a list without its end", "truncated")
    yield Broken("list.json", b"[" + good + b", 7, [], null]", "a list with other things in it", "not_a_page")
    yield Broken("lines.json", good + b"\n" + good.replace(b"12", b"13"), "pages one after another", None)
    yield Broken(
        "nested.json", json_of(page(extra=json.loads("[" * 60 + "]" * 60))), "60 levels", "unknown_field"
    )
    yield Broken("deep.json", good[:-1] + b',"x":' + b"[" * 100_000, "100,000 levels", "too_deep")
    yield Broken(
        "brackets.json",
        b'{"step_type":"TRT","x":[' + b"[]," * 1_900_000 + b"[]]}",
        "two million lists",
        "too_large",
    )
    yield Broken("fat.json", json_of(page(title="x" * 6_000_000)), "6 MB", "too_large")
    yield Broken("twice.json", b'{"title": "A", ' + good.lstrip(b"{"), "a key twice", "duplicate_key")
    yield Broken("nan.json", json_of(page(step_number=float("nan"))), "NaN", "bad_number")
    yield Broken("infinite.json", json_of(page(step_number=float("inf"))), "Infinity", "bad_number")
    yield Broken("huge.json", good.replace(b"12", b"1" * 5_000, 1), "a number of 5,000 digits", "too_long")
    yield Broken(
        "latin.json",
        json_of(page(title="Arrêt")).decode().encode("cp1252"),
        "Windows-1252",
        "encoding_guessed",
    )
    yield Broken(
        "utf8.json",
        json_of(page(title="A?")).replace(b"?", b"\xc3\x81\x81"),
        "bytes of no encoding",
        "not_text",
    )
    yield Broken("bom.json", b"\xef\xbb\xbf" + good, "a byte order mark", None)
    yield Broken("utf16.json", good.decode().encode("utf-16"), "UTF-16", None)
    yield Broken(
        "text.json", json_of(page(step_number="0012", title=12)), "numbers as texts, texts as numbers", None
    )
    yield Broken("float.json", json_of(page(step_number=12.0)), "a number with a point", None)
    yield Broken("bare.json", b'{"step_type": "TRT"}', "next to nothing", None)
    for key, value, why in (
        ("title", ["A"], "a list for a title"),
        ("primary_team", {"name": "CORE"}, "an object for a team"),
        ("step_number", True, "true for a number"),
        ("predecessor", {"code": "TRT-1"}, "an object for a predecessor"),
        ("impacted_teams", [["CORE"]], "a list in a list"),
        ("task_list", "none", "a text for the tasks"),
        ("task_list", ["Stop"], "a text for a task"),
        ("time_sequence", False, "false for a chapter"),
    ):
        yield Broken(f"{key}.json", json_of(page(**{key: value})), why, "wrong_type")
    yield Broken("tasks.json", json_of(page(task_list=[{}] * 2_001)), "2,001 tasks", "too_many_tasks")
    yield Broken("nul.json", json_of(page(title="A\0B")), "an escaped NUL", "not_text")
    yield Broken(
        "surrogate.json", good.replace(b"CORE - STOP", rb"CORE \ud800"), "half a character", "not_text"
    )
    yield Broken("turned.json", json_of(page(title="A\u202eB")), "text that turns direction", "not_text")
    yield Broken("long.json", json_of(page(title="x" * 70_000)), "a title of 70,000 characters", "too_long")
    yield Broken(
        "extra.json", json_of(page(owner="me", **{"\x1b[2J": 1})), "fields nobody knows", "unknown_field"
    )
    yield from _across()


def _across() -> Iterator[Broken]:
    """What is wrong across pages, or with a value as such: told by the checks over the whole batch."""
    task = page()["task_list"][0]
    one, two = page(), page(step_number=13, task_list=[{**task, "instruction_id": "TRT-13-1"}])
    defects: tuple[tuple[str, list[dict[str, Any]], str], ...] = (
        ("self", [{"predecessor": "TRT-12"}], "self_predecessor"),
        ("unknown", [{"predecessor": "TRT-999"}], "unknown_predecessor"),
        ("null-number", [{"step_number": None}], "null_number"),
        ("type", [{"step_type": "CHL"}], "unknown_type"),
        ("entity", [{"macro_time_sequence": "G - P&amp;C"}], "html_entity"),
        ("link", [{"predecessor": "[ TRT-13 ](#)"}, {}], "markdown_link"),
        ("placeholder", [{"predecessor": "[ - ](#)"}], "placeholder"),
        ("phase", [{"macro_time_sequence": ""}], "macro_phase_empty"),
        ("task-id", [{"task_list": [{**task, "instruction_id": "OLD-1"}]}], "task_not_under_its_step"),
        ("task-twice", [{"task_list": [task, task]}], "duplicate_task_id"),
        ("twins", [{}, {"step_number": 12}], "duplicate_code"),
        ("cycle", [{"predecessor": "TRT-13"}, {"predecessor": "TRT-12"}], "cycle"),
        ("teams", [{"primary_team": "IT_MGMT"}, {"primary_team": "IT_MNGMT"}], "team_variant"),
    )
    for name, changes, code in defects:
        made = [{**base, **change} for base, change in zip((one, two), changes, strict=False)]
        yield Broken(f"{name}.json", json_of(made), f"{name} in {len(made)} pages", code, "check")
