"""Forecasts."""

from alembic import op
import sqlalchemy as sa

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('forecasts',
        sa.Column('iteration_id', sa.Uuid(), nullable=False),
        sa.Column('version', sa.BigInteger(), nullable=False, comment='one more each time; told to the pages'),
        sa.Column('seq', sa.BigInteger(), nullable=False, comment='event number it was made from'),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('document', sa.LargeBinary(), nullable=False, comment='JSON as the API answers it, packed with gzip'),
        sa.Column('chance', sa.Float(), nullable=True, comment='to finish inside the window, 0 to 1; null: not evaluated'),
        sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_forecasts_iteration_id')),
        sa.PrimaryKeyConstraint('iteration_id', name=op.f('pk_forecasts')),
    )
