"""Plans edited over HTTP, as the page does it: two pilots at one draft, versions, catalogue, proposals."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.api.door import PAGE, client_for, sign_in
from tests.db.drafts import Draft, Json, adding, as_draft, linking, removing, setting
from tests.world import World, insert_plan, plan_of, step, tasks
from tminus.platform.settings import Settings

API = "/api/v1"
NOTHING = "00000000-0000-0000-0000-000000000000"


class People:
    """Browsers of several people, signed in when first asked for."""

    def __init__(self, world: World, config: Settings, stack: AsyncExitStack) -> None:
        self._world, self._config, self._stack = world, config, stack
        self._clients: dict[str, httpx.AsyncClient] = {}

    async def __call__(self, who: str, method: str, path: str, **more: Any) -> httpx.Response:
        """Let somebody send a request."""
        if who not in self._clients:
            client = await self._stack.enter_async_context(client_for(self._world, self._config))
            await sign_in(client, self._world, self._config, who)
            client.headers.update(PAGE)
            self._clients[who] = client
        return await self._clients[who].request(method, API + path, **more)

    async def ok(self, who: str, method: str, path: str, **more: Any) -> Any:
        """Let somebody send a request that is carried out; return the answer's body."""
        answer = await self(who, method, path, **more)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def refused(self, code: str, who: str, method: str, path: str, **more: Any) -> Json:
        """Let somebody send a request that is refused; return the problem."""
        answer = await self(who, method, path, **more)
        problem: Json = answer.json()
        assert problem["code"] == code, problem
        assert answer.status_code == problem["status"]
        return problem


@pytest.fixture
async def people(world: World, config: Settings) -> AsyncIterator[People]:
    """Everybody's browser."""
    async with AsyncExitStack() as stack:
        yield People(world, config, stack)


@pytest.fixture
async def draft(world: World) -> Draft:
    """A draft that the machine's user made."""
    plan = plan_of(step("TRT-1", tasks=tasks("TRT-1", 2)), step("TRT-2", "TRT-1", scope=("cutover",)))
    return await as_draft(world, plan)


def edits(*several: Json) -> Json:
    """The body of a request to edit."""
    return {
        "edits": [
            {key: value for key, value in one.items() if value is not None or key in ("was", "to")}
            for one in several
        ]
    }


async def test_two_pilots_follow_each_other_by_edits(people: People, draft: Draft) -> None:
    at = f"/plan-versions/{draft.version}"
    seen = await people.ok("Marco", "GET", at)
    assert (seen["lastEdit"], seen["allowedActions"]) == (0, ["edit", "approve", "discard"])
    made = await people.ok(
        "Priya", "POST", f"{at}/edits", json=edits(setting("step", "TRT-1", "durationSeconds", 600, 2700))
    )
    assert (made["number"], made["title"]) == (1, "Set the duration of TRT-1 to 45m")
    assert [(one["level"], one["code"], one["parent"], one["position"]) for one in made["items"]] == [
        ("step", "TRT-1", "A1", 0)
    ]
    page = await people.ok("Marco", "GET", f"{at}/edits?after=0")
    (edit,) = page["items"]
    assert (edit["by"], edit["mine"], edit["undoneBy"], page["lastEdit"]) == ("Priya", False, None, 1)
    assert edit["items"][0]["item"]["durationSeconds"] == 2700
    refused = await people.refused(
        "field_changed",
        "Marco",
        "POST",
        f"{at}/edits",
        json=edits(setting("step", "TRT-1", "durationSeconds", 600, 60)),
    )
    assert (refused["by"], refused["current"], refused["was"], refused["itemCode"]) == (
        "Priya",
        2700,
        600,
        "TRT-1",
    )
    undone = await people.ok("Marco", "POST", f"{at}/edits/1/undo")
    assert (undone["number"], undone["title"]) == (2, "Took back: Set the duration of TRT-1 to 45m")
    page = await people.ok("Priya", "GET", f"{at}/edits?after=0")
    assert [(one["undoneBy"], one["undoes"]) for one in page["items"]] == [(2, None), (None, 1)]
    assert (await people.refused("already_undone", "Priya", "POST", f"{at}/edits/1/undo"))["undoneBy"] == 2


