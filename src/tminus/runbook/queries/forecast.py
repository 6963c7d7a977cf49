"""The forecast of an iteration, as it was reckoned last."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.store.forecasts import kept_forecast


class NoForecastYet(NotFound):
    """The iteration is there, and nobody has reckoned it yet."""

    code = "no_forecast_yet"


async def forecast_view(connection: AsyncConnection, person: Person, iteration_id: UUID) -> tuple[bytes, int]:
    """Return the document as JSON packed with gzip, and its version.

    Raises `NotFound` (also where none is made yet) and `Forbidden`.
    """
    _, iteration = await visible_iteration(connection, person, iteration_id)
    kept = await kept_forecast(connection, iteration_id)
    if kept is None:
        raise NoForecastYet(
            f"The forecast of {iteration.name} is not reckoned yet.",
            hint="A worker makes it within seconds of the first event; look again.",
        )
    return kept
