"""Table of message templates: each row a version, as somebody saved it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, Uuid
from sqlalchemy import UniqueConstraint as Unique

from tminus.platform.database import metadata
from tminus.platform.tables import instant

message_templates = Table(
    "message_templates",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("migration_id", Uuid, ForeignKey("migrations.id"), nullable=False),
    Column("occasion", Text, nullable=False, comment="what it tells of: activated, blocked, hold…"),
    Column(
        "number",
        Integer,
        nullable=False,
        comment="1, 2, 3… of its occasion; the highest without an error is used",
    ),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False, comment="plain text; the HTML part is made of it"),
    Column("error", Text, comment="why it is not used, in words"),
    Column("error_line", Integer),
    Column("by_name", Text, nullable=False),
    Column("at", instant, nullable=False),
    Unique("migration_id", "occasion", "number"),
)
