"""Things of a plan version as the page reads them: nested, or one by one with their place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tminus.runbook.domain.plan_edit import INSIDE, NETWORK, Key, Level, Thing, Tie
from tminus.runbook.store.plan_edit_read import Things

Item = dict[str, Any]
_LONG = "instructions"


@dataclass(frozen=True, slots=True)
class Items:
    """Every thing that was read, as an item: links and tasks in it, chapters and steps not."""

    items: dict[Key, Item] = field(default_factory=dict)
    inside: dict[Key, list[Key]] = field(default_factory=dict)

    def of(self, level: Level) -> list[Item]:
        """Return the items of one level, in the order of the plan."""
        return [item for (its, _), item in self.items.items() if its is level]

    def item(self, level: Level, code: str) -> Item | None:
        """Return one item, without what stands in it but its tasks."""
        return self.items.get((level, code))

    def nested(self) -> list[Item]:
        """Return the plan from its macro-phases down."""
        return [
            {
                **phase,
                "chapters": [
                    {
                        **self.items[chapter],
                        "steps": [self.items[step] for step in self.inside.get(chapter, ())],
                    }
                    for chapter in self.inside.get(key, ())
                ],
            }
            for key, phase in self.items.items()
            if key[0] is Level.MACRO_PHASE
        ]


def items_of(things: Things, *, whole: bool = False) -> Items:
    """Return what was read as items; `whole` = with the instructions, not only whether there are some."""
    after: dict[str, list[Item]] = defaultdict(list)
    for tie in things.ties:
        after[tie.to].append(link_view(tie))
    found = Items()
    for key, thing in things.things.items():
        found.items[key] = _item(thing, after, whole=whole)
    for key, thing in things.things.items():
        outer = _outer(thing)
        if outer:
            found.inside.setdefault(outer, []).append(key)
        if outer and thing.level is Level.TASK and outer in found.items:
            found.items[outer]["tasks"].append(found.items[key])
    return found


def link_view(tie: Tie) -> Item:
    """Print a link, as it stands with the one who waits."""
    return {"code": tie.code, "kind": tie.kind, "lagSeconds": tie.lag}


def _item(thing: Thing, after: dict[str, list[Item]], *, whole: bool) -> Item:
    item = dict(thing.values)
    if _LONG in item:
        item["hasInstructions"] = bool(item[_LONG])
        if not whole:
            del item[_LONG]
    if thing.level in NETWORK:
        item["after"] = after.get(thing.code, [])
    if thing.level is Level.STEP:
        item["tasks"] = []
    if thing.level is Level.TYPE:
        item["own"] = True
    return item


def _outer(thing: Thing) -> Key | None:
    return next(
        (
            (outer, thing.parent)
            for outer, (inner, _) in INSIDE.items()
            if inner is thing.level and thing.parent
        ),
        None,
    )
