"""What rehearsals taught, answered."""

from alembic import op
import sqlalchemy as sa

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('plan_proposals', sa.Column('insight', sa.Text(), nullable=True, comment="fingerprint of what rehearsals taught; null: somebody's own lesson"))
    op.add_column('plan_proposals', sa.Column('draft_id', sa.Uuid(), nullable=True, comment='the version that an accepted insight went into'))
    op.add_column('plan_proposals', sa.Column('draft_edit', sa.Integer(), nullable=True, comment='and the number of its edit there'))