async def test_an_edit_sent_twice_is_made_once_and_answered_alike(people: People, draft: Draft) -> None:
    sent = {
        "json": edits(adding("step", {"code": "TRT-9", "name": "New"}, "A1")),
        "headers": {"Idempotency-Key": "one-and-the-same"},
    }
    at = f"/plan-versions/{draft.version}/edits"
    first = await people.ok("Priya", "POST", at, **sent)
    assert await people.ok("Priya", "POST", at, **sent) == first
    assert first["items"][0]["item"]["name"] == "New"


async def test_one_item_comes_whole(people: People, draft: Draft) -> None:
    at = f"/plan-versions/{draft.version}"
    await people.ok(
        "Priya",
        "POST",
        f"{at}/edits",
        json=edits(setting("task", "TRT-1-1", "instructions", "", "Look.\nTwice.")),
    )
    item = await people.ok("Vera", "GET", f"{at}/items/step/TRT-1")
    assert (item["instructions"], item["tasks"][0]["instructions"]) == ("", "Look.\nTwice.")
    assert (await people.ok("Vera", "GET", f"{at}/items/task/TRT-1-1"))["hasInstructions"]
    assert (await people.ok("Vera", "GET", f"{at}/items/chapter/A1"))["rollback"] is False
    await people.refused("not_found", "Vera", "GET", f"{at}/items/control/C1")


@pytest.mark.parametrize("who", ["Vera", "Dana", "Arno"])
async def test_who_is_no_pilot_reads_and_edits_nothing(people: People, draft: Draft, who: str) -> None:
    at = f"/plan-versions/{draft.version}"
    seen = await people.ok(who, "GET", at)
    assert (seen["allowedActions"], seen["whyNotApprove"]) == ([], "A pilot of this migration approves it.")
    body = edits(setting("step", "TRT-1", "name", "Step TRT-1", "Other"))
    await people.refused("forbidden", who, "POST", f"{at}/edits", json=body)
    await people.refused("forbidden", who, "POST", f"{at}/edits/1/undo")
    await people.refused("forbidden", who, "DELETE", at)
    await people.refused("forbidden", who, "POST", f"/plans/{seen['planId']}/drafts", json={})


async def test_whoever_edited_does_not_approve_and_the_hash_is_that_of_the_content(
    people: People, draft: Draft
) -> None:
    at = f"/plan-versions/{draft.version}"
    await people.ok(
        "Priya", "POST", f"{at}/edits", json=edits(setting("step", "TRT-1", "name", "Step TRT-1", "One"))
    )
    seen = await people.ok("Priya", "GET", at)
    assert seen["whyNotApprove"] == "You wrote to it: another pilot approves it."
    assert seen["allowedActions"] == ["edit", "discard"]
    await people.refused("forbidden", "Priya", "POST", f"{at}/approve", json={})
    await people.refused("version_changed", "Marco", "POST", f"{at}/approve", json={"version": 1})
    await people.ok("Marco", "POST", f"{at}/approve", json={"version": seen["version"]})
    approved = await people.ok("Priya", "GET", at)
    assert (approved["status"], approved["approvedBy"]) == ("approved", "Marco")
    assert approved["allowedActions"] == ["newDraft", "newIteration"]
    again = edits(setting("step", "TRT-1", "name", "One", "Two"))
    await people.refused("not_a_draft", "Priya", "POST", f"{at}/edits", json=again)
    made = await people.ok("Priya", "POST", f"/plans/{approved['planId']}/drafts", json={})
    rows = (await people.ok("Priya", "GET", "/plans"))["items"][0]["versions"]
    assert [(row["number"], row["id"] == made["id"]) for row in rows] == [(2, True), (1, False)]
    assert rows[0]["contentHash"] == rows[1]["contentHash"]


