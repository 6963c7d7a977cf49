"""What differs between two plans, thing by thing, matched by code."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tminus.runbook.domain.plan import Plan
from tminus.runbook.domain.plan_canonical import Document, canonical

KINDS = (
    "plan",
    "team",
    "application",
    "environment",
    "environmentRole",
    "type",
    "control",
    "macroPhase",
    "chapter",
    "step",
    "task",
)
OF_MIGRATION = frozenset({"team", "application", "environment", "environmentRole"})
"""Kinds of things that belong to the migration, and not to a version of a plan."""
_LISTS = {
    "teams": "team",
    "applications": "application",
    "environments": "environment",
    "environmentRoles": "environmentRole",
    "types": "type",
    "controls": "control",
}
_INSIDE = {"macroPhases": "macroPhase", "chapters": "chapter", "steps": "step", "tasks": "task"}


class Change(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs, and in which keys of the plan file; `parent` and `order` mean that it moved."""

    kind: str
    code: str
    change: Change
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """Every difference in the order of the plan, and how many things are the same."""

    items: tuple[Difference, ...]
    unchanged: int

    def count(self, change: Change) -> int:
        """Return how many things were added, changed or removed."""
        return sum(item.change is change for item in self.items)


@dataclass(frozen=True, slots=True)
class _Thing:
    parent: str
    values: Mapping[str, object]


@dataclass(slots=True)
class _Flat:
    """A plan as things by (kind, code), and the order of those inside each parent."""

    things: dict[tuple[str, str], _Thing] = field(default_factory=dict)
    order: dict[tuple[str, str], list[str]] = field(default_factory=dict)


def diff(before: Plan, after: Plan, *, new_plan: bool = False) -> PlanDiff:
    """Return what has to happen to `before` to make it `after`, the migration aside.

    With `new_plan` there is no plan yet, and `before` holds the teams that are there already.
    """
    old, new = _flat(before), _flat(after)
    if new_plan:
        old.things.pop(("plan", before.name))
    moved = _reordered(old, new)
    items = [
        *_added_and_changed(old, new, moved),
        *(Difference(*key, Change.REMOVED) for key in old.things if key not in new.things),
    ]
    gone = sum(item.change is Change.REMOVED for item in items)
    return PlanDiff(tuple(items), len(new.things) - len(items) + gone)


def _added_and_changed(old: _Flat, new: _Flat, moved: set[tuple[str, str]]) -> Iterator[Difference]:
    for key, thing in new.things.items():
        known = old.things.get(key)
        if known is None:
            yield Difference(*key, Change.ADDED)
        elif fields := _changed_fields(known, thing, key in moved):
            yield Difference(*key, Change.CHANGED, fields)


def _changed_fields(old: _Thing, new: _Thing, moved: bool) -> tuple[str, ...]:
    keys = dict.fromkeys([*old.values, *new.values])
    fields = [key for key in keys if old.values.get(key) != new.values.get(key)]
    if old.parent != new.parent:
        fields.append("parent")
    elif moved:
        fields.append("order")
    return tuple(fields)


def _flat(plan: Plan) -> _Flat:
    document = canonical(plan)
    flat = _Flat()
    flat.things["plan", plan.name] = _Thing("", document.get("plan", {}))
    for key, kind in _LISTS.items():
        for item in document.get(key, ()):
            flat.things[kind, item["code"]] = _Thing("", item)
    _add_inside(flat, document, "")
    return flat


def _add_inside(flat: _Flat, parent: Document, parent_code: str) -> None:
    for key, kind in _INSIDE.items():
        for item in parent.get(key, ()):
            code = item["code"]
            values = {name: value for name, value in item.items() if name not in _INSIDE}
            flat.things[kind, code] = _Thing(parent_code, values)
            flat.order.setdefault((kind, parent_code), []).append(code)
            _add_inside(flat, item, code)


def _reordered(old: _Flat, new: _Flat) -> set[tuple[str, str]]:
    """The fewest things one must have moved, in each parent, to come from the old order to the new."""
    moved: set[tuple[str, str]] = set()
    for (kind, parent), codes in new.order.items():
        places = {code: place for place, code in enumerate(old.order.get((kind, parent), ()))}
        common = [(code, places[code]) for code in codes if code in places]
        moved.update((kind, code) for code in moved_among(common))
    return moved


def moved_among(places: Sequence[tuple[str, int]]) -> list[str]:
    """Return the fewest things one must have moved: `places` = things in their new order, with their old places."""
    still = _longest_rising([place for _, place in places])
    return [code for index, (code, _) in enumerate(places) if index not in still]


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return the indexes of a longest rising run of numbers, not necessarily neighbours."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(tails, number)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [index]
        before.append(ends[length - 1] if length else -1)
    chosen: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        chosen.add(index)
        index = before[index]
    return chosen
