"""YAML (and so JSON) as a tree of nodes that know their line and column.

Built from the parser's events with a stack of our own, so that depth, number of nodes and what aliases
unfold to are bounded before they cost anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from tminus.runbook.domain.findings import Place
from tminus.runbook.readers.file_text import Unreadable, refuse

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KNOWN_TAGS = frozenset({None, "!", "tag:yaml.org,2002:str"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How deep and how large a tree may be; aliases count with all that they stand for."""

    depth: int = 20
    nodes: int = 1_000_000


@dataclass(slots=True)
class Scalar:
    """One value as written; `plain` = without quotes: only then are `null` and `true` more than letters."""

    place: Place
    text: str
    plain: bool
    size: int = 1


@dataclass(slots=True)
class Sequence:
    """A list."""

    place: Place
    items: list[Node] = field(default_factory=list)
    size: int = 1


@dataclass(slots=True)
class Mapping:
    """Keys with values, in the order of the file; a key may stand there twice."""

    place: Place
    pairs: list[tuple[Node, Node]] = field(default_factory=list)
    size: int = 1


Node = Scalar | Sequence | Mapping


def tree_of(text: str, limits: Limits | None = None) -> Node:
    """Return the one document of a text as a tree.

    Raises `Unreadable`: `syntax`, `too_deep`, `too_large`, `unknown_tag`, `several_documents`, `empty`.
    """
    builder = _Builder(limits or Limits())
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise _syntax(error) from None
    except yaml.YAMLError as error:
        raise refuse("syntax", f"The file is neither YAML nor JSON: {error}.", Place(1, 1)) from None
    if builder.root is None:
        raise refuse("empty", "The file says nothing.", Place(1, 1))
    return builder.root


def _events(text: str) -> Iterator[yaml.Event]:
    return yaml.parse(text, Loader=_LOADER)


def _syntax(error: yaml.MarkedYAMLError) -> Unreadable:
    mark = error.problem_mark or error.context_mark
    said = " ".join(part for part in (error.context, error.problem) if part)
    place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
    return refuse(
        "syntax",
        f"From here on the file is neither YAML nor JSON: {said}.",
        place,
        "Look at the indentation, the quotes and the colons of this line and the one above.",
    )


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


class _Builder:
    """Takes event after event; `root` is the finished document."""

    def __init__(self, limits: Limits) -> None:
        self.root: Node | None = None
        self._limits = limits
        self._open: list[Sequence | Mapping] = []
        self._keys: list[Node | None] = []
        self._anchors: dict[str, Node] = {}
        self._size = 0

    def take(self, event: yaml.Event) -> None:
        """Add what the event brings to the tree."""
        if isinstance(event, yaml.ScalarEvent):
            self._check_tag(event)
            self._add(event, Scalar(_place(event), event.value, bool(event.implicit[0])))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._enter(event, Sequence(_place(event)))
        elif isinstance(event, yaml.MappingStartEvent):
            self._enter(event, Mapping(_place(event)))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._leave()
        elif isinstance(event, yaml.AliasEvent):
            self._put(self._known(event), _place(event))
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise refuse(
                "several_documents", "A plan file holds one document; here a second begins.", _place(event)
            )

    def _check_tag(self, event: yaml.NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if tag not in _KNOWN_TAGS:
            raise refuse(
                "unknown_tag", f"Plan files have no tags such as “{tag}”.", _place(event), "Leave it out."
            )

    def _enter(self, event: yaml.CollectionStartEvent, node: Sequence | Mapping) -> None:
        self._check_tag(event)
        self._add(event, node)
        self._open.append(node)
        self._keys.append(None)
        if len(self._open) > self._limits.depth:
            raise refuse("too_deep", f"No plan is nested {len(self._open)} deep.", node.place)

    def _leave(self) -> None:
        closed = self._open.pop()
        self._keys.pop()
        if self._open:
            self._open[-1].size += closed.size - 1

    def _add(self, event: yaml.NodeEvent, node: Node) -> None:
        if event.anchor:
            self._anchors[event.anchor] = node
        self._put(node, node.place)

    def _known(self, event: yaml.AliasEvent) -> Node:
        node = self._anchors.get(event.anchor or "")
        if node is None:
            raise refuse("syntax", f"“*{event.anchor}” stands for nothing above it.", _place(event))
        if any(node is parent for parent in self._open):
            raise refuse(
                "too_large", f"“*{event.anchor}” stands for something that contains it.", _place(event)
            )
        return node

    def _put(self, node: Node, place: Place) -> None:
        self._size += node.size
        if self._size > self._limits.nodes:
            raise refuse(
                "too_large",
                f"The file unfolds to more than {self._limits.nodes:,} values, which no plan has.",
                place,
            )
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        parent.size += node.size
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = node
        else:
            parent.pairs.append((key, node))
            self._keys[-1] = None
