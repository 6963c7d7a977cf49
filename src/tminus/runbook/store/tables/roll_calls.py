"""Tables of roll-calls: which team checked in before T-0."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, Uuid, text

from tminus.platform.database import metadata
from tminus.platform.tables import instant

roll_calls = Table(
    "roll_calls",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("migration_id", Uuid, ForeignKey("migrations.id"), nullable=False),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("opened_at", instant, nullable=False),
    Column("due_at", instant, comment="by when every team should have answered"),
    Column("comms", Text, comment="whom its messages reach; null: opened before this was kept"),
    Column("closed_by", Text),
    Column("closed_at", instant),
    Index("ix_roll_calls_iteration_id", "iteration_id"),
    # One open roll-call an iteration.
    Index("uq_roll_calls_open", "iteration_id", unique=True, postgresql_where=text("closed_at IS NULL")),
)

roll_call_teams = Table(
    "roll_call_teams",
    metadata,
    Column("roll_call_id", Uuid, ForeignKey("roll_calls.id"), primary_key=True),
    Column("team_id", Uuid, ForeignKey("teams.id"), primary_key=True),
    Column("here_at", instant),
    Column("here_by", Text),
    Column(
        "on_behalf", Boolean, nullable=False, server_default=text("false"), comment="said by a pilot for it"
    ),
    Column("note", Text),
)
