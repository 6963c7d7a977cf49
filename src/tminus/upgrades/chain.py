"""The chain of schema versions: applied as the owner, one transaction each, with a bound on waiting for locks.

A running app keeps working while an upgrade waits: the lock timeout makes the upgrade give up, not the app.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError

from tminus.kernel.errors import Unavailable
from tminus.platform.database import sqlalchemy_url
from tminus.upgrades.grants import grant

LOCK_TIMEOUT_MS = 5_000
ONE_AT_A_TIME = 0x74_6D_69_6E_75_73
"""Key of the advisory lock that keeps two upgrades apart (`tminus` in ASCII)."""


def upgrade(owner_url: str, app_role: str | None = None) -> tuple[str | None, str]:
    """Bring the schema to the newest version and return (version before, version after).

    `app_role` is given its rights, where it is not the owner itself.

    Raises `Unavailable` where a lock could not be had in time; the schema is then as it was.
    """
    engine = create_engine(sqlalchemy_url(owner_url))
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
            connection.execute(text(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}"))
            before = current(connection)
            command.upgrade(configuration(connection), "head")
            if app_role and app_role != connection.engine.url.username:
                grant(connection, app_role)
            return before, newest()
    except OperationalError as error:
        if "lock timeout" not in str(error):
            raise
        raise Unavailable(
            f"The upgrade waited {LOCK_TIMEOUT_MS // 1000} s for a lock and gave up. The schema is as it was.",
            hint="Run `tminus upgrade` again when fewer people are at work.",
        ) from error
    finally:
        engine.dispose()


def configuration(connection: Connection) -> Config:
    """Return Alembic's settings, made here: there is no file to edit."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def current(connection: Connection) -> str | None:
    """Return the version the database is at; None = empty."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """Return the newest version this program knows."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    head = ScriptDirectory.from_config(config).get_current_head()
    assert head is not None, "the chain has a newest version"  # noqa: S101 - the folder ships with the code
    return head
