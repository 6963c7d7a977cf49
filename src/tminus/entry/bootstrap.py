"""The only wiring: which slice fills which port, and which parts a process is made of."""

from __future__ import annotations

from dataclasses import dataclass

from tminus.notify.notifier import Notifier
from tminus.platform.database import Database
from tminus.platform.files.objects import open_objects
from tminus.platform.settings import Settings
from tminus.runbook.commands.services import Services


@dataclass(frozen=True, slots=True)
class Parts:
    """What web, worker and command line share."""

    settings: Settings
    database: Database
    runbook: Services


def assemble(settings: Settings, database_url: str) -> Parts:
    """Make the parts of one process on a database."""
    database = Database(database_url, settings.pool_size)
    messages = Notifier(settings.base_url, settings.test_recipient)
    return Parts(
        settings, database, Services(database, messages, open_objects(settings.object_store, settings.home))
    )
