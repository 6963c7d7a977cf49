"""What a user's template may say: an allowlist of the template language, on top of Jinja2's own sandbox.

It can name words, ask `if`, walk through a given list once, and use a few filters. It calls nothing, sets nothing
and imports nothing, so that it can neither reach Python, nor run for ever, nor grow without end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from jinja2 import nodes

MOST_SOURCE = 20_000
"""Characters of a template's body; its subject has a bound of its own."""
MOST_LOOPS = 10
MOST_FILTERS = 3
"""Filters one after the other on one word: each may make its text longer."""
WIDEST_INDENT = 40

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.If,
    nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter,
)  # fmt: skip
_PLAIN = frozenset({"upper", "lower", "title", "capitalize", "trim", "length", "first", "last"})
_LOOP = frozenset({"index", "index0", "first", "last", "length"})
_NAMES: Mapping[type[nodes.Node], str] = {
    nodes.Call: "a call",
    nodes.Include: "“include”",
    nodes.Import: "“import”",
    nodes.FromImport: "“import”",
    nodes.Extends: "“extends”",
    nodes.Block: "“block”",
    nodes.Macro: "“macro”",
    nodes.CallBlock: "“call”",
    nodes.Assign: "“set”",
    nodes.AssignBlock: "“set”",
    nodes.Getitem: "a subscript [ ]",
    nodes.Concat: "“~”",
    nodes.Mul: "“*”",
    nodes.Pow: "“**”",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a template can't be used, in words, and on which line."""

    words: str
    line: int | None = None


Shape = Mapping[str, frozenset[str] | None]
"""The words there are; for a list, the members each of its things has."""


def faults(tree: nodes.Template, shape: Shape) -> Iterator[Fault]:
    """Yield what the template asks for and may not, top to bottom."""
    loops = list(tree.find_all(nodes.For))
    if len(loops) > MOST_LOOPS:
        yield Fault(f"A template may have {MOST_LOOPS} loops; this one has {len(loops)}.", loops[-1].lineno)
    yield from _within(tree, _Scope(shape))


@dataclass(frozen=True, slots=True)
class _Scope:
    shape: Shape
    target: str | None = None
    members: frozenset[str] = frozenset()


def _within(node: nodes.Node, scope: _Scope) -> Iterator[Fault]:
    check = _CHECKS.get(type(node), _known)
    yield from check(node, scope)
    if isinstance(node, nodes.For):
        yield from _loop(node, scope)
    elif isinstance(node, _ALLOWED) and not isinstance(node, nodes.Getattr):
        for child in node.iter_child_nodes():
            yield from _within(child, scope)


def _known(node: nodes.Node, scope: _Scope) -> Iterator[Fault]:
    if not isinstance(node, (*_ALLOWED, nodes.Keyword)):
        what = _NAMES.get(type(node), f"“{type(node).__name__.lower()}”")
        yield Fault(f"A template may not use {what}.", node.lineno)


def _name(node: nodes.Node, scope: _Scope) -> Iterator[Fault]:
    assert isinstance(node, nodes.Name)  # noqa: S101 - by the table below
    names = {*scope.shape, *([scope.target] if scope.target else [])}
    if node.name not in names:
        near = get_close_matches(node.name, names, 1)
        meant = f" Did you mean “{near[0]}”?" if near else ""
        yield Fault(f"There is no word “{node.name[:60]}” here.{meant}", node.lineno)


def _member(node: nodes.Node, scope: _Scope) -> Iterator[Fault]:
    assert isinstance(node, nodes.Getattr)  # noqa: S101 - by the table below
    holder = node.node.name if isinstance(node.node, nodes.Name) else None
    members = _LOOP if holder == "loop" else scope.members if holder == scope.target else frozenset[str]()
    if holder is None or scope.target is None or node.attr not in members:
        yield Fault(f"There is no “{node.attr[:60]}” in “{holder or 'this'}”.", node.lineno)


def _loop(node: nodes.For, scope: _Scope) -> Iterator[Fault]:
    """A loop walks through one of the given lists, by one name, and holds no other loop."""
    members = scope.shape.get(node.iter.name) if isinstance(node.iter, nodes.Name) else None
    if scope.target is not None:
        yield Fault("A loop may not stand in another one.", node.lineno)
    elif members is None or not isinstance(node.target, nodes.Name) or node.recursive:
        lists = " and ".join(name for name, found in scope.shape.items() if found is not None)
        yield Fault(f"A loop may only walk through {lists or 'nothing here'}.", node.lineno)
    else:
        if node.target.name in (*scope.shape, "loop"):
            yield Fault(f"A loop may not call its things “{node.target.name}”.", node.lineno)
        inner = _Scope({**scope.shape, "loop": None}, node.target.name, members)
        for child in (*([node.test] if node.test else []), *node.body):
            yield from _within(child, inner)
        for child in node.else_:
            yield from _within(child, scope)


def _filter(node: nodes.Node, scope: _Scope) -> Iterator[Fault]:
    assert isinstance(node, nodes.Filter)  # noqa: S101 - by the table below
    depth, below = 1, node.node
    while isinstance(below, nodes.Filter):
        depth, below = depth + 1, below.node
    if depth > MOST_FILTERS:
        yield Fault(f"At most {MOST_FILTERS} filters may follow each other.", node.lineno)
    if node.kwargs or node.dyn_args or node.dyn_kwargs or not _fits(node):
        yield Fault(f"The filter “{node.name[:60]}” is not there, or not in this way.", node.lineno)


def _fits(node: nodes.Filter) -> bool:
    values = [argument.value if isinstance(argument, nodes.Const) else None for argument in node.args]
    match node.name, values:
        case name, []:
            return name in _PLAIN or name == "indent"
        case "indent", [int(width)]:
            return 0 <= width <= WIDEST_INDENT
        case "truncate", [int(most)]:
            return 3 <= most <= MOST_SOURCE
        case "default", [str()]:
            return True
    return False


_CHECKS: Mapping[type[nodes.Node], Callable[[nodes.Node, _Scope], Iterator[Fault]]] = {
    nodes.Name: _name,
    nodes.Getattr: _member,
    nodes.Filter: _filter,
}
