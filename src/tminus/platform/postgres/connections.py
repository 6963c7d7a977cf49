"""The doctor's look at a database through its addresses: reachable, new enough, and its roles apart."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

from tminus.platform.postgres.binaries import OLDEST_VERSION
from tminus.platform.postgres.finding import Finding

CONNECT_SECONDS = 5

TRIGGERS_ALONE = "the triggers alone protect the log: whoever has this role can switch them off"
TWO_ROLES = (
    "Make two roles, as docs/how-to/database.md shows, and set TMINUS_DATABASE_URL and TMINUS_OWNER_URL."
)

LOOK = """
SELECT current_user, r.rolsuper, pg_has_role(current_user, d.datdba, 'MEMBER'),
       current_setting('server_version_num')::int / 10000, current_setting('server_version'),
       pg_encoding_to_char(d.encoding),
       EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = to_regclass('event_log')
               AND pg_has_role(current_user, c.relowner, 'MEMBER'))
FROM pg_database d, pg_roles r WHERE d.datname = current_database() AND r.rolname = current_user
"""


@dataclass(frozen=True)
class Seen:
    """What one sign-in shows of its role and its database."""

    role: str
    superuser: bool
    owns_database: bool
    major: int
    version: str
    encoding: str
    owns_log: bool


def examine_connections(app_url: str, owner_url: str | None) -> Iterator[Finding]:
    """Sign in as the app and as the owner, and say what is so; without `owner_url` one role does both."""
    app = _sign_in("connection of the app", "TMINUS_DATABASE_URL", app_url)
    owner = _sign_in("connection of the owner", "TMINUS_OWNER_URL", owner_url) if owner_url else app
    for found in dict.fromkeys([app, owner]):
        if isinstance(found, Finding):
            yield found
    if isinstance(app, Finding):
        return
    yield Finding("connection of the app", "ok", f"The database answers to the role {app.role}.")
    yield _version(app)
    yield _encoding(app)
    if isinstance(owner, Seen):
        yield _roles(app, owner)


def _sign_in(name: str, setting: str, url: str) -> Seen | Finding:
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
            row = connection.execute(LOOK).fetchone()
    except psycopg.OperationalError as error:
        sentence = f"The database does not answer: {' '.join(str(error).split())}."
        return Finding(name, "error", sentence, f"See that the server runs and {setting} is right.")
    except psycopg.Error:
        # libpq repeats what it could not read, and that may hold the password.
        sentence = f"{setting} is not an address that PostgreSQL understands, or the role may see nothing."
        return Finding(name, "error", sentence, "Write it as postgresql://role:password@host:5432/database.")
    assert row is not None  # noqa: S101 -- one database and one role are signed in, always
    return Seen(*row)


def _version(app: Seen) -> Finding:
    if app.major >= OLDEST_VERSION:
        return Finding("version", "ok", f"The server is PostgreSQL {app.version}.")
    sentence = f"The server is PostgreSQL {app.version}; Tminus needs {OLDEST_VERSION} or newer."
    return Finding("version", "error", sentence, "Upgrade the server, or use the embedded one.")


def _encoding(app: Seen) -> Finding:
    if app.encoding == "UTF8":
        return Finding("encoding", "ok", "The database keeps text as UTF8.")
    sentence = f"The database keeps text as {app.encoding}; texts in other scripts will be refused."
    return Finding(
        "encoding", "error", sentence, "Make the database with ENCODING 'UTF8' TEMPLATE template0."
    )


def _roles(app: Seen, owner: Seen) -> Finding:
    if app.superuser:
        return Finding(
            "roles", "warning", f"The app's role {app.role} is a superuser: {TRIGGERS_ALONE}.", TWO_ROLES
        )
    if app.role == owner.role:
        return Finding(
            "roles", "warning", f"One role, {app.role}, runs and owns all: {TRIGGERS_ALONE}.", TWO_ROLES
        )
    if app.owns_database or app.owns_log:
        sentence = f"The app's role {app.role} owns the database or its log, or is a member of who does: "
        return Finding("roles", "warning", f"{sentence}{TRIGGERS_ALONE}.", TWO_ROLES)
    sentence = f"The app signs in as {app.role}, the upgrades as {owner.role}: the app cannot change the log."
    return Finding("roles", "ok", sentence)
