"""What a rollback step undoes, and the terms of an iteration."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('step_undoes',
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('undone_step_id', sa.Uuid(), nullable=False),
    sa.Column('plan_version_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('step_id <> undone_step_id', name=op.f('ck_step_undoes_not_itself')),
    sa.ForeignKeyConstraint(['plan_version_id'], ['plan_versions.id'], name=op.f('fk_step_undoes_plan_version_id')),
    sa.ForeignKeyConstraint(['step_id'], ['steps.id'], name=op.f('fk_step_undoes_step_id')),
    sa.ForeignKeyConstraint(['undone_step_id'], ['steps.id'], name=op.f('fk_step_undoes_undone_step_id')),
    sa.PrimaryKeyConstraint('step_id', 'undone_step_id', name=op.f('pk_step_undoes'))
    )
    op.create_index('ix_step_undoes_plan_version_id', 'step_undoes', ['plan_version_id'], unique=False)
    op.create_index('ix_step_undoes_undone_step_id', 'step_undoes', ['undone_step_id'], unique=False)
    op.create_table('iteration_step_undoes',
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('undone_step_id', sa.Uuid(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_iteration_step_undoes_iteration_id')),
    sa.ForeignKeyConstraint(['step_id'], ['iteration_steps.id'], name=op.f('fk_iteration_step_undoes_step_id')),
    sa.ForeignKeyConstraint(['undone_step_id'], ['iteration_steps.id'], name=op.f('fk_iteration_step_undoes_undone_step_id')),
    sa.PrimaryKeyConstraint('step_id', 'undone_step_id', name=op.f('pk_iteration_step_undoes'))
    )
    op.create_index('ix_iteration_step_undoes_iteration_id', 'iteration_step_undoes', ['iteration_id'], unique=False)
    op.create_index('ix_iteration_step_undoes_undone_step_id', 'iteration_step_undoes', ['undone_step_id'], unique=False)
    op.add_column('import_rows', sa.Column('undoes', postgresql.ARRAY(sa.Text()), nullable=True))
    op.add_column('import_things', sa.Column('undoes', postgresql.ARRAY(sa.Text()), nullable=True))
    op.add_column('import_copied', sa.Column('undoes', sa.Text(), nullable=True))
    op.add_column('iterations', sa.Column('window_start', sa.DateTime(timezone=True), nullable=True, comment='the change window opens; null: at the planned start'))
    op.add_column('iterations', sa.Column('data_volume', sa.Numeric(), nullable=True, comment='size of the data this iteration moves, in the unit the team uses; scales learned durations'))
    op.add_column('iterations', sa.Column('decider_id', sa.Uuid(), nullable=True, comment='who decides whether to turn back'))
    op.add_column('iterations', sa.Column('decision_seconds', sa.Integer(), server_default=sa.text('1800'), nullable=False, comment='time that deciding to turn back takes'))
    op.add_column('iterations', sa.Column('blackouts', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False, comment='spans in which nobody works: [{start, end, reason}], in order'))
    op.create_foreign_key(op.f('fk_iterations_decider_id'), 'iterations', 'users', ['decider_id'], ['id'])
    op.create_check_constraint(op.f('ck_iterations_data_volume'), 'iterations', 'data_volume > 0')
    op.create_check_constraint(op.f('ck_iterations_decision_seconds'), 'iterations', 'decision_seconds >= 0')
