"""What the app's role may do: read and write rows, own nothing, and only append to the logs."""

from __future__ import annotations

from psycopg import sql
from sqlalchemy import Connection

APPEND_ONLY = ("event_log", "access_log")


def grant(connection: Connection, app_role: str) -> None:
    """Give the app's role its rights on everything there is; safe to repeat."""
    role = sql.Identifier(app_role)
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
        "GRANT EXECUTE ON ALL PROCEDURES IN SCHEMA public TO {role}",
        "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
    ):
        _run(connection, sql.SQL(statement).format(role=role))
    for table in APPEND_ONLY:
        revoke = sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")
        _run(connection, revoke.format(table=sql.Identifier(table), role=role))


def _run(connection: Connection, statement: sql.Composed) -> None:
    connection.exec_driver_sql(statement.as_string())
