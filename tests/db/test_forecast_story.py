"""The ERP weekend with two rehearsals behind it: every number of its forecast, and its delays found again."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.conftest import TestDatabase
from tests.db.test_example_nights import BEGIN, cast_of, imported_and_approved
from tminus.entry.bootstrap import Parts, assemble
from tminus.entry.demo.night import Actors, Night, set_clock
from tminus.entry.demo.rehearsed import Rehearsal, rehearse
from tminus.entry.demo.script import ERP_DRESS, ERP_RUN, Script
from tminus.platform.settings import Settings
from tminus.runbook.commands.create_iteration import CreateIteration, create_iteration
from tminus.runbook.commands.forecasting import Forecaster
from tminus.runbook.commands.imports.commit import Imported
from tminus.runbook.commands.iteration import IterationCommand, act_on_iteration
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.state import Comms, IterationAction, IterationKind
from tminus.runbook.queries.forecast import forecast_view

Json = dict[str, Any]
WINDOW = timedelta(hours=60)
SLOW, TIMES = "TRT-2110", 3.0


async def rehearsed(parts: Parts, imported: Imported, actors: Actors) -> None:
    migration, version = imported.migration_id, imported.version_id
    for days, name, kind, script in (
        (40, "RUN1", IterationKind.RUN, ERP_RUN),
        (20, "DR1", IterationKind.DRESS_REHEARSAL, ERP_DRESS),
    ):
        night = Rehearsal(name, kind, BEGIN - timedelta(days=days), script, seed=days)
        await rehearse(parts, migration, version, actors, night)


async def cutover(parts: Parts, imported: Imported, actors: Actors) -> UUID:
    await set_clock(parts, BEGIN)
    pilot = Caller(actors.pilot)
    command = CreateIteration(imported.version_id, "CUTOVER", IterationKind.CUTOVER, BEGIN, BEGIN + WINDOW)
    iteration = await create_iteration(parts.runbook, pilot, command)
    await act_on_iteration(parts.runbook, pilot, IterationCommand(iteration, IterationAction.SCHEDULE))
    start = IterationCommand(iteration, IterationAction.START, comms=Comms.OFF)
    await act_on_iteration(parts.runbook, pilot, start)
    return iteration


async def forecast(parts: Parts, forecaster: Forecaster, actors: Actors, iteration: UUID) -> Json:
    await forecaster.renew(iteration)
    async with parts.database.read() as connection:
        document, _ = await forecast_view(connection, actors.pilot, iteration)
    found: Json = json.loads(gzip.decompress(document))
    return found


async def test_the_erp_weekend_shows_every_number_and_names_where_its_delay_began(
    db: TestDatabase, tmp_path: Path
) -> None:
    parts = assemble(Settings(home=tmp_path), db.app_url)
    await set_clock(parts, BEGIN - timedelta(days=60))  # no log goes back in time
    imported = await imported_and_approved(parts, "erp-go-live-weekend.yaml")
    actors = await cast_of(parts, imported.migration_id)
    await rehearsed(parts, imported, actors)
    iteration = await cutover(parts, imported, actors)
    forecaster = Forecaster(parts.runbook)

    first = await forecast(parts, forecaster, actors, iteration)
    night = Night(parts, iteration, actors, script=Script(takes={SLOW: TIMES}, spread=(1.0, 1.0)))
    await night.play(BEGIN, BEGIN + timedelta(hours=14))
    later = await forecast(parts, forecaster, actors, iteration)
    parts.runbook.child.close()
    await parts.database.close()

    for document in (first, later):
        every_number_is_there(document)
    assert first["uncertainty"]["history"]["iterations"] == ["RUN1", "DR1"]
    assert later["seq"] > first["seq"]
    steps = {one["code"]: one for one in later["steps"]}
    assert steps[SLOW]["delay"]["ownSeconds"] > 30 * 60
    named = [one["code"] for one in later["steps"] if (one["delay"] or {}).get("origin", {}) or {}]
    blamed = [code for code in named if steps[code]["delay"]["origin"]["code"] == SLOW]
    assert blamed, "nobody who waited for it names it"
    assert all(steps[code]["delay"]["inheritedSeconds"] >= 60 for code in blamed)


def every_number_is_there(document: Json) -> None:
    sure, gauge = document["uncertainty"], document["gauge"]
    assert sure["p50"] <= sure["p80"] <= sure["p95"]
    assert 0 <= sure["chance"] <= 1
    assert sum(sure["histogram"]["counts"]) == sure["draws"]
    assert gauge["state"] in ("open", "closing", "passed")
    assert gauge["backoutNow"]
    assert gauge["backoutAtWorst"]
    assert document["finish"]["baseline"]
    assert document["criticalPath"]
    assert any((one["criticality"] or 0) > 0.5 for one in document["steps"])
    for one in document["steps"]:
        if one["delay"]:
            parts = one["delay"]["inheritedSeconds"] + one["delay"]["ownSeconds"]
            assert parts == one["delay"]["varianceSeconds"], one["code"]
    for one in document["chapters"]:
        if one["end"]:
            assert {one["plannedStart"], one["baselineStart"]}.isdisjoint({None}), one["code"]
