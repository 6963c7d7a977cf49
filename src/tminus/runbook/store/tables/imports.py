"""Tables of plan imports: the batch and its raw files, what was staged of them, what was found, what would change.

What is staged is unlogged: after a crash of the server it is staged again from the raw files, which are kept.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from tminus.platform.database import metadata
from tminus.platform.tables import instant

import_batches = Table(
    "import_batches",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column(
        "migration_id",
        Uuid,
        ForeignKey("migrations.id"),
        comment="null until it is known, or made by the commit",
    ),
    Column("wanted_migration", Text, comment="the key that was said with the files"),
    Column("wanted", JSONB, comment="the migration that the commit is to make: key, name, zone, description"),
    Column(
        "override",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="it goes there whatever the files say",
    ),
    Column("plan_name", Text, comment="the plan it goes to; null until the files have said it"),
    Column("state", Text, nullable=False, server_default=text("'received'")),
    Column("file_name", Text, nullable=False),
    Column("file_size", BigInteger, nullable=False),
    Column("file_hash", LargeBinary, nullable=False),
    Column(
        "object_key",
        Text,
        comment="where the raw file is kept; null: handed in by a program that keeps it itself",
    ),
    Column("format", Text, comment="what the file turned out to be"),
    Column("replace_all", Boolean, nullable=False, server_default=text("false")),
    Column("accepted", ARRAY(Text), nullable=False, server_default=text("'{}'"), comment="kinds of repairs"),
    Column(
        "mapping",
        JSONB,
        nullable=False,
        server_default=text("'{}'"),
        comment="heading → field, null to leave it out",
    ),
    Column(
        "columns",
        JSONB,
        nullable=False,
        server_default=text("'[]'"),
        comment="how the headings were understood",
    ),
    Column(
        "counts", JSONB, nullable=False, server_default=text("'{}'"), comment="as written, before any repair"
    ),
    Column(
        "totals", JSONB, nullable=False, server_default=text("'{}'"), comment="findings and changes, counted"
    ),
    Column("rows_done", Integer, nullable=False, server_default=text("0")),
    Column("bytes_done", BigInteger, nullable=False, server_default=text("0")),
    Column("working_since", instant, comment="for the rate, and for taking over from one who died"),
    Column("heard_at", instant, comment="when who works on it last said so"),
    Column("base_version_id", Uuid, comment="the version it was compared with; null: a new plan"),
    Column("base_mark", Integer, comment="what that version's own number was then"),
    Column("content_hash", LargeBinary, comment="SHA-256 of the canonical plan it makes, of a plan file"),
    Column("problem", Text, comment="why it failed, in words"),
    Column("version_id", Uuid, comment="the version it made; null: nothing was to change"),
    Column("changes", Integer, comment="things added, changed and removed"),
    Column("previous_id", Uuid, comment="the version that was the newest before"),
    Column("previous_status", Text),
    Column("created_by", Uuid),
    Column("created_by_name", Text, nullable=False),
    Column("created_at", instant, nullable=False),
    Column("committed_at", instant),
    Column("undone_at", instant),
    Column("undone_by_name", Text),
    CheckConstraint(
        "state IN ('received','staging','checked','committed','undone','failed','discarded')", name="state"
    ),
    Index("ix_import_batches_migration_id", "migration_id", "created_at"),
)

import_files = Table(
    "import_files",
    metadata,
    Column("batch_id", Uuid, ForeignKey("import_batches.id"), primary_key=True),
    Column("number", Integer, primary_key=True, comment="from 0, in the order of their names"),
    Column("name", Text, nullable=False),
    Column("format", Text),
    Column("rows", Integer, nullable=False, server_default=text("0")),
    Column(
        "counts",
        JSONB,
        nullable=False,
        server_default=text("'{}'"),
        comment="what is wrong in it as written, before any repair",
    ),
)
"""The files of a batch: one, or the members of an archive."""

_TEXTS = (
    "name",
    "type",
    "team",
    "instructions",
    "description",
    "environment",
    "not_before",
    "fixed_start",
    "nominee",
    "producer",
    "validator",
    "behaviour",
    "email",
    "phone",
    "zone",
)
_FLAGS = (
    "auto_activate",
    "point_of_no_return",
    "evidence_required",
    "rollback",
    "required",
    "critical",
)
_LISTS = ("impacted_teams", "labels", "applications", "scope", "undoes", "controls")


def value_columns() -> list[Column[Any]]:
    """Return the columns that hold what a thing of any kind says."""
    return [
        *(Column(name, Text) for name in _TEXTS),
        Column("duration_seconds", Integer),
        *(Column(name, Boolean) for name in _FLAGS),
        *(Column(name, ARRAY(Text)) for name in _LISTS),
    ]


VALUES = (*_TEXTS, "duration_seconds", *_FLAGS, *_LISTS)
"""Names of the columns that hold what a thing of any kind says, in the order of the tables."""

import_rows = Table(
    "import_rows",
    metadata,
    Column("batch_id", Uuid, primary_key=True),
    Column("n", Integer, primary_key=True, comment="in the order of the files"),
    Column("file", Integer, nullable=False),
    Column("row", Integer, comment="from 1, in its file"),
    Column("kind", Text, nullable=False),
    Column("code", Text, comment="as written; null where there is none"),
    Column("parent", Text, comment="as written: code or name of what it stands in"),
    Column("of", Integer, comment="of a task: n of its step"),
    Column("phase", Text, comment="as written: the macro-phase a step names"),
    Column(
        "given", ARRAY(Text), nullable=False, server_default=text("'{}'"), comment="values the file speaks of"
    ),
    *value_columns(),
    prefixes=["UNLOGGED"],
)
"""What the files say, as they are written: filled by COPY, never changed."""

import_links = Table(
    "import_links",
    metadata,
    Column("batch_id", Uuid, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("of", Integer, nullable=False, comment="n of the row that writes it"),
    Column("code", Text, nullable=False, comment="as written"),
    Column("at_row", Integer, comment="instead of a code: the row of the same file it means"),
    Column("kind", Text, nullable=False),
    Column("lag_seconds", Integer, nullable=False),
    Column(
        "suggested", Boolean, nullable=False, comment="written on the predecessor, as its successor: a hint"
    ),
    Column("column", Text, nullable=False, comment="where in the row"),
    prefixes=["UNLOGGED"],
)

import_findings = Table(
    "import_findings",
    metadata,
    Column("batch_id", Uuid, primary_key=True),
    Column("n", BigInteger, Identity(always=True), primary_key=True),
    Column(
        "stage",
        Text,
        nullable=False,
        comment="read: by the reader, once; check: over all rows, each time anew",
    ),
    Column("code", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("row", Integer),
    Column("line", Integer),
    Column("column", Text, comment="heading, or number from 1"),
    Column("subject", Text, comment="code of the thing meant"),
    Column("message", Text, nullable=False),
    Column("suggestion", Text),
    Column("repair", Text, comment="what mends it; null: a person does"),
    Column("mended", Boolean, nullable=False, server_default=text("false"), comment="the repair is applied"),
    Column("confidence", Double),
    Index("ix_import_findings_code", "batch_id", "code", "n"),
    prefixes=["UNLOGGED"],
)

import_things = Table(
    "import_things",
    metadata,
    Column("batch_id", Uuid, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
    Column("parent", Text, comment="code of what it stands in"),
    Column("position", Integer, nullable=False),
    *value_columns(),
    prefixes=["UNLOGGED"],
)
"""The plan as it would be: what is staged, repaired, over what is there. What is committed is this."""

import_thing_links = Table(
    "import_thing_links",
    metadata,
    Column("batch_id", Uuid, primary_key=True),
    Column("predecessor", Text, primary_key=True),
    Column("successor", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("lag_seconds", Integer, nullable=False),
    Index("ix_import_thing_links_successor", "batch_id", "successor"),
    prefixes=["UNLOGGED"],
)

import_changes = Table(
    "import_changes",
    metadata,
    Column("batch_id", Uuid, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("change", Text, nullable=False),
    Column("parent", Text),
    Column("position", Integer, nullable=False),
    Column("name", Text),
    Column("fields", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("before", JSONB),
    Column("after", JSONB),
    prefixes=["UNLOGGED"],
)

COPIED = (
    "kind",
    "code",
    "name",
    "type",
    "macro_phase",
    "chapter",
    "step",
    "team",
    "duration",
    "predecessors",
    "successors",
    "instructions",
    "impacted_teams",
    "labels",
    "applications",
    "environment",
    "scope",
    "auto_activate",
    "point_of_no_return",
    "evidence_required",
    "not_before",
    "fixed_start",
    "undoes",
    "rollback",
    "required",
    "nominee",
    "controls",
    "description",
    "producer",
    "validator",
    "critical",
    "behaviour",
    "email",
    "phone",
    "zone",
)
"""Columns of the runsheet table, each named as its heading, in the order of an export."""

import_copied = Table(
    "import_copied",
    metadata,
    Column("at", BigInteger, Identity(always=True), primary_key=True),
    *(Column(name, Text) for name in COPIED),
    prefixes=["UNLOGGED"],
)
"""Rows that somebody copied in with psql; `tminus plan import --copied` takes them, and empties it."""
