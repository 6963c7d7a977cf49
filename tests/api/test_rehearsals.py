"""Rehearsals side by side over HTTP: two nights played by real commands, and what a pilot makes of what they taught."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.api.test_plan_editing import People
from tests.world import NIGHT, World, insert_plan, plan_of, step
from tminus.platform.settings import Settings
from tminus.runbook.commands.forecasting import Forecaster
from tminus.runbook.commands.iteration_terms import ChangeTerms, change_terms
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.state import Comms
from tminus.runbook.store.forecasts import behind

Json = dict[str, Any]
PLAN = plan_of(
    step("TRT-1", minutes=30),
    step("TRT-2", minutes=10),
    step("TRT-3", "TRT-1", minutes=20),
    step("TRT-4", "TRT-3", team="APP"),
    step("TRT-5", scope=("cutover",)),
)


@dataclass
class Two:
    """Two nights of one plan that are over, and everybody's browser."""

    world: World
    people: People
    version: UUID
    plan: str = ""

    async def look(self, who: str = "Priya") -> Json:
        """What the page reads."""
        shown: Json = await self.people.ok(who, "GET", f"/plans/{self.plan}/rehearsals")
        return shown

    async def insights(self, kind: str) -> list[Json]:
        """The open insights of a kind."""
        return [one for one in (await self.look())["insights"] if one["kind"] == kind]

    async def take(self, insight: Json, who: str = "Priya", **body: Any) -> Json:
        """Accept one."""
        path = f"/plans/{self.plan}/insights/{insight['id']}/accept"
        done: Json = await self.people.ok(who, "POST", path, json=body)
        return done

    async def versions(self) -> list[Json]:
        """The versions of the plan, newest first."""
        plans = (await self.people.ok("Priya", "GET", "/plans"))["items"]
        listed: list[Json] = next(one["versions"] for one in plans if one["id"] == self.plan)
        return listed


@pytest.fixture
async def people(world: World, config: Settings) -> AsyncIterator[People]:
    """Everybody's browser."""
    async with AsyncExitStack() as stack:
        yield People(world, config, stack)


async def play(world: World, version: UUID, name: str, begin: datetime) -> UUID:
    """TRT-1 takes twice as long; TRT-2 waits for it though nothing says so; TRT-3 fails once; TRT-4 is skipped."""
    await world.at(begin)
    night = await world.iteration_of(version, name, comms=Comms.OFF)

    async def press(minute: float, who: str, code: str, action: str, **more: object) -> None:
        await world.at(begin + timedelta(minutes=minute))
        await world.press(who, night, code, action, **more)

    await press(0, "Dana", "TRT-1", "start")
    await press(60, "Dana", "TRT-1", "complete")
    await press(62, "Dana", "TRT-2", "start")
    await press(72, "Dana", "TRT-2", "complete")
    await press(80, "Dana", "TRT-3", "start")
    await press(85, "Dana", "TRT-3", "fail", reason="The firewall had port 443 closed.")
    await press(90, "Priya", "TRT-3", "retry")
    await press(91, "Dana", "TRT-3", "start")
    await press(111, "Dana", "TRT-3", "complete")
    await press(112, "Priya", "TRT-4", "skip", reason="Not in a rehearsal.")
    await world.move("Priya", night, "complete")
    return night


@pytest.fixture
async def two(world: World, people: People) -> Two:
    """RUN1 and RUN2, a week apart."""
    version = await insert_plan(world, PLAN)
    for week, name in enumerate(("RUN1", "RUN2")):
        await play(world, version, name, NIGHT + timedelta(weeks=week))
    await world.at(NIGHT + timedelta(weeks=3))
    async with world.database.read() as connection:
        found = await connection.execute(
            text("SELECT plan_id FROM plan_versions WHERE id = :id"), {"id": version}
        )
    return Two(world, people, version, str(found.scalar_one()))


