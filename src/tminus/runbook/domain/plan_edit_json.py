"""Edits as JSON: as the page sends them, and as they are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tminus.runbook.domain.plan_edit import Add, Edit, Level, Link, Move, Remove, SetField, Tie, Unlink

Json = dict[str, Any]


def edit_from(json: Mapping[str, Any]) -> Edit:
    """Return the edit that a JSON object means; its shape was checked."""
    return _READ[json["op"]](json)


def edit_as_json(edit: Edit) -> Json:
    """Return an edit as a JSON object; `edit_from` of it is the edit again."""
    match edit:
        case SetField():
            return _of(edit, "set") | {"field": edit.field, "was": edit.was, "to": edit.to}
        case Add():
            return _add_as_json(edit)
        case Remove():
            was = {"was": edit_as_json(edit.was)} if edit.was else {}
            return _of(edit, "remove") | {"withContent": edit.with_content} | was
        case Move():
            said = {"parent": edit.parent, "before": edit.before, "was": edit.was, "orLast": edit.or_last}
            return _of(edit, "move") | said
        case Link():
            link = _link(edit.tie.code, edit.tie.kind) | {"lagSeconds": edit.tie.lag}
            return {"op": "link", "to": edit.tie.to, "link": link, "wasLagSeconds": edit.was_lag}
        case Unlink():
            link = _link(edit.code, edit.kind)
            return {"op": "unlink", "to": edit.to, "link": link, "wasLagSeconds": edit.was_lag}


def _of(edit: SetField | Remove | Move, op: str) -> Json:
    return {"op": op, "level": edit.level.value, "code": edit.code}


def _link(code: str, kind: str) -> Json:
    return {"code": code, "kind": kind}


def _add_as_json(edit: Add) -> Json:
    undoers = {"undoers": [list(one) for one in edit.undoers]} if edit.undoers else {}
    return undoers | {
        "op": "add",
        "level": edit.level.value,
        "parent": edit.parent,
        "before": edit.before,
        "item": edit.item,
        "ties": [
            {"to": tie.to, "code": tie.code, "kind": tie.kind, "lagSeconds": tie.lag} for tie in edit.ties
        ],
        "orLast": edit.or_last,
    }


def _set(json: Mapping[str, Any]) -> SetField:
    return SetField(Level(json["level"]), json["code"], json["field"], json.get("was"), json.get("to"))


def _add(json: Mapping[str, Any]) -> Add:
    ties = tuple(
        Tie(one["to"], one["code"], one["kind"], one["lagSeconds"]) for one in json.get("ties") or ()
    )
    return Add(
        Level(json["level"]),
        dict(json["item"]),
        json.get("parent"),
        json.get("before"),
        ties,
        bool(json.get("orLast")),
        tuple((step, undone) for step, undone in json.get("undoers") or ()),
    )


def _remove(json: Mapping[str, Any]) -> Remove:
    was = json.get("was")
    return Remove(
        Level(json["level"]), json["code"], bool(json.get("withContent")), _add(was) if was else None
    )


def _move(json: Mapping[str, Any]) -> Move:
    return Move(
        Level(json["level"]),
        json["code"],
        json.get("parent"),
        json.get("before"),
        json.get("was"),
        bool(json.get("orLast")),
    )


def _link_from(json: Mapping[str, Any]) -> Link:
    link = json["link"]
    tie = Tie(json["to"], link["code"], link.get("kind") or "FS", link.get("lagSeconds") or 0)
    return Link(tie, json.get("wasLagSeconds"))


def _unlink(json: Mapping[str, Any]) -> Unlink:
    link = json["link"]
    return Unlink(json["to"], link["code"], link.get("kind") or "FS", json.get("wasLagSeconds"))


_READ: Mapping[str, Callable[[Mapping[str, Any]], Edit]] = {
    "set": _set,
    "add": _add,
    "remove": _remove,
    "move": _move,
    "link": _link_from,
    "unlink": _unlink,
}
