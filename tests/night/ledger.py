"""What a night's log must show, told from the log alone: a reckoning that shares no code with the product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

SATISFIED = {"complete", "skipped"}
BEGINNINGS = {"step.started", "step.overridden"}
ENDS = {"step.completed", "step.failed", "step.skipped", "step.cancelled", "step.passed_over"}
FLAGS = {"notTakenAt"}
"""What the ticker notes beside a step without changing it: nobody's press is overtaken by it."""
STAMPS = ("startedAt", "workEndedAt", "endedAt")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log: its number, the step by code, what it says was before and after."""

    seq: int
    at: datetime
    type: str
    actor: str
    step: str | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    sentence: str


@dataclass(frozen=True, slots=True)
class Tie:
    """`after` waits for `before`; with `forward` and `back` it leads from the way forward to the way back."""

    before: str
    after: str
    kind: str
    lag: int
    to_the_way_back: bool


@dataclass(slots=True)
class Ledger:
    """Replays the entries and notes what is not so; nothing noted = the night was kept by its rules."""

    ties: Sequence[Tie]
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    starts: Counter[tuple[str, int]] = field(default_factory=Counter)
    ends: Counter[tuple[str, int]] = field(default_factory=Counter)
    waived: set[tuple[str, str]] = field(default_factory=set)
    held: bool = False
    turned_back: bool = False
    wrong: list[str] = field(default_factory=list)

    def replay(self, entries: Sequence[Entry]) -> list[str]:
        """Return all that is not so, in words."""
        for entry in entries:
            if entry.type.startswith("iteration."):
                self._iteration(entry)
            elif entry.step and entry.type.startswith("step.") and "state" in self._merged(entry):
                self._step(entry)
        return self.wrong

    def _merged(self, entry: Entry) -> dict[str, Any]:
        return {**self.rows.get(entry.step or "", {}), **entry.after}

    def _iteration(self, entry: Entry) -> None:
        state = entry.after.get("state")
        if state:
            self.held, self.turned_back = state == "on_hold", self.turned_back or state == "backing_out"

    def _step(self, entry: Entry) -> None:
        code = entry.step or ""
        row = self.rows.setdefault(code, {"state": "not_ready", "version": 1, "attempt": 1})
        self._one_event_a_change(entry, row)
        self._times_stand(entry, row)
        if entry.type in BEGINNINGS | {"step.activated"}:
            self._not_before_its_gates(entry, code)
        row.update(entry.after)
        attempt = (code, row["attempt"])
        self.starts[attempt] += entry.type in BEGINNINGS
        self.ends[attempt] += entry.type in ENDS
        if self.starts[attempt] > 1 or self.ends[attempt] > 1:
            self._wrong(entry, f"attempt {row['attempt']} has a second start or end")
        if row.get("startedAt"):
            self.begun.add(code)

    def _one_event_a_change(self, entry: Entry, row: Mapping[str, Any]) -> None:
        for name, value in entry.before.items():
            if name in row and row[name] != value and name != "opensAt":
                self._wrong(entry, f"says {name} was {value}, the entries before it say {row[name]}")
        if set(entry.after) <= FLAGS:
            return
        if entry.after.get("version", 0) != row["version"] + 1:
            self._wrong(entry, f"version {entry.after.get('version')} after {row['version']}")

    def _times_stand(self, entry: Entry, row: Mapping[str, Any]) -> None:
        if entry.after.get("attempt", row["attempt"]) != row["attempt"]:
            return
        for name in STAMPS:
            if row.get(name) and name in entry.after and entry.after[name] != row[name]:
                self._wrong(entry, f"{name} was {row[name]} and is {entry.after[name]}")

    def _not_before_its_gates(self, entry: Entry, code: str) -> None:
        if self.held and entry.actor != "system":
            self._wrong(entry, "began while all was held")
        if entry.type == "step.overridden":
            return
        for tie in self.ties:
            passed = tie.to_the_way_back and self.turned_back
            if tie.after == code and not passed and (tie.before, code) not in self.waived:
                self._let_go(entry, tie)

    def _let_go(self, entry: Entry, tie: Tie) -> None:
        before = self.rows.get(tie.before, {})
        if tie.kind == "SS" and tie.before not in self.begun and before.get("state") not in SATISFIED:
            self._wrong(entry, f"began before {tie.before} had begun")
        if tie.kind != "FS" or tie.lag < 0:
            return
        if before.get("state") not in SATISFIED:
            self._wrong(entry, f"began while {tie.before} was {before.get('state', 'not ready')}")
        elif datetime.fromisoformat(before["endedAt"]) + timedelta(seconds=tie.lag) > entry.at:
            self._wrong(entry, f"began before the lag after {tie.before} was over")

    def _wrong(self, entry: Entry, what: str) -> None:
        self.wrong.append(f"{entry.seq} {entry.type} {entry.step}: {what}")
