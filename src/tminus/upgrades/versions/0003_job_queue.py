"""The job queue's own schema (procrastinate), as the installed version has it.

The library keeps its SQL; a test holds its version to the one this chain was made for, so that a newer
library comes with a revision that applies the library's own upgrade files.
"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The driver reads a percent sign as the start of a placeholder.
    op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
