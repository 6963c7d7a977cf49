"""After the night: the end of a migration, and the attempt of a control."""

from alembic import op
import sqlalchemy as sa

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('migrations', sa.Column('status_at', sa.DateTime(timezone=True), nullable=True, comment='since when it is completed or failed; null before'))
    op.add_column('migrations', sa.Column('status_by', sa.Text(), nullable=True))
    op.add_column('migrations', sa.Column('status_reason', sa.Text(), nullable=True))
    op.add_column('iteration_controls', sa.Column('attempt', sa.Integer(), server_default=sa.text('1'), nullable=False, comment='one more with each new attempt of a step it is of'))
    op.add_column('roll_calls', sa.Column('comms', sa.Text(), nullable=True, comment='whom its messages reach; null: opened before this was kept'))
    op.execute("COMMENT ON COLUMN evidence.attempt IS 'of the step; of a control alone, the control''s'")