async def test_a_draft_with_errors_is_not_approved(people: People, draft: Draft) -> None:
    at = f"/plan-versions/{draft.version}"
    made = await people.ok(
        "Priya", "POST", f"{at}/edits", json=edits(setting("step", "TRT-1", "type", "TRT", "DUM"))
    )
    assert [one["code"] for one in made["findings"] if one["severity"] == "error"] == [
        "milestone_with_duration"
    ]
    assert (await people.ok("Vera", "GET", f"{at}/findings"))["items"] == made["findings"]
    seen = await people.ok("Marco", "GET", at)
    assert seen["whyNotApprove"].startswith("It cannot be carried out as it is: ")
    assert "approve" not in seen["allowedActions"]
    await people.refused("has_errors", "Marco", "POST", f"{at}/approve", json={})


async def test_a_plan_has_one_draft_which_is_compared_and_discarded(people: People, world: World) -> None:
    version = await insert_plan(
        world, plan_of(step("TRT-1"), step("TRT-2", "TRT-1"), rollback=(step("TRT-9"),))
    )
    plan = (await people.ok("Priya", "GET", f"/plan-versions/{version}"))["planId"]
    made = await people.ok("Priya", "POST", f"/plans/{plan}/drafts", json={"basedOn": str(version)})
    at = f"/plan-versions/{made['id']}"
    seen = await people.ok("Priya", "GET", at)
    assert (seen["number"], seen["basedOn"]) == (2, {"id": str(version), "number": 1})
    exists = await people.refused("draft_exists", "Marco", "POST", f"/plans/{plan}/drafts", json={})
    assert (exists["versionId"], exists["number"], exists["by"]) == (made["id"], 2, "Priya")
    same = await people.ok("Vera", "GET", f"{at}/diff?base={version}")
    assert (same["items"], same["added"], same["changed"], same["removed"]) == ([], 0, 0, 0)
    await people.ok(
        "Marco",
        "POST",
        f"{at}/edits",
        json=edits(setting("step", "TRT-1", "team", "DBA", "APP"), removing("step", "TRT-9")),
    )
    changes = await people.ok("Vera", "GET", f"{at}/diff?base={version}")
    assert [(one["code"], one["change"], one["fields"]) for one in changes["items"]] == [
        ("TRT-1", "changed", ["team"]),
        ("TRT-9", "removed", []),
    ]
    asked = await people.refused("others_wrote", "Priya", "DELETE", at)
    assert (asked["edits"], asked["authors"]) == (1, ["Marco"])
    await people.ok("Priya", "DELETE", f"{at}?version={asked['version']}")
    await people.refused("not_found", "Priya", "GET", at)
    await people.refused("not_a_draft", "Priya", "DELETE", f"/plan-versions/{version}")
    assert (await people.ok("Priya", "POST", f"/plans/{plan}/drafts", json={}))["number"] == 2


async def test_the_scope_says_what_an_iteration_would_hold(people: People, draft: Draft) -> None:
    at = f"/plan-versions/{draft.version}"
    body = edits(setting("step", "TRT-2", "environment", None, "TARGET"))
    await people.ok("Priya", "POST", f"{at}/edits", json=body)
    run = await people.ok("Vera", "GET", f"{at}/scope?kind=run&name=RUN1")
    assert (run["inScope"], run["outOfScope"], run["outOfScopeCodes"], run["roles"]) == (1, 1, ["TRT-2"], [])
    assert run["sentence"] == "1 of 2 steps are part of a run named RUN1."
    cutover = await people.ok("Vera", "GET", f"{at}/scope?kind=cutover")
    assert (cutover["inScope"], cutover["roles"]) == (
        2,
        [{"code": "TARGET", "name": "The TARGET", "steps": 1}],
    )


