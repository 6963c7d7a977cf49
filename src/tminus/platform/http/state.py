"""What routes find on the app, with its type: the database and the settings."""

from __future__ import annotations

from typing import cast

from starlette.requests import HTTPConnection

from tminus.platform.database import Database
from tminus.platform.settings import Settings


def database_of(request: HTTPConnection) -> Database:
    """Return the process's database."""
    return cast("Database", request.app.state.database)


def settings_of(request: HTTPConnection) -> Settings:
    """Return the process's settings."""
    return cast("Settings", request.app.state.settings)