async def test_iterations_stand_side_by_side(two: Two) -> None:
    shown = await two.look("Vera")
    assert [(one["name"], one["learnedFrom"]) for one in shown["iterations"]] == [
        ("RUN1", True),
        ("RUN2", True),
    ]
    assert shown["allowedActions"] == []
    rows = {row["code"]: row for row in shown["steps"]}
    first = rows["TRT-1"]["cells"][0]
    assert (first["plannedSeconds"], first["actualSeconds"], first["marks"]) == (1800, 3600, ["slower"])
    again = rows["TRT-3"]["cells"][1]
    assert (again["actualSeconds"], again["attempts"]) == (1200, 2)
    assert again["marks"] == ["failed", "retried"]
    assert rows["TRT-4"]["cells"][0]["marks"] == ["skipped"]
    assert rows["TRT-4"]["cells"][0]["actualSeconds"] is None
    assert rows["TRT-5"]["cells"][0]["inScope"] is False
    assert rows["TRT-5"]["cells"][0]["marks"] == []
    sums = shown["iterations"][1]["sums"]
    assert (sums["slower"], sums["skipped"], sums["failed"], sums["retried"]) == (1, 1, 1, 1)
    assert (sums["measured"], sums["plannedSeconds"], sums["actualSeconds"]) == (3, 3600, 5400)


async def test_one_insight_of_each_kind_with_its_evidence(two: Two) -> None:
    found = {one["kind"]: one for one in (await two.look())["insights"]}
    assert found.keys() == {"duration", "dependency", "step"}
    assert (found["duration"]["stepCode"], found["duration"]["current"]) == ("TRT-1", 1800)
    assert found["duration"]["proposed"] == 46 * 60
    assert [one["iterationName"] for one in found["duration"]["evidence"]] == ["RUN1", "RUN2"]
    assert (found["dependency"]["stepCode"], found["dependency"]["otherCode"]) == ("TRT-2", "TRT-1")
    assert found["step"]["stepCode"] == "TRT-3"


async def test_an_accepted_duration_becomes_an_edit_of_a_new_draft_and_nothing_else_changes(two: Two) -> None:
    (insight,) = await two.insights("duration")
    done = await two.take(insight, was=1800)
    assert (done["madeDraft"], done["versionNumber"], done["edit"]) == (True, 2, 1)
    proposal = done["proposal"]
    assert (proposal["state"], proposal["by"], proposal["decidedBy"]) == ("accepted", "Tminus", "Priya")
    assert "/migrations/ERP/iterations/RUN1?step=TRT-1" in proposal["lesson"]
    (edit,) = (await two.people.ok("Vera", "GET", f"/plan-versions/{done['versionId']}/edits"))["items"]
    assert edit["title"] == "Took over from RUN1 and RUN2 (1h, 1h): the duration of TRT-1 is 46m"
    assert edit["taught"]["planId"] == two.plan
    assert (
        "RUN2: TRT-1 took 1h of 30m planned (/migrations/ERP/iterations/RUN2?step=TRT-1)"
        in edit["taught"]["lesson"]
    )
    draft, approved = await two.versions()
    assert (draft["status"], approved["status"], approved["version"]) == ("draft", "approved", 1)
    whole = await two.people.ok("Vera", "GET", f"/plan-versions/{approved['id']}")
    assert whole["macroPhases"][0]["chapters"][0]["steps"][0]["durationSeconds"] == 1800
    shown = await two.look()
    assert [one for one in shown["insights"] if one["kind"] == "duration"] == []
    assert shown["answered"] == {"accepted": 1, "declined": 0}
    (answer,) = shown["answers"]
    assert (answer["stepCode"], answer["state"], answer["decidedBy"]) == ("TRT-1", "accepted", "Priya")
    assert (answer["version"], answer["versionStatus"]) == (2, "draft")
    assert answer["lesson"] == edit["taught"]["lesson"]


