"""Tables and SQL of people: users, migrations, teams, memberships and roles."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, Uuid, text
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
