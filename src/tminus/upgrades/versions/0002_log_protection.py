"""The log refuses every change, and the rows that must exist exist."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'The table % is append-only: % is refused.', TG_TABLE_NAME, TG_OP
                USING ERRCODE = 'insufficient_privilege';
        END
        $$
        """
    )
    for table in ("event_log", "access_log"):
        op.execute(
            f"""
            CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_change()
            """
        )
        op.execute(
            f"""
            CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
            """
        )
        # ALWAYS: also for sessions that replicate, where ordinary triggers sleep.
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_rows_stay")
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_stays")
    op.execute("INSERT INTO stream_heads (stream) VALUES ('00000000-0000-0000-0000-000000000000')")
    op.execute("INSERT INTO server_clock DEFAULT VALUES")
