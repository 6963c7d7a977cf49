"""The declared schema: every slice's tables on the one metadata. A test holds the chain to it."""

from __future__ import annotations

from tminus.notify.store import tables as notify
from tminus.people import store as people
from tminus.platform import tables as platform
from tminus.platform.database import metadata
from tminus.runbook.store import tables as runbook

__all__ = ["metadata", "notify", "people", "platform", "runbook"]