async def test_what_is_taken_back_in_the_draft_is_proposed_again(two: Two) -> None:
    (insight,) = await two.insights("duration")
    done = await two.take(insight)
    path = f"/plans/{two.plan}/insights/{insight['id']}/accept"
    await two.people.refused("already_decided", "Marco", "POST", path, json={})
    await two.people.ok("Priya", "POST", f"/plan-versions/{done['versionId']}/edits/1/undo")
    assert [one["id"] for one in await two.insights("duration")] == [insight["id"]]
    assert (await two.take(insight))["madeDraft"] is False


async def test_a_dependency_and_a_step_go_into_the_draft_that_is_there(two: Two) -> None:
    draft = await two.people.ok("Priya", "POST", f"/plans/{two.plan}/drafts", json={})
    (link,), (missing,) = await two.insights("dependency"), await two.insights("step")
    done = await two.take(link, who="Marco")
    assert (done["madeDraft"], done["versionId"]) == (False, draft["id"])
    added = await two.take(missing, name="Open the firewall for 443")
    titles = [
        one["title"]
        for one in (await two.people.ok("Vera", "GET", f"/plan-versions/{draft['id']}/edits"))["items"]
    ]
    assert titles == [
        "Took over from RUN1 and RUN2: TRT-2 waits for TRT-1",
        "Took over from RUN1 and RUN2: a step before TRT-3",
    ]
    whole = await two.people.ok("Vera", "GET", f"/plan-versions/{draft['id']}")
    steps = whole["macroPhases"][0]["chapters"][0]["steps"]
    links = {(one["code"], tie["code"]) for one in steps for tie in one["after"]}
    assert {("TRT-2", "TRT-1"), ("TRT-3", "TRT-3a"), ("TRT-3a", "TRT-1")} <= links
    item = await two.people.ok("Vera", "GET", f"/plan-versions/{draft['id']}/items/step/TRT-3a")
    assert "Open the firewall for 443" in str(item)
    assert added["proposal"]["field"] is None


async def test_what_the_draft_says_already_is_refused_in_words(two: Two) -> None:
    insights = {one["kind"]: one for one in (await two.look())["insights"]}
    draft = await two.people.ok("Priya", "POST", f"/plans/{two.plan}/drafts", json={})
    to = insights["duration"]["proposed"]
    edit = {"op": "set", "level": "step", "code": "TRT-1", "field": "durationSeconds", "was": 1800, "to": to}
    await two.people.ok("Priya", "POST", f"/plan-versions/{draft['id']}/edits", json={"edits": [edit]})
    path = f"/plans/{two.plan}/insights/{insights['duration']['id']}/accept"
    await two.people.refused("insight_gone", "Priya", "POST", path, json={})
    link = {"op": "link", "to": "TRT-2", "link": {"code": "TRT-1"}}
    await two.people.ok("Priya", "POST", f"/plan-versions/{draft['id']}/edits", json={"edits": [link]})
    path = f"/plans/{two.plan}/insights/{insights['dependency']['id']}/accept"
    await two.people.refused("insight_gone", "Priya", "POST", path, json={})


async def test_a_duration_that_somebody_changed_since_is_not_overwritten(two: Two) -> None:
    (insight,) = await two.insights("duration")
    path = f"/plans/{two.plan}/insights/{insight['id']}/accept"
    refused = await two.people.refused("field_changed", "Priya", "POST", path, json={"was": 900})
    assert refused["current"] == 1800
    assert [one["status"] for one in await two.versions()] == ["approved"], "the draft went with the refusal"


