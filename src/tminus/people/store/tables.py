"""Tables of people: users, migrations, teams, memberships, roles, substitutes, passwords."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy import UniqueConstraint as Unique

from tminus.platform.database import metadata
from tminus.platform.tables import instant

users = Table(
    "users",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", Text, nullable=False, unique=True, comment="stored in lower case"),
    Column("name", Text, nullable=False),
    Column("phone", Text),
    Column("is_admin", Boolean, nullable=False, server_default=text("false")),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("default_migration_id", Uuid),
    Column("created_at", instant, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
)

migrations = Table(
    "migrations",
    metadata,
    Column("id", Uuid, ForeignKey("stream_heads.stream"), primary_key=True),
    Column("key", Text, nullable=False, unique=True, comment="short human code, used in URLs"),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=text("''")),
    Column("status", Text, nullable=False, server_default=text("'planning'")),
    Column("zone", Text, nullable=False, comment="IANA zone its people think in"),
    Column("created_at", instant, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("status_at", instant, comment="since when it is completed or failed; null before"),
    Column("status_by", Text),
    Column("status_reason", Text),
    CheckConstraint("status IN ('planning','in_progress','completed','failed')", name="status"),
)

teams = Table(
    "teams",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("migration_id", Uuid, ForeignKey("migrations.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text),
    Column("phone", Text),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Unique("migration_id", "code"),
)

team_members = Table(
    "team_members",
    metadata,
    Column("team_id", Uuid, ForeignKey("teams.id"), primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    Index("ix_team_members_user_id", "user_id"),
)

migration_roles = Table(
    "migration_roles",
    metadata,
    Column("migration_id", Uuid, ForeignKey("migrations.id"), primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    Column("role", Text, primary_key=True),
    CheckConstraint("role IN ('viewer','member','data_lead','pilot','approver')", name="role"),
    Index("ix_migration_roles_user_id", "user_id"),
)

substitutes = Table(
    "substitutes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("migration_id", Uuid, ForeignKey("migrations.id"), nullable=False),
    Column("absent_id", Uuid, ForeignKey("users.id"), nullable=False),
    Column("substitute_id", Uuid, ForeignKey("users.id"), nullable=False),
    Column("iteration_id", Uuid, comment="the iteration it is said for; the rights are for the migration"),
    Column("begins_at", instant, nullable=False, comment="by Tminus's clock"),
    Column("ends_at", instant, nullable=False, comment="the first moment it no longer holds"),
    Column("made_by", Text, nullable=False),
    Column("made_at", instant, nullable=False),
    Column("ended_at", instant, comment="ended or called off before its time"),
    Column("ended_by", Text),
    CheckConstraint("absent_id <> substitute_id", name="not_oneself"),
    CheckConstraint("begins_at < ends_at", name="some_time"),
    Index("ix_substitutes_migration_id", "migration_id"),
    Index("ix_substitutes_substitute_id", "substitute_id", postgresql_where=text("ended_at IS NULL")),
)

passwords = Table(
    "passwords",
    metadata,
    Column("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    Column("hash", Text, nullable=False, comment="Argon2id, with its parameters and salt"),
    Column("set_at", instant, nullable=False, comment="wall time"),
)
