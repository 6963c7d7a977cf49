"""The reckoning itself: each rule that a log breaks is named, and a log that keeps them all is let pass."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.night.ledger import Entry, Ledger, Tie

NOW = datetime(2026, 11, 21, 20, tzinfo=UTC)
TIES = [Tie("A", "B", "FS", 600, to_the_way_back=False), Tie("A", "R", "FS", 0, to_the_way_back=True)]


def log(*told: tuple[str, str | None, dict[str, Any]], minutes: int = 0) -> list[Entry]:
    """Make entries a minute apart; what each says was before is what those before it said."""
    rows: dict[str | None, dict[str, Any]] = {}
    entries = []
    for n, (type_, step, after) in enumerate(told):
        row = rows.setdefault(step, {"version": 1})
        full = {**after, "version": row["version"] + 1} if step and "version" not in after else after
        before = {name: row.get(name) for name in full if name in row}
        row.update(full)
        at = NOW + timedelta(minutes=n + minutes)
        entries.append(Entry(n + 1, at, type_, "Dana", step, before, full, ""))
    return entries


def started(step: str, attempt: int = 1) -> tuple[str, str, dict[str, Any]]:
    return "step.started", step, {"state": "in_progress", "attempt": attempt, "startedAt": NOW.isoformat()}


def done(step: str) -> tuple[str, str, dict[str, Any]]:
    return "step.completed", step, {"state": "complete", "endedAt": NOW.isoformat()}


BACK_OUT = ("iteration.backing_out", None, {"state": "backing_out"})
HOLD = ("iteration.held", None, {"state": "on_hold"})
WAIT: list[tuple[str, str | None, dict[str, Any]]] = [("iteration.changed", None, {})] * 10


def test_a_night_that_keeps_its_rules_is_let_pass() -> None:
    whole = log(started("A"), done("A"), *WAIT, started("B"), BACK_OUT, started("R"))
    assert Ledger(TIES).replay(whole) == []


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ([started("B")], "began while A was not ready"),
        ([started("A"), started("B")], "began while A was in_progress"),
        ([started("A"), done("A"), started("B")], "began before the lag after A was over"),
        ([started("R")], "began while A was not ready"),
        ([HOLD, started("A")], "began while all was held"),
        ([started("A"), started("A")], "a second start or end"),
        ([started("A"), done("A"), done("A")], "a second start or end"),
        (
            [
                started("A"),
                ("step.noted", "A", {"state": "in_progress", "startedAt": "2026-11-21T21:00:00+00:00"}),
            ],
            "startedAt was",
        ),
        ([started("A"), ("step.blocked", "A", {"state": "blocked", "version": 7})], "version 7 after 2"),
    ],
)
def test_each_rule_that_is_broken_is_named(told: list[Any], wrong: str) -> None:
    found = Ledger(TIES).replay(log(*told))
    assert any(wrong in one for one in found), found


def test_an_entry_that_contradicts_those_before_it_is_named() -> None:
    first, second = log(started("A"), done("A"))
    lying = Entry(second.seq, second.at, second.type, "Dana", "A", {"state": "blocked"}, second.after, "")
    assert any("says state was blocked" in one for one in Ledger(TIES).replay([first, lying]))