@pytest.mark.parametrize("kind", ["applications", "environments", "environment-roles"])
async def test_the_catalogue_is_kept_by_pilots(people: People, world: World, kind: str) -> None:
    at = f"/migrations/{world.migration_id}/{kind}"
    new = {"code": "X-1", "name": "First"}
    await people.refused("forbidden", "Dana", "POST", at, json=new)
    made = await people.ok("Priya", "POST", at, json=new)
    assert (made["code"], made["name"], made["version"], made["usedBy"]) == ("X-1", "First", 1, 0)
    await people.refused("code_taken", "Marco", "POST", at, json=new)
    one = f"/{kind}/{made['id']}"
    named = await people.ok("Marco", "PATCH", one, json={"name": "Other"}, headers={"If-Match": '"1"'})
    assert (named["name"], named["version"]) == ("Other", 2)
    stale = await people.refused(
        "entry_changed", "Priya", "PATCH", one, json={"name": "Mine"}, headers={"If-Match": '"1"'}
    )
    assert stale["current"] == {"name": "Other", "version": 2}
    await people.refused("invalid", "Priya", "PATCH", one, json={"name": "Mine"}, headers={"If-Match": "x"})
    assert [entry["name"] for entry in (await people.ok("Vera", "GET", at))["items"]] == ["Other"]
    await people.ok("Priya", "DELETE", one)
    await people.refused("not_found", "Priya", "DELETE", one)
    assert (await people.ok("Vera", "GET", at))["items"] == []


async def test_what_steps_name_is_not_removed(people: People, draft: Draft, world: World) -> None:
    body = edits(
        setting("step", "TRT-1", "applications", [], ["SAP"]),
        setting("step", "TRT-2", "environment", None, "TARGET"),
    )
    await people.ok("Priya", "POST", f"/plan-versions/{draft.version}/edits", json=body)
    for kind, code, user in (("applications", "SAP", "TRT-1"), ("environment-roles", "TARGET", "TRT-2")):
        entries = (await people.ok("Priya", "GET", f"/migrations/{world.migration_id}/{kind}"))["items"]
        (entry,) = [one for one in entries if one["code"] == code]
        assert entry["usedBy"] == 1
        refused = await people.refused("in_use", "Priya", "DELETE", f"/{kind}/{entry['id']}")
        assert [used.startswith((f"{user} (version 1 of", user)) for used in refused["usedBy"]] == [True]


@pytest.fixture
async def night(world: World) -> UUID:
    """An iteration of an approved plan."""
    return await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1", team="APP")))


async def test_a_lesson_goes_into_the_plan(people: People, world: World, night: UUID) -> None:
    at = f"/iterations/{night}/steps"
    lesson = {"lesson": "It took 25 minutes.", "field": "durationSeconds", "value": 1500}
    await people.refused("forbidden", "Dana", "POST", f"{at}/TRT-2/proposals", json=lesson)
    made = await people.ok("Dana", "POST", f"{at}/TRT-1/proposals", json=lesson)
    assert (made["state"], made["current"], made["by"], made["iterationName"]) == (
        "open",
        600,
        "Dana",
        "CUTOVER",
    )
    listed = await people.ok("Vera", "GET", f"/plans/{made['planId']}/proposals?state=open")
    assert listed["items"] == [made]
    draft = await people.ok("Priya", "POST", f"/plans/{made['planId']}/drafts", json={})
    accept = f"/plan-proposals/{made['id']}/accept"
    body = {"versionId": draft["id"], "was": 700}
    refused = await people.refused("field_changed", "Priya", "POST", accept, json=body)
    assert refused["current"] == 600
    await people.refused("forbidden", "Dana", "POST", accept, json={"versionId": draft["id"]})
    done = await people.ok("Priya", "POST", accept, json=body | {"was": 600})
    assert (done["edit"], done["proposal"]["state"], done["proposal"]["decidedBy"]) == (
        1,
        "accepted",
        "Priya",
    )
    assert done["proposal"]["current"] == 1500
    await people.refused("already_decided", "Marco", "POST", accept, json=body)
    (edit,) = (await people.ok("Vera", "GET", f"/plan-versions/{draft['id']}/edits"))["items"]
    assert edit["title"] == "Took over from CUTOVER: the duration of TRT-1 is 25m"


