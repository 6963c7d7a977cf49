"""The parts of a drawing of a plan's network, whatever it is written as."""

from __future__ import annotations

from dataclasses import dataclass, field

from tminus.runbook.domain.plan import Behaviour, Dependency, LinkKind


@dataclass(frozen=True, slots=True)
class Box:
    """A step, or a chapter with its steps folded away; `note` = its duration, or how many steps it stands for."""

    code: str
    name: str
    note: str
    behaviour: Behaviour = Behaviour.WORK
    no_return: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A chapter with its steps; in a folded drawing a macro-phase with its chapters, without a code of its own."""

    code: str
    name: str
    boxes: tuple[Box, ...]
    rollback: bool = False
    after: tuple[Dependency, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A macro-phase."""

    code: str
    name: str
    lanes: tuple[Lane, ...]
    after: tuple[Dependency, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link between two boxes; `label` says what is not plain finish-to-start. Folded: `count` links in one."""

    source: str
    target: str
    kind: LinkKind = LinkKind.FS
    label: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """The whole drawing. `loose` = links of a box to a whole lane or section, or to nothing, by the box's code."""

    name: str
    steps: int
    folded: bool
    sections: tuple[Section, ...]
    arrows: tuple[Arrow, ...]
    loose: dict[str, list[Dependency]] = field(default_factory=dict)
