"""What an edit comes to, given what it touches: allowed or refused, what is written, what takes it back.

Nothing here reads or writes; a refusal is an exception of `kernel.errors`, or `FieldChanged`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from tminus.kernel.errors import Invalid
from tminus.runbook.domain.plan import STANDARD_TYPES
from tminus.runbook.domain.plan_edit import (
    INSIDE,
    NETWORK,
    PARENT,
    Add,
    Decision,
    Edit,
    FieldWrite,
    GoneWrite,
    Key,
    Level,
    Link,
    Move,
    NewWrite,
    PlaceWrite,
    Remove,
    Seen,
    SetField,
    Thing,
    Tie,
    TieWrite,
    Undoing,
    Unlink,
)
from tminus.runbook.domain.plan_edit_fields import UNDOES, clean, clean_lag, field_of, same
from tminus.runbook.domain.plan_edit_refusals import (
    FieldChanged,
    code_taken,
    in_use,
    link_exists,
    link_into_itself,
    unknown_undone,
)
from tminus.runbook.domain.plan_edit_tree import (
    AFTER,
    Flat,
    apart,
    behaviour_of,
    from_outside,
    together,
)


def decide(edit: Edit, seen: Seen) -> Decision:
    """Return what an edit comes to.

    Raises `NotFound`, `Invalid`, `Refused` (`code_taken`, `in_use`, `link_exists`, `link_into_itself`) and
    `FieldChanged`. That links run in a circle shows only in the whole network: it is looked for afterwards.
    """
    return _RULES[type(edit)](edit, seen)


def _set(edit: SetField, seen: Seen) -> Decision:
    thing = seen.thing(edit.level, edit.code)
    field_of(edit.level, edit.field)
    to, now = clean(edit.level, edit.field, edit.to, seen.names), thing.values[edit.field]
    if same(now, to):
        return Decision(edit)
    if not same(now, edit.was):
        raise FieldChanged(edit.level, edit.code, edit.field, edit.was, now)
    if edit.field == UNDOES:
        _undone_are_there(edit.code, to, {one for level, one in seen.things if level is Level.STEP})
    kept = replace(edit, was=now, to=to)
    inverse = replace(kept, was=to, to=now)
    shown = [*_screens(thing)]
    if edit.field == "code":
        _free(seen, edit.level, str(to))
        inverse = replace(inverse, code=str(to))
        shown += [*_screens(replace(thing, code=str(to))), *_namers(thing, seen)]
    also: dict[str, Any] = {}
    if edit.level is Level.STEP and edit.field == "type":
        also["behaviour"] = behaviour_of(str(to), seen.names)
    if edit.level is Level.TYPE and edit.field == "behaviour":
        shown += [(Level.STEP, code) for code in seen.users]
    return Decision(kept, inverse, FieldWrite(thing, edit.field, to, also), tuple(shown))


def _add(edit: Add, seen: Seen) -> Decision:
    if (edit.level in PARENT) != (edit.parent is not None):
        needed = f"stands in a {PARENT[edit.level].words}" if edit.level in PARENT else "stands in nothing"
        raise Invalid(f"A {edit.level.words} {needed}. Nothing was changed.", field="parent")
    if edit.parent is not None:
        seen.thing(PARENT[edit.level], edit.parent)
    siblings = seen.siblings.get((edit.level, edit.parent), ())
    flat = apart(edit.level, edit.item, edit.parent, _place(edit, siblings), seen.names)
    for thing in flat.things:
        _free(seen, thing.level, thing.code)
    _ends_are_there(flat, edit.ties, seen)
    _undoing_is_there(flat, edit, seen)
    for carrier in flat.carriers:
        seen.thing(Level.TASK, carrier)
    root = flat.things[0]
    whole = replace(
        edit, item=together(root.key, {one.key: one for one in flat.things}, flat.ties, flat.carriers)
    )
    shown = [key for thing in flat.things for key in _screens(thing)]
    shown += [(Level.STEP, step) for step, _ in edit.undoers]
    shown += [seen.node(tie.to).key for tie in edit.ties]
    shown += [(Level.STEP, seen.carriers[one]) for one in flat.carriers if one in seen.carriers]
    write = NewWrite(tuple(flat.things), (*flat.ties, *edit.ties), tuple(flat.carriers), edit.undoers)
    return Decision(whole, Remove(edit.level, root.code, True, whole), write, _once(shown))


def _ends_are_there(flat: Flat, ties: Sequence[Tie], seen: Seen) -> None:
    new = {thing.code for thing in flat.things if thing.level in NETWORK}
    written: set[tuple[str, str, str]] = set()
    for tie in (*flat.ties, *ties):
        if tie.to == tie.code:
            raise link_into_itself(tie.to, tie.code)
        if (tie.to, tie.code, tie.kind) in written:
            raise link_exists(tie.to, tie.code, tie.kind)
        written.add((tie.to, tie.code, tie.kind))
        for end in (tie.to, tie.code):
            if end not in new:
                seen.node(end)


def _undoing_is_there(flat: Flat, edit: Add, seen: Seen) -> None:
    new = {thing.code for thing in flat.things if thing.level is Level.STEP}
    known = new | {code for level, code in seen.things if level is Level.STEP}
    for thing in flat.things:
        if thing.level is Level.STEP:
            _undone_are_there(thing.code, thing.values[UNDOES], known)
    for step, undone in edit.undoers:
        seen.thing(Level.STEP, step)
        _undone_are_there(step, [undone], new)


def _undone_are_there(step: str, undone: Sequence[str], known: Collection[str]) -> None:
    for code in undone:
        if code == step or code not in known:
            raise unknown_undone(step, code)


def _levelled(ties: Sequence[Tie], seen: Seen) -> list[Any]:
    return [
        replace(tie, level=seen.node(tie.to).level)
        for tie in ties
        if any((one, tie.to) in seen.things for one in NETWORK)
    ]


def _remove(edit: Remove, seen: Seen) -> Decision:
    thing = seen.thing(edit.level, edit.code)
    things = _below(thing, seen)
    codes = {one.code for one in things if one.level in NETWORK}
    outside = from_outside(seen.ties, codes)
    undoers = tuple(sorted(pair for pair in seen.undoers if pair[0] not in codes))
    users = _users(thing, outside, seen)
    users += [(Thing(Level.STEP, step, {}), "undoes") for step, _ in undoers]
    never = edit.level is Level.TYPE
    if users and (never or not edit.with_content):
        raise in_use(thing, users, never=never)
    whole = Add(
        edit.level,
        together(
            thing.key,
            {one.key: one for one in things},
            [t for t in seen.ties if t.to in codes],
            seen.carriers,
        ),
        thing.parent,
        _next(thing, seen),
        outside,
        or_last=True,
        undoers=undoers,
    )
    if edit.was is not None:
        _still(edit, edit.was, whole)
    kept = replace(edit, with_content=True, was=whole)
    shown = [*_screens(thing), *((tie.level or Level.STEP, tie.to) for tie in outside)]
    shown += [(Level.STEP, step) for step in (*seen.carriers.values(), *(step for step, _ in undoers))]
    return Decision(kept, whole, GoneWrite(tuple(things)), _once(shown))


def _below(thing: Thing, seen: Seen) -> list[Thing]:
    """The thing and all that is in it, outer ones first; `seen` holds nothing else of those levels."""
    found = [thing]
    for one in found:
        if one.level in INSIDE:
            inner = INSIDE[one.level][0]
            found += [
                each for each in seen.things.values() if each.level is inner and each.parent == one.code
            ]
    return found


def _users(thing: Thing, outside: Sequence[Tie], seen: Seen) -> list[tuple[Thing, str]]:
    users = [
        (one, "inside")
        for one in seen.things.values()
        if thing.level in INSIDE and one.level is INSIDE[thing.level][0] and one.parent == thing.code
    ]
    users += [(Thing(tie.level or Level.STEP, tie.to, {}), "waits") for tie in outside]
    if thing.level is Level.CONTROL:
        users += [(Thing(Level.TASK, code, {}), "carries") for code in seen.carriers]
    if thing.level is Level.TYPE:
        users += [(Thing(Level.STEP, code, {}), "isOf") for code in seen.users]
    return users


def _still(edit: Remove, was: Add, whole: Add) -> None:
    """Taking back an addition must not take what somebody did to it since."""
    for member in {*was.item, *whole.item}:
        if not _alike(was.item.get(member), whole.item.get(member)):
            raise FieldChanged(edit.level, edit.code, member, was.item.get(member), whole.item.get(member))
    if was.parent != whole.parent:
        raise FieldChanged(edit.level, edit.code, "parent", was.parent, whole.parent)
    if set(was.ties) != set(whole.ties):
        raise FieldChanged(edit.level, edit.code, AFTER, _named(was.ties), _named(whole.ties))
    if set(was.undoers) != set(whole.undoers):
        raise FieldChanged(edit.level, edit.code, UNDOES, _steps_of(was.undoers), _steps_of(whole.undoers))


def _alike(one: Any, other: Any) -> bool:
    """Equal, the order of links and words aside: they mean a set."""
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        if one and isinstance(one[0], dict) and "kind" not in one[0]:
            return all(_alike(a, b) for a, b in zip(one, other, strict=True))
        return sorted(map(str, one)) == sorted(map(str, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    return bool(one == other)


def _steps_of(undoers: Sequence[Undoing]) -> list[str]:
    return sorted(step for step, _ in undoers)


def _named(ties: Sequence[Tie]) -> list[str]:
    return sorted(f"{tie.to} {tie.kind} {tie.code}" for tie in ties)


def _move(edit: Move, seen: Seen) -> Decision:
    thing = seen.thing(edit.level, edit.code)
    if edit.level not in (*PARENT, Level.MACRO_PHASE):
        raise Invalid(f"A {edit.level.words} has no place to be moved to. Nothing was changed.")
    parent = edit.parent if edit.level in PARENT and edit.parent else thing.parent
    if parent is not None:
        seen.thing(PARENT[edit.level], parent)
    if edit.was is not None and edit.was != thing.parent:
        raise FieldChanged(edit.level, edit.code, "parent", edit.was, thing.parent)
    others = [code for code in seen.siblings.get((edit.level, parent), ()) if code != edit.code]
    position = _place(edit, others)
    if (parent, position) == (thing.parent, thing.position):
        return Decision(edit)
    kept = replace(edit, parent=parent, was=thing.parent)
    inverse = Move(edit.level, edit.code, thing.parent, _next(thing, seen), parent, or_last=True)
    moved = replace(thing, parent=parent)
    return Decision(
        kept, inverse, PlaceWrite(thing, parent, position), _once([*_screens(thing), *_screens(moved)])
    )


def _link(edit: Link, seen: Seen) -> Decision:
    tie = replace(edit.tie, lag=clean_lag(edit.tie.lag))
    to = seen.node(tie.to)
    seen.node(tie.code)
    if tie.to == tie.code:
        raise link_into_itself(tie.to, tie.code)
    now = _there(tie.to, tie.code, tie.kind, seen)
    if now and now.lag == tie.lag:
        return Decision(edit)
    if edit.was_lag is None and now:
        raise link_exists(tie.to, tie.code, tie.kind)
    if edit.was_lag is not None and (now is None or now.lag != edit.was_lag):
        raise FieldChanged(to.level, tie.to, AFTER, _one(replace(tie, lag=edit.was_lag)), _one(now))
    if now:
        inverse: Edit = Link(now, tie.lag)
    else:
        inverse = Unlink(tie.to, tie.code, tie.kind, tie.lag)
    return Decision(Link(tie, edit.was_lag), inverse, TieWrite(tie), (to.key,))


def _unlink(edit: Unlink, seen: Seen) -> Decision:
    to = seen.node(edit.to)
    now = _there(edit.to, edit.code, edit.kind, seen)
    if now is None or (edit.was_lag is not None and now.lag != edit.was_lag):
        was = Tie(edit.to, edit.code, edit.kind, edit.was_lag or 0)
        raise FieldChanged(to.level, edit.to, AFTER, _one(was), _one(now))
    return Decision(replace(edit, was_lag=now.lag), Link(now), TieWrite(now, gone=True), (to.key,))


def _there(to: str, code: str, kind: str, seen: Seen) -> Tie | None:
    return next((tie for tie in seen.ties if (tie.to, tie.code, tie.kind) == (to, code, kind)), None)


def _one(tie: Tie | None) -> dict[str, Any] | None:
    return {"code": tie.code, "kind": tie.kind, "lagSeconds": tie.lag} if tie else None


def _free(seen: Seen, level: Level, code: str) -> None:
    for one in NETWORK if level in NETWORK else (level,):
        if (one, code) in seen.things:
            raise code_taken(level, code, seen.things[one, code])
    if level is Level.TYPE and code in STANDARD_TYPES:
        raise code_taken(level, code, None)


def _place(edit: Add | Move, siblings: Sequence[str]) -> int:
    if edit.before is None:
        return len(siblings)
    if edit.before in siblings:
        return siblings.index(edit.before)
    if edit.or_last:
        return len(siblings)
    where = f" in {edit.parent}" if edit.parent else ""
    raise Invalid(
        f"There is no {edit.level.words} {edit.before[:80]}{where} to come before. Nothing was changed.",
        hint="Somebody may have moved or removed it: reload the plan.",
        field="before",
    )


def _next(thing: Thing, seen: Seen) -> str | None:
    siblings = list(seen.siblings.get((thing.level, thing.parent), ()))
    following = siblings[siblings.index(thing.code) + 1 :] if thing.code in siblings else []
    return following[0] if following else None


def _screens(thing: Thing) -> list[Key]:
    """What is drawn anew when a thing changed: a task is part of its step."""
    if thing.level is Level.TASK and thing.parent:
        return [(Level.STEP, thing.parent)]
    return [thing.key]


def _namers(thing: Thing, seen: Seen) -> list[Key]:
    """Who names a thing by its code: those that stand in it, wait for it, carry it, or are of it."""
    if thing.level in NETWORK:
        inside = [one.key for one in seen.things.values() if one.parent == thing.code]
        waiting = [(tie.level or Level.STEP, tie.to) for tie in seen.ties if tie.code == thing.code]
        return inside + waiting + [(Level.STEP, step) for step, _ in seen.undoers]
    return [(Level.STEP, code) for code in (*seen.carriers.values(), *seen.users)]


def _once(keys: Sequence[Any]) -> tuple[Key, ...]:
    return tuple(dict.fromkeys(keys))


_RULES: dict[type, Callable[[Any, Seen], Decision]] = {
    SetField: _set,
    Add: _add,
    Remove: _remove,
    Move: _move,
    Link: _link,
    Unlink: _unlink,
}