async def test_a_lesson_in_words_is_accepted_or_declined_with_a_reason(
    people: People, world: World, night: UUID
) -> None:
    at = f"/iterations/{night}/steps/TRT-1/proposals"
    made = [
        await people.ok("Priya", "POST", at, json={"lesson": words}) for words in ("Call first.", "Ring.")
    ]
    await people.refused(
        "invalid", "Priya", "POST", at, json={"lesson": "x", "field": "colour", "value": "red"}
    )
    await people.refused("invalid", "Priya", "POST", at, json={"lesson": "x", "field": "code", "value": "T"})
    await people.refused("not_found", "Priya", "POST", at.replace("TRT-1", "TRT-9"), json={"lesson": "x"})
    one, other = (f"/plan-proposals/{proposal['id']}" for proposal in made)
    await people.refused("invalid", "Marco", "POST", f"{one}/decline", json={"reason": " "})
    declined = await people.ok("Marco", "POST", f"{one}/decline", json={"reason": "Known already."})
    assert (declined["state"], declined["reason"], declined["version"]) == ("declined", "Known already.", 2)
    draft = await people.ok("Priya", "POST", f"/plans/{made[0]['planId']}/drafts", json={})
    done = await people.ok("Priya", "POST", f"{other}/accept", json={"versionId": draft["id"]})
    assert (done["edit"], done["proposal"]["state"]) == (None, "accepted")


async def test_what_is_no_json_is_not_taken_for_nothing(people: People, draft: Draft) -> None:
    edit = '{"op": "set", "level": "step", "code": "TRT-1", "field": "durationSeconds", "was": %d, "to": %s}'
    at = f"/plan-versions/{draft.version}"
    seen = (await people.ok("Marco", "GET", f"{at}/items/step/TRT-1"))["durationSeconds"]
    for value in ("NaN", "Infinity", "-Infinity"):
        answer = await people(
            "Marco",
            "POST",
            f"{at}/edits",
            content='{"edits": [' + edit % (seen, value) + "]}",
            headers={"Content-Type": "application/json"},
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.text
    assert (await people.ok("Marco", "GET", f"{at}/items/step/TRT-1"))["durationSeconds"] == seen


async def test_a_proposed_value_is_checked_as_an_edit_is(people: People, night: UUID) -> None:
    at = f"/iterations/{night}/steps/TRT-1/proposals"
    for field, value in (
        ("durationSeconds", "long"),
        ("type", "NONE"),
        ("team", "NONE"),
        ("code", "X"),
        ("x", 1),
    ):
        body = {"lesson": "It took longer.", "field": field, "value": value}
        await people.refused("invalid", "Dana", "POST", at, json=body)


MISSING = [
    ("GET", f"/plan-versions/{NOTHING}", None),
    ("GET", f"/plan-versions/{NOTHING}/edits", None),
    ("GET", f"/plan-versions/{NOTHING}/findings", None),
    ("GET", f"/plan-versions/{NOTHING}/items/step/X", None),
    ("GET", f"/plan-versions/{NOTHING}/diff?base={NOTHING}", None),
    ("GET", f"/plan-versions/{NOTHING}/scope?kind=run", None),
    ("POST", f"/plan-versions/{NOTHING}/edits", edits(linking("A", "B"))),
    ("POST", f"/plan-versions/{NOTHING}/edits/1/undo", None),
    ("DELETE", f"/plan-versions/{NOTHING}", None),
    ("POST", f"/plans/{NOTHING}/drafts", {}),
    ("GET", f"/plans/{NOTHING}/proposals", None),
    ("POST", f"/plan-proposals/{NOTHING}/accept", {"versionId": NOTHING}),
    ("POST", f"/plan-proposals/{NOTHING}/decline", {"reason": "No."}),
    ("DELETE", f"/applications/{NOTHING}", None),
]


@pytest.mark.parametrize(("method", "path", "body"), MISSING)
async def test_what_is_not_there_is_a_404_that_says_what_to_do(
    people: People, method: str, path: str, body: Json | None
) -> None:
    assert (await people.refused("not_found", "Priya", method, path, json=body))["hint"]