async def test_a_declined_insight_stays_away_until_there_is_new_evidence(two: Two) -> None:
    (insight,) = await two.insights("duration")
    path = f"/plans/{two.plan}/insights/{insight['id']}/decline"
    await two.people.refused("invalid", "Priya", "POST", path, json={"reason": " "})
    await two.people.refused("forbidden", "Dana", "POST", path, json={"reason": "No."})
    declined = await two.people.ok("Priya", "POST", path, json={"reason": "The new disks are faster."})
    assert (declined["state"], declined["reason"]) == ("declined", "The new disks are faster.")
    await two.people.refused("already_decided", "Marco", "POST", path, json={"reason": "No."})
    (answer,) = (await two.look())["answers"]
    assert (answer["state"], answer["reason"], answer["version"]) == (
        "declined",
        "The new disks are faster.",
        None,
    )
    assert await two.insights("duration") == []
    await play(two.world, two.version, "RUN3", NIGHT + timedelta(weeks=4))
    (again,) = await two.insights("duration")
    assert again["id"] != insight["id"]


async def test_a_step_keeps_its_row_when_a_later_version_renames_it(two: Two) -> None:
    draft = await two.people.ok("Priya", "POST", f"/plans/{two.plan}/drafts", json={})
    edit = {"op": "set", "level": "step", "code": "TRT-1", "field": "code", "was": "TRT-1", "to": "TRT-1000"}
    await two.people.ok("Priya", "POST", f"/plan-versions/{draft['id']}/edits", json={"edits": [edit]})
    shown = await two.look()
    row = next(one for one in shown["steps"] if one["code"] == "TRT-1000")
    assert [cell["code"] for cell in row["cells"]] == ["TRT-1", "TRT-1"]
    assert not any(one["code"] == "TRT-1" for one in shown["steps"])


async def test_a_request_sent_twice_is_carried_out_once(two: Two) -> None:
    (insight,) = await two.insights("duration")
    path = f"/plans/{two.plan}/insights/{insight['id']}/accept"
    key = {"Idempotency-Key": "0198c0de-0000-7000-8000-000000000001"}
    first = await two.people.ok("Priya", "POST", path, json={}, headers=key)
    assert await two.people.ok("Priya", "POST", path, json={}, headers=key) == first


async def test_a_plan_without_iterations_says_so_with_empty_lists(world: World, people: People) -> None:
    await insert_plan(world, PLAN)
    (plan,) = (await people.ok("Priya", "GET", "/plans"))["items"]
    shown = await people.ok("Priya", "GET", f"/plans/{plan['id']}/rehearsals")
    assert (shown["iterations"], shown["insights"]) == ([], [])
    assert [row["cells"] for row in shown["steps"]] == [[]] * 5
    await people.refused(
        "not_found", "Priya", "GET", "/plans/00000000-0000-0000-0000-000000000000/rehearsals"
    )


async def test_who_accepts_a_duration_is_not_called_late_by_the_same_history(two: Two) -> None:
    (insight,) = await two.insights("duration")
    done = await two.take(insight)
    await two.people.ok("Marco", "POST", f"/plan-versions/{done['versionId']}/approve", json={})
    cutover = await two.world.iteration_of(UUID(done["versionId"]), "CUTOVER", live=False)
    forecaster = Forecaster(two.world.services)
    await forecaster.renew(cutover)
    forecaster.close()
    document = await two.people.ok("Vera", "GET", f"/iterations/{cutover}/forecast")
    (step_1,) = [one for one in document["steps"] if one["code"] == "TRT-1"]
    assert 0 <= insight["proposed"] - step_1["expectedSeconds"] < 60
    assert await two.insights("duration") == []


async def test_what_an_earlier_night_teaches_renews_the_forecast_of_one_to_come(two: Two) -> None:
    cutover = await two.world.iteration_of(two.version, "CUTOVER", live=False)
    forecaster = Forecaster(two.world.services)
    await forecaster.renew(cutover)
    forecaster.close()

    async def waiting() -> bool:
        async with two.world.database.read() as connection:
            return cutover in await behind(connection)

    assert not await waiting()
    await two.world.at(NIGHT + timedelta(weeks=3, minutes=1))
    (first, *_) = (await two.look())["iterations"]
    caller = Caller(two.world.people["Priya"])
    await change_terms(two.world.services, caller, ChangeTerms(UUID(first["id"]), {"data_volume": 2.0}))
    assert await waiting()
