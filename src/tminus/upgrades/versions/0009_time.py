"""Time: what nothing reads of an import's files goes."""

from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column('import_files', 'size')
    op.drop_column('import_files', 'encoding')
