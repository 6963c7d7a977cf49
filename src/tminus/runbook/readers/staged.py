"""What every reader of a foreign file hands on: rows, links and findings, one at a time, in the file's order.

A reader says what the file says, as it is written: it mends nothing, looks nothing up and remembers no more
than it must, so that its memory does not grow with the file. What is wrong across rows (two rows with one
code, a link to nowhere, a circle) is found afterwards, over all of them at once, in the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from tminus.runbook.domain.findings import Finding
from tminus.runbook.domain.plan import LinkKind


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One raw file of an import: `number` counts from 0 within the batch, `name` is its path below what was given."""

    number: int
    name: str
    content: BinaryIO
    size: int


@dataclass(slots=True)
class StagedRow:
    """One thing that a file speaks of; `None` = nothing there, `given` says which values the file speaks of at all.

    `kind` is one of `domain.plan_diff.KINDS`. `code`, `parent`, `phase`, `name`, `type` and `team` are as written,
    blanks around them taken off; `code` is None where the file has none. `parent` = the code or name of what it
    stands in: of a step its chapter, of a task its step's *row* (`of`), of a chapter its macro-phase. `phase` = the
    macro-phase a step's row names. `row` counts from 1 (the heading of a table is row 1), pages and outlines too.
    `given` holds names of the fields below (and `after` for links); a name that is missing means *unchanged*.
    """

    kind: str
    code: str | None = None
    row: int | None = None
    parent: str | None = None
    of: int | None = None
    phase: str | None = None
    name: str | None = None
    type: str | None = None
    team: str | None = None
    given: tuple[str, ...] = ()
    duration_seconds: int | None = None
    instructions: str | None = None
    description: str | None = None
    auto_activate: bool | None = None
    point_of_no_return: bool | None = None
    evidence_required: bool | None = None
    environment: str | None = None
    not_before: str | None = None
    fixed_start: str | None = None
    rollback: bool | None = None
    required: bool | None = None
    critical: bool | None = None
    nominee: str | None = None
    producer: str | None = None
    validator: str | None = None
    behaviour: str | None = None
    email: str | None = None
    phone: str | None = None
    zone: str | None = None
    impacted_teams: tuple[str, ...] | None = None
    labels: tuple[str, ...] | None = None
    applications: tuple[str, ...] | None = None
    scope: tuple[str, ...] | None = None
    undoes: tuple[str, ...] | None = None
    controls: tuple[str, ...] | None = None
    links: list[StagedLink] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StagedLink:
    """A link as the successor's row writes it: `code` = the predecessor, as written, blanks taken off.

    With `suggested` it is the other way round and a hint only: the row names `code` as its *successor*.
    `column` = the heading or field it stands in. `row` = instead of a code, the row it means (`#12` of a table).
    """

    code: str
    kind: LinkKind = LinkKind.FS
    lag_seconds: int = 0
    suggested: bool = False
    column: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class NewMember:
    """From here on, what is yielded stands in this file of the archive (or folder): its path below it."""

    name: str


Staged = StagedRow | Finding | NewMember
"""What a reader yields. The number of a row within its batch is given where it is staged."""

Reading = Iterator[Staged]
