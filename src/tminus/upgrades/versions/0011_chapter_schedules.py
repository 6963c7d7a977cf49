"""Schedules of chapters."""

from alembic import op
import sqlalchemy as sa

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('chapter_schedules',
        sa.Column('chapter_id', sa.Uuid(), nullable=False),
        sa.Column('iteration_id', sa.Uuid(), nullable=False),
        sa.Column('planned_start', sa.DateTime(timezone=True), nullable=False),
        sa.Column('planned_end', sa.DateTime(timezone=True), nullable=False),
        sa.Column('typed', sa.Boolean(), server_default=sa.text('false'), nullable=False, comment='the start is typed: its steps are planned no earlier; false: as its steps give it'),
        sa.Column('end_typed', sa.Boolean(), server_default=sa.text('false'), nullable=False, comment='the end is typed too: a promise, which moves no step'),
        sa.Column('baseline_start', sa.DateTime(timezone=True), nullable=True, comment='frozen when the iteration was scheduled'),
        sa.Column('baseline_end', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint('planned_start <= planned_end', name=op.f('ck_chapter_schedules_forward')),
        sa.CheckConstraint('typed OR NOT end_typed', name=op.f('ck_chapter_schedules_end_with_start')),
        sa.ForeignKeyConstraint(['chapter_id'], ['iteration_chapters.id'], name=op.f('fk_chapter_schedules_chapter_id')),
        sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_chapter_schedules_iteration_id')),
        sa.PrimaryKeyConstraint('chapter_id', name=op.f('pk_chapter_schedules')),
    )
    op.create_index('ix_chapter_schedules_iteration_id', 'chapter_schedules', ['iteration_id'], unique=False)
    # Every iteration there is gets what its steps give: planned, and the baseline where one is frozen.
    op.execute(
        """
        INSERT INTO chapter_schedules
            (chapter_id, iteration_id, planned_start, planned_end, baseline_start, baseline_end)
        SELECT chapter_id, iteration_id, min(planned_start), max(planned_end), min(baseline_start), max(baseline_end)
        FROM iteration_steps WHERE in_scope AND NOT dormant AND planned_start IS NOT NULL
        GROUP BY chapter_id, iteration_id
        """
    )
