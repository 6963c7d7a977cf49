"""Keeping forecasts fresh: after every event, and each minute while a night is under way. Off everybody's path.

Forecasts are no events: they stand in a table of their own, and several workers may renew the same one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from uuid import UUID

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from tminus.runbook.commands.services import Services
from tminus.runbook.domain.forecast.making import make_forecast
from tminus.runbook.store.durations import load_history
from tminus.runbook.store.forecast_situation import forecast_now, load_situation
from tminus.runbook.store.forecasts import behind, running, save_forecast

log = logging.getLogger(__name__)
REST_SECONDS = 0.5
"""Between two rounds: what happens meanwhile is reckoned together."""
EACH_SECONDS = 60.0
"""So often the forecasts of running iterations are renewed though nothing happened."""


class Forecaster:
    """Renews the forecasts of those iterations it is told of, one after another."""

    def __init__(self, services: Services) -> None:
        self._database = services.database
        self._child = services.child
        self._due: dict[UUID, None] = {}
        self._woken = asyncio.Event()

    def note(self, iterations: Iterable[UUID]) -> None:
        """Have these renewed soon."""
        self._due |= dict.fromkeys(iterations)
        self._woken.set()

    async def note_running(self) -> None:
        """Have those renewed that are under way, for time has passed; and those that missed events, as at the start."""
        async with self._database.read() as connection:
            self.note([*await running(connection), *await behind(connection)])

    async def round(self) -> int:
        """Renew what is due once it is; return how many. A database that is away is waited for by who calls."""
        await self._woken.wait()
        self._woken.clear()
        done = 0
        while self._due:
            iteration_id = next(iter(self._due))
            del self._due[iteration_id]
            try:
                await self.renew(iteration_id)
                done += 1
            except (psycopg.Error, SQLAlchemyError, OSError, asyncio.CancelledError):
                self.note([iteration_id])
                raise
            except Exception:
                # One night that cannot be forecast must not keep others from theirs, nor the worker from its work.
                log.exception("iteration %s could not be forecast; its last forecast stays", iteration_id)
        return done

    async def renew(self, iteration_id: UUID) -> None:
        """Reckon one iteration anew and keep it; nothing where there is no such iteration."""
        async with self._database.read() as connection:
            situation = await load_situation(connection, iteration_id)
            history = await load_history(connection, iteration_id)
            now = await forecast_now(connection)
        if situation is None:
            return
        made = await self._child.run(make_forecast, situation, history, now)
        async with self._database.engine.begin() as connection:
            await save_forecast(connection, iteration_id, situation.seq, now, made.packed, made.chance)

    def close(self) -> None:
        """End the child process."""
        self._child.close()
