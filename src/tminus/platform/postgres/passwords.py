"""The passwords of the three roles: made once, kept in one file that only its owner can read."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from tminus.platform.postgres.errors import PasswordsMissing

SUPERUSER = "postgres"
OWNER = "tminus_owner"
APP = "tminus_app"
DATABASE = "tminus"


@dataclass(frozen=True)
class Passwords:
    """One password a role; each is safe to stand in a URL as it is."""

    superuser: str
    owner: str
    app: str


def make_passwords(path: Path) -> Passwords:
    """Write new random passwords to `path` (mode 0600) in one step: the file is whole or not there."""
    made = Passwords(*(secrets.token_urlsafe(24) for _ in range(3)))
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(made), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return made


def read_passwords(path: Path) -> Passwords:
    """The passwords kept in `path`; raises PasswordsMissing when there is no such readable file."""
    try:
        return Passwords(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise PasswordsMissing(
            f"The passwords of the embedded PostgreSQL could not be read from {path}: {error}. "
            "The data themselves are untouched.",
            hint="Put the file back from a backup, or give the roles new passwords as "
            "docs/how-to/database.md describes.",
        ) from error


def url(role: str, password: str, port: int, database: str = DATABASE) -> str:
    """A libpq URL on this machine, for example postgresql://tminus_app:…@127.0.0.1:5432/tminus."""
    return f"postgresql://{role}:{password}@127.0.0.1:{port}/{database}"
