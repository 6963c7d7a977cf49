"""Tables of what people say on a night: comments with whom they mention, and impediments."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, Uuid, text
from sqlalchemy import UniqueConstraint as Unique

from tminus.platform.database import metadata
from tminus.platform.tables import instant

comments = Table(
    "comments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("migration_id", Uuid, ForeignKey("migrations.id"), nullable=False),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Column("step_id", Uuid, ForeignKey("iteration_steps.id"), comment="null: of the whole iteration"),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("by_id", Uuid),
    Column("by_name", Text, nullable=False),
    Column("at", instant, nullable=False),
    Column("edited_at", instant),
    Column("deleted_at", instant, comment="its words stand in the log alone"),
    Column("version", Integer, nullable=False, server_default=text("1")),
    CheckConstraint("kind IN ('comment','handover')", name="kind"),
    Index("ix_comments_iteration_id", "iteration_id", "at"),
    Index("ix_comments_step_id", "step_id", "at"),
)

comment_mentions = Table(
    "comment_mentions",
    metadata,
    Column("comment_id", Uuid, ForeignKey("comments.id"), primary_key=True),
    Column("target", Uuid, primary_key=True, comment="the person or the team"),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False, comment="as it stands in the comment, without the @"),
    CheckConstraint("kind IN ('user','team')", name="kind"),
)

impediments = Table(
    "impediments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("migration_id", Uuid, ForeignKey("migrations.id"), nullable=False),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Column("number", Integer, nullable=False, comment="1, 2, 3… in its iteration"),
    Column("step_id", Uuid, ForeignKey("iteration_steps.id"), comment="null: of the whole iteration"),
    Column("title", Text, nullable=False),
    Column("detail", Text, nullable=False, server_default=text("''")),
    Column("severity", Text, nullable=False),
    Column("owner_id", Uuid, ForeignKey("users.id")),
    Column("owner_name", Text),
    Column("expected_at", instant, comment="when it should be resolved"),
    Column("state", Text, nullable=False, server_default=text("'open'")),
    Column("opened_by", Text, nullable=False),
    Column("opened_at", instant, nullable=False),
    Column("resolved_by", Text),
    Column("resolved_at", instant),
    Column("resolution", Text),
    Column("version", Integer, nullable=False, server_default=text("1")),
    CheckConstraint("severity IN ('CRITICAL','HIGH','MEDIUM','LOW')", name="severity"),
    CheckConstraint("state IN ('open','resolved')", name="state"),
    Unique("iteration_id", "number"),
    Index("ix_impediments_step_id", "step_id"),
)
