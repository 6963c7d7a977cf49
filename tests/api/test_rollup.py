"""The roll-up and the Now list over HTTP: their shapes, and that they move with a press."""

from __future__ import annotations

from tests.api.door import PAGE, client_for, sign_in
from tests.world import World, plan_of, step
from tminus.platform.settings import Settings
from tminus.runbook import schemas


async def test_counts_and_now_move_when_a_step_is_done(world: World, config: Settings) -> None:
    i = await world.iteration(
        plan_of(step("TRT-1"), step("TRT-2", "TRT-1"), step("TRT-3", "TRT-2", minutes=0))
    )
    async with client_for(world, config) as client:
        await sign_in(client, world, config, "Priya")
        client.headers.update(PAGE)

        async def look() -> tuple[schemas.IterationRollup, schemas.NowList]:
            of, now = [await client.get(f"/api/v1/iterations/{i}/{what}") for what in ("rollup", "now")]
            return schemas.IterationRollup.model_validate(of.json()), schemas.NowList.model_validate(
                now.json()
            )

        of, now = await look()
        assert [line.code for line in now.items] == ["TRT-1"]
        assert (of.iteration.progress.percent, of.iteration.state) == (0.0, "not_started")
        for button in ("start", "complete"):
            answer = await client.post(f"/api/v1/iterations/{i}/steps/TRT-1/{button}", json={})
            assert answer.status_code == 200, answer.text
        of, now = await look()
        assert [line.code for line in now.items] == ["TRT-2"]
        assert (of.iteration.progress.percent, of.iteration.state) == (50.0, "in_progress")
        assert of.chapters[0].progress == of.macro_phases[0].progress == of.iteration.progress
