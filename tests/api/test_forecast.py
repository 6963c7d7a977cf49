"""The forecast and *what if* over HTTP: their shapes, when there is none yet, and that asking changes nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from tests.api.door import PAGE, client_for, sign_in
from tests.world import NIGHT, World, plan_of, step
from tminus.platform.settings import Settings
from tminus.runbook.commands.forecasting import Forecaster
from tminus.runbook.schemas.forecast import Forecast
from tminus.runbook.schemas.what_if import WhatIf

PLAN = plan_of(
    step("TRT-1", minutes=30), step("TRT-2", "TRT-1", minutes=60), step("TRT-3", "TRT-2", minutes=30)
)


@pytest.fixture
async def night(world: World) -> AsyncIterator[UUID]:
    yield await world.iteration(PLAN)
    world.services.child.close()


@pytest.fixture
async def page(world: World, config: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with client_for(world, config) as client:
        await sign_in(client, world, config, "Vera")
        client.headers.update(PAGE)
        yield client


async def test_there_is_none_yet_then_it_is_there_and_unchanged_it_is_not_sent_again(
    world: World, night: UUID, page: httpx.AsyncClient
) -> None:
    address = f"/api/v1/iterations/{night}/forecast"
    missing = await page.get(address)
    assert (missing.status_code, missing.json()["code"]) == (404, "no_forecast_yet")
    await Forecaster(world.services).renew(night)
    answer = await page.get(address)
    document = Forecast.model_validate(answer.json())
    assert [one.code for one in document.steps] == ["TRT-1", "TRT-2", "TRT-3"]
    assert document.uncertainty is not None
    assert document.uncertainty.p50 <= document.uncertainty.p80 <= document.uncertainty.p95
    assert document.uncertainty.chance is None
    assert document.gauge is not None
    assert document.gauge.state == "cannot_be_computed"
    again = await page.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert not again.content


async def test_what_if_shows_the_change_beside_today_and_changes_nothing(
    world: World, night: UUID, page: httpx.AsyncClient
) -> None:
    before = (await page.get(f"/api/v1/iterations/{night}/board")).json()
    window = (NIGHT + timedelta(minutes=125)).isoformat()
    asked = {"suppositions": [{"what": "skip", "stepCode": "TRT-2"}, {"what": "window", "windowEnd": window}]}
    answer = await page.post(f"/api/v1/iterations/{night}/what-if", json=asked)
    found = WhatIf.model_validate(answer.json())
    assert found.today.finish == NIGHT + timedelta(minutes=120)
    # Whoever waits for a skipped step alone may begin: TRT-3 beside TRT-1.
    assert found.then.finish == NIGHT + timedelta(minutes=30)
    assert found.today.chance is None
    assert found.then.chance is not None
    assert found.then.chance > 0.9
    assert [one.action for one in found.actions] == ["skip", "terms"]
    assert (await page.get(f"/api/v1/iterations/{night}/board")).json() == before


async def test_shared_and_late_move_the_finish_by_their_stated_models(
    night: UUID, page: httpx.AsyncClient
) -> None:
    async def finish(**supposition: object) -> timedelta:
        asked = {"suppositions": [{"stepCode": "TRT-2", **supposition}]}
        found = WhatIf.model_validate(
            (await page.post(f"/api/v1/iterations/{night}/what-if", json=asked)).json()
        )
        assert found.then.p50 is not None
        assert found.today.p50 is not None
        assert (found.then.p50 > found.today.p50) == (supposition["what"] == "late")
        assert found.then.finish is not None
        return found.then.finish - NIGHT

    assert await finish(what="share") == timedelta(minutes=30 + 36 + 30)
    assert await finish(what="late", minutes=45) == timedelta(minutes=120 + 45)


@pytest.mark.parametrize(
    ("supposition", "code"),
    [
        ({"what": "skip", "stepCode": "TRT-9"}, "not_found"),
        ({"what": "window"}, "invalid"),
    ],
)
async def test_what_cannot_be_supposed_is_refused_in_words(
    night: UUID, page: httpx.AsyncClient, supposition: dict[str, str], code: str
) -> None:
    answer = await page.post(f"/api/v1/iterations/{night}/what-if", json={"suppositions": [supposition]})
    assert answer.json()["code"] == code
    assert "Nothing was reckoned" in answer.json()["detail"]
