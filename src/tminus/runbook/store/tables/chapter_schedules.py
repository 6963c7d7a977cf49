"""The table of chapter schedules: when each chapter of an iteration is to run, typed in or as its steps give it."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Table, Uuid, text

from tminus.platform.database import metadata
from tminus.platform.tables import instant

chapter_schedules = Table(
    "chapter_schedules",
    metadata,
    Column("chapter_id", Uuid, ForeignKey("iteration_chapters.id"), primary_key=True),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Column("planned_start", instant, nullable=False),
    Column("planned_end", instant, nullable=False),
    Column(
        "typed",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="the start is typed: its steps are planned no earlier; false: as its steps give it",
    ),
    Column(
        "end_typed",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="the end is typed too: a promise, which moves no step",
    ),
    Column("baseline_start", instant, comment="frozen when the iteration was scheduled"),
    Column("baseline_end", instant),
    CheckConstraint("planned_start <= planned_end", name="forward"),
    CheckConstraint("typed OR NOT end_typed", name="end_with_start"),
    Index("ix_chapter_schedules_iteration_id", "iteration_id"),
)
"""A chapter that sleeps, or has no step in this iteration, has no row until somebody types its times."""
