"""The roles and the database: made when missing, their passwords set to those of the file."""

import psycopg
from psycopg import sql

from tminus.platform.postgres.passwords import APP, DATABASE, OWNER, SUPERUSER, Passwords


def ensure_roles(connection: psycopg.Connection[tuple[object, ...]], passwords: Passwords) -> None:
    """See that the owner's and the app's role exist and may sign in, and that all three have these passwords.

    Neither is a superuser, and the app is not a member of the owner: what protects the log rests on that.
    `connection` is a superuser's.
    """
    for role in (OWNER, APP):
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
        rights = sql.SQL("ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION")
        connection.execute(rights.format(sql.Identifier(role)))
    for role, password in ((SUPERUSER, passwords.superuser), (OWNER, passwords.owner), (APP, passwords.app)):
        # Hashed on this side, so that no log of the server can ever hold the password.
        secret = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
        statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
        connection.execute(statement.format(sql.Identifier(role), sql.Literal(secret.decode())))


def ensure_database(
    connection: psycopg.Connection[tuple[object, ...]], name: str = DATABASE, template: str | None = None
) -> None:
    """See that the database exists and belongs to the owner's role; only owner and app may connect.

    `connection` is a superuser's, in autocommit (CREATE DATABASE cannot be undone). `template` names a
    database to copy, to which nobody is connected. Rights on tables are given by the upgrades, so that an
    embedded server and an own one are alike.
    """
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    if not found:
        statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
        source = sql.Identifier(template or "template1")
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER), source))
    names = {"name": sql.Identifier(name), "app": sql.Identifier(APP)}
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {name} FROM PUBLIC").format(**names))
    connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {app}").format(**names))
