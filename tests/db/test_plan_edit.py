"""A draft edited by two pilots: field by field, nothing lost in silence, everything taken back byte for byte."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from tests.db.drafts import Draft, Json, adding, as_draft, linking, moving, removing, setting, unlinking
from tests.world import World, insert_plan, plan_of, step, tasks
from tminus.kernel.errors import Forbidden, NotFound, Refused
from tminus.runbook.commands.plan_draft import MakeDraft, make_draft
from tminus.runbook.commands.services import Caller
from tminus.runbook.queries.plan_edits import edits_view


@pytest.fixture
async def draft(world: World) -> Draft:
    """Four steps, tasks, a control, a type of its own, links at two levels."""
    made = await as_draft(
        world,
        plan_of(
            step("TRT-1", tasks=tasks("TRT-1", 2)),
            step("TRT-2", "TRT-1"),
            step("TRT-3", "TRT-2", instructions="First this,\nthen that."),
            step("TRT-4", "TRT-2"),
        ),
    )
    await made.edit(
        "Marco",
        adding("type", {"code": "NET", "name": "Network", "behaviour": "work"}),
        adding("control", {"code": "C1", "name": "Counts", "producer": "DBA", "carriers": ["TRT-1-2"]}),
        adding(
            "macroPhase",
            {"code": "B", "name": "After", "after": [{"code": "A", "kind": "SS", "lagSeconds": 60}]},
        ),
        adding(
            "chapter",
            {
                "code": "B1",
                "name": "Checks",
                "steps": [
                    {
                        "code": "NET-1",
                        "name": "Open the ports",
                        "type": "NET",
                        "team": "APP",
                        "impactedTeams": ["DBA"],
                        "labels": ["night", "ports"],
                        "applications": ["SAP", "CRM"],
                        "environment": "TARGET",
                        "scope": ["cutover", "DR1"],
                        "notBefore": "T+2h",
                        "fixedStart": "Sun 06:00",
                        "after": [{"code": "TRT-3"}, {"code": "TRT-4", "kind": "FF", "lagSeconds": -60}],
                        "tasks": [
                            {"code": "NET-1-1", "title": "Look", "controls": ["C1"], "nominee": "Dana"}
                        ],
                    },
                    {
                        "code": "NET-2",
                        "name": "Close the ports",
                        "after": [{"code": "NET-1"}],
                        "undoes": ["TRT-4", "NET-1"],
                    },
                ],
            },
            "B",
        ),
        linking("B1", "TRT-2", "SF", 120),
    )
    return made


async def test_an_edit_changes_one_field_and_says_so(draft: Draft, world: World) -> None:
    before = await draft.view()
    number = await draft.edit("Priya", setting("step", "TRT-1", "durationSeconds", 600, 2700))
    after = await draft.view()
    assert (number, after["lastEdit"], after["version"]) == (2, 2, before["version"] + 1)
    assert after["macroPhases"][0]["chapters"][0]["steps"][0]["durationSeconds"] == 2700
    assert (await draft.log())[-1].endswith(": Set the duration of TRT-1 to 45m")
    assert (await draft.log())[-1].startswith("Priya edited version 1 of Plan")


async def test_whoever_saw_another_value_is_told_who_changed_it_and_when(draft: Draft) -> None:
    await draft.edit("Marco", setting("step", "TRT-1", "durationSeconds", 600, 2700))
    error = await draft.refused(
        "field_changed", "Priya", setting("step", "TRT-1", "durationSeconds", 600, 1800)
    )
    assert error.sentence == (
        "Marco set the duration of TRT-1 to 45m at 21:30; you saw 10m. Nothing was changed."
    )
    assert error.params | {"at": ""} == {
        "level": "step",
        "itemCode": "TRT-1",
        "field": "durationSeconds",
        "was": 600,
        "current": 2700,
        "by": "Marco",
        "at": "",
    }


EVERY_EDIT = [
    [setting("macroPhase", "A", "name", "All", "Everything")],
    [setting("chapter", "A1", "rollback", False, True)],
    [setting("step", "TRT-1", "type", "TRT", "CHK")],
    [setting("step", "TRT-1", "team", "DBA", None)],
    [setting("step", "TRT-3", "instructions", "First this,\nthen that.", "")],
    [
        setting("step", "TRT-1", "autoActivate", False, True),
        setting("step", "TRT-1", "pointOfNoReturn", False, True),
    ],
    [setting("step", "NET-1", "impactedTeams", ["DBA"], [])],
    [setting("step", "NET-1", "labels", ["ports", "night"], ["day", "day", " dusk "])],
    [setting("step", "NET-1", "applications", ["CRM", "SAP"], ["SAP"])],
    [setting("step", "NET-1", "environment", "TARGET", "SOURCE")],
    [setting("step", "NET-1", "scope", ["cutover", "DR1"], ["run"])],
    [
        setting("step", "NET-1", "notBefore", "T+2h", "Mon 7:00"),
        setting("step", "NET-1", "fixedStart", "Sun 06:00", None),
    ],
    [setting("step", "NET-2", "undoes", ["NET-1", "TRT-4"], ["TRT-1"])],
    [setting("step", "TRT-4", "code", "TRT-4", "TRT-4b")],
    [setting("task", "NET-1-1", "controls", ["C1"], [])],
    [setting("task", "NET-1-1", "nominee", "Dana", "marco@erp.example")],
    [setting("task", "TRT-1-1", "required", True, False), setting("task", "TRT-1-1", "team", None, "APP")],
    [setting("task", "TRT-1-1", "title", "Task 1", "Look twice")],
    [setting("control", "C1", "producer", "DBA", None), setting("control", "C1", "validator", None, "APP")],
    [
        setting("control", "C1", "critical", False, True),
        setting("control", "C1", "description", "", "Shown by a count."),
    ],
    [setting("type", "NET", "behaviour", "work", "checkpoint")],
    [setting("type", "NET", "code", "NET", "WIRE")],
    [setting("control", "C1", "code", "C1", "C2")],
    [setting("step", "TRT-2", "code", "TRT-2", "TRT-2b")],
    [setting("chapter", "B1", "code", "B1", "B9")],
    [setting("macroPhase", "A", "code", "A", "Z")],
    [setting("task", "TRT-1-1", "code", "TRT-1-1", "TRT-1-9")],
    [adding("step", {"code": "TRT-9", "name": "New", "after": [{"code": "TRT-1"}]}, "A1", "TRT-2")],
    [adding("task", {"code": "TRT-1-0", "title": "New"}, "TRT-1", "TRT-1-1")],
    [adding("macroPhase", {"code": "C", "name": "New"}, None, "A")],
    [removing("step", "TRT-2", content=True)],
    [removing("step", "NET-1", content=True)],
    [removing("task", "TRT-1-2")],
    [removing("chapter", "B1", content=True)],
    [removing("chapter", "A1", content=True)],
    [removing("macroPhase", "B", content=True)],
    [removing("macroPhase", "A", content=True)],
    [removing("control", "C1", content=True)],
    [moving("step", "TRT-1", "A1")],
    [moving("step", "TRT-4", "A1", "TRT-1")],
    [moving("step", "TRT-3", "B1", "NET-2")],
    [moving("chapter", "A1", "B", "B1")],
    [moving("macroPhase", "B", None, "A")],
    [moving("task", "TRT-1-1", "TRT-2")],
    [linking("TRT-4", "TRT-3", "SS", 900)],
    [linking("B1", "A1", "FS")],
    [linking("B1", "TRT-2", "SF", -120, wasLagSeconds=120)],
    [unlinking("B1", "TRT-2", "SF"), linking("B1", "TRT-2", "FF", 5)],
    [unlinking("NET-1", "TRT-4", "FF"), removing("step", "TRT-4", content=True)],
    [
        adding("chapter", {"code": "A2", "name": "New"}, "A", "A1"),
        moving("step", "TRT-2", "A2"),
        moving("step", "TRT-1", "A2", "TRT-2"),
        setting("step", "TRT-1", "code", "TRT-1", "TRT-1x"),
        removing("step", "TRT-1x", content=True),
    ],
]


@pytest.mark.parametrize(
    "edits",
    EVERY_EDIT,
    ids=lambda edits: f"{edits[0]['op']}-{edits[0].get('field', '')}-{edits[0].get('level', '')}",
)
async def test_every_edit_is_taken_back_byte_for_byte_and_made_again(draft: Draft, edits: list[Json]) -> None:
    before = await draft.content()
    number = await draft.edit("Priya", *edits)
    after = await draft.content()
    assert after != before
    undone = await draft.undo("Priya", number)
    assert await draft.content() == before
    redone = await draft.undo("Marco", undone)
    assert await draft.content() == after
    await draft.undo("Marco", redone)
    assert await draft.content() == before
    titles = [said.partition(": ")[2] for said in (await draft.log())[-4:]]
    assert titles[1:] == [f"Took back: {titles[0]}", f"Did again: {titles[0]}", f"Took back: {titles[0]}"]


async def test_all_of_the_edits_are_made_or_none(draft: Draft) -> None:
    await draft.refused(
        "not_found",
        "Priya",
        setting("step", "TRT-1", "name", "Step TRT-1", "Other"),
        adding("step", {"code": "TRT-9", "name": "New"}, "A1"),
        setting("step", "TRT-99", "name", "", "Nobody"),
    )


REFUSED = [
    ("code_taken", [setting("step", "TRT-1", "code", "TRT-1", "B1")]),
    ("code_taken", [setting("type", "NET", "code", "NET", "TRT")]),
    ("code_taken", [adding("chapter", {"code": "TRT-1", "name": "New"}, "A")]),
    ("code_taken", [adding("task", {"code": "NET-1-1", "title": "New"}, "TRT-1")]),
    ("in_use", [removing("step", "TRT-1")]),
    ("in_use", [removing("step", "NET-1")]),
    ("in_use", [removing("chapter", "A1")]),
    ("in_use", [removing("control", "C1")]),
    ("in_use", [removing("type", "NET", content=True)]),
    ("link_exists", [linking("TRT-2", "TRT-1", "FS", 60)]),
    ("field_changed", [linking("TRT-2", "TRT-1", "FS", 60, wasLagSeconds=5)]),
    ("field_changed", [unlinking("TRT-2", "TRT-1", "SS")]),
    ("link_into_itself", [linking("TRT-2", "TRT-2")]),
    ("link_into_itself", [linking("TRT-2", "A1")]),
    ("link_into_itself", [linking("A", "TRT-2")]),
    ("link_into_itself", [linking("B1", "TRT-1"), moving("step", "TRT-1", "B1")]),
    ("cycle", [linking("TRT-1", "TRT-4")]),
    ("cycle", [linking("TRT-1", "B")]),
    (
        "cycle",
        [
            adding("step", {"code": "TRT-9", "name": "New", "after": [{"code": "NET-1"}]}, "A1"),
            linking("TRT-3", "TRT-9"),
        ],
    ),
    ("not_found", [linking("TRT-1", "TRT-99")]),
    ("not_found", [adding("step", {"code": "TRT-9", "name": "New", "after": [{"code": "TRT-99"}]}, "A1")]),
    ("not_found", [moving("step", "TRT-1", "B9")]),
    ("invalid", [moving("step", "TRT-1", "A1", "NET-1")]),
    ("invalid", [moving("control", "C1")]),
    ("invalid", [adding("step", {"code": "TRT-9", "name": "New"})]),
    ("invalid", [adding("step", {"code": "TRT-9", "title": "New"}, "A1")]),
    ("invalid", [adding("step", {"code": "TRT-9"}, "A1")]),
    ("invalid", [setting("step", "TRT-1", "colour", None, "red")]),
    ("invalid", [setting("step", "TRT-1", "name", "Step TRT-1", " ")]),
    ("invalid", [setting("step", "TRT-1", "team", "DBA", "DBX")]),
    ("invalid", [setting("step", "TRT-1", "environment", None, "PROD")]),
    ("invalid", [setting("step", "TRT-1", "durationSeconds", 600, -1)]),
    ("invalid", [setting("step", "TRT-1", "durationSeconds", 600, "10m")]),
    ("invalid", [setting("step", "TRT-1", "notBefore", None, "tomorrow")]),
    ("invalid", [setting("step", "TRT-1", "labels", [], "night")]),
    ("invalid", [setting("step", "TRT-1", "autoActivate", False, "yes")]),
    ("invalid", [setting("step", "TRT-1", "code", "TRT-1", "TRT 1")]),
    ("invalid", [setting("task", "TRT-1-1", "controls", [], ["C9"])]),
    ("invalid", [setting("type", "NET", "behaviour", "work", "play")]),
    ("invalid", [setting("step", "NET-2", "undoes", ["NET-1", "TRT-4"], ["TRT-99"])]),
    ("invalid", [setting("step", "NET-2", "undoes", ["NET-1", "TRT-4"], ["NET-2"])]),
    ("invalid", [setting("step", "NET-2", "undoes", ["NET-1", "TRT-4"], ["A1"])]),
    ("invalid", [adding("step", {"code": "TRT-9", "name": "New", "undoes": ["TRT-99"]}, "A1")]),
    ("in_use", [removing("step", "TRT-4")]),
]


@pytest.mark.parametrize(("code", "edits"), REFUSED, ids=lambda part: part if isinstance(part, str) else "")
async def test_what_is_refused_says_why_and_changes_nothing(
    draft: Draft, code: str, edits: list[Json]
) -> None:
    error = await draft.refused(code, "Priya", *edits)
    assert error.hint or code == "invalid"


async def test_a_refused_circle_is_told_across_levels(draft: Draft) -> None:
    error = await draft.refused("cycle", "Priya", linking("TRT-1", "B1"))
    assert error.params["path"][0] == error.params["path"][-1]
    assert {"B1", "TRT-1"} <= set(error.params["path"])


async def test_what_would_go_too_is_named_with_how_it_hangs_on_it(draft: Draft) -> None:
    error = await draft.refused("in_use", "Priya", removing("step", "TRT-3"))
    assert error.params["usedBy"] == [{"level": "step", "code": "NET-1", "name": "", "how": "waits"}]
    error = await draft.refused("in_use", "Priya", removing("step", "TRT-1"))
    assert [(one["code"], one["how"]) for one in error.params["usedBy"]] == [
        ("TRT-1-1", "inside"),
        ("TRT-1-2", "inside"),
        ("TRT-2", "waits"),
    ]


async def test_a_step_that_another_one_undoes_goes_with_what_is_said_of_it_and_comes_back(
    draft: Draft,
) -> None:
    await draft.edit("Priya", unlinking("NET-1", "TRT-4", "FF"))
    error = await draft.refused("in_use", "Priya", removing("step", "TRT-4"))
    assert error.params["usedBy"] == [{"level": "step", "code": "NET-2", "name": "", "how": "undoes"}]
    removed = await draft.edit("Priya", removing("step", "TRT-4", content=True))
    assert _undone_by_net_2(await draft.view()) == ["NET-1"]
    await draft.undo("Priya", removed)
    assert _undone_by_net_2(await draft.view()) == ["NET-1", "TRT-4"]


async def test_a_draft_made_of_a_version_says_what_that_says_of_the_way_back(world: World) -> None:
    plan = plan_of(step("TRT-1"), step("TRT-2"), rollback=(step("TRT-8", undoes=("TRT-2", "TRT-1")),))
    approved = Draft(world, await insert_plan(world, plan))
    made = await make_draft(
        world.database, Caller(world.people["Priya"]), MakeDraft(UUID((await approved.view())["planId"]))
    )
    draft = Draft(world, made.id)
    assert await draft.content() == await approved.content()
    back = (await draft.view())["macroPhases"][0]["chapters"][1]["steps"]
    assert [one["undoes"] for one in back] == [["TRT-1", "TRT-2"]]


def _undone_by_net_2(view: Json) -> list[str]:
    steps = [
        one for phase in view["macroPhases"] for chapter in phase["chapters"] for one in chapter["steps"]
    ]
    (found,) = [one["undoes"] for one in steps if one["code"] == "NET-2"]
    return list(found)


async def test_a_value_that_is_there_already_is_a_success_without_a_trace(draft: Draft) -> None:
    before, log = await draft.content(), await draft.log()
    assert await draft.edit("Priya", setting("step", "TRT-1", "durationSeconds", 5, 600)) == 1
    assert (await draft.content(), await draft.log()) == (before, log)


async def test_an_undo_is_refused_once_somebody_changed_the_same(draft: Draft) -> None:
    first = await draft.edit("Priya", setting("step", "TRT-1", "durationSeconds", 600, 1200))
    await draft.edit("Marco", setting("step", "TRT-1", "durationSeconds", 1200, 1800))
    with pytest.raises(Refused) as caught:
        await draft.undo("Priya", first)
    assert caught.value.code == "field_changed"
    assert caught.value.sentence.startswith("Marco set the duration of TRT-1 to 30m")


async def test_an_undo_takes_nothing_that_others_did_to_it_since(draft: Draft) -> None:
    added = await draft.edit("Priya", adding("step", {"code": "TRT-9", "name": "New"}, "A1"))
    await draft.edit("Marco", adding("task", {"code": "TRT-9-1", "title": "Look"}, "TRT-9"))
    before = await draft.content()
    with pytest.raises(Refused) as caught:
        await draft.undo("Priya", added)
    assert caught.value.code == "field_changed"
    assert "Marco changed the tasks of TRT-9" in caught.value.sentence
    assert await draft.content() == before


async def test_an_edit_is_taken_back_once(draft: Draft) -> None:
    first = await draft.edit("Priya", setting("step", "TRT-1", "durationSeconds", 600, 1200))
    await draft.undo("Marco", first)
    with pytest.raises(Refused) as caught:
        await draft.undo("Priya", first)
    assert caught.value.code == "already_undone"
    with pytest.raises(NotFound):
        await draft.undo("Priya", 99)


async def test_a_removal_is_taken_back_though_what_came_after_it_is_gone(draft: Draft) -> None:
    first = await draft.edit("Priya", removing("step", "TRT-3", content=True))
    await draft.edit("Marco", removing("step", "TRT-4", content=True))
    await draft.undo("Priya", first)
    steps = (await draft.view())["macroPhases"][0]["chapters"][0]["steps"]
    assert [step["code"] for step in steps] == ["TRT-1", "TRT-2", "TRT-3"]


async def test_only_pilots_edit_and_only_drafts(draft: Draft, world: World) -> None:
    edit = setting("step", "TRT-1", "durationSeconds", 600, 1200)
    for who in ("Dana", "Lena", "Arno", "Vera"):
        with pytest.raises(Forbidden):
            await draft.edit(who, edit)
    approved = Draft(world, await insert_plan(world, plan_of(step("TRT-1"))))
    with pytest.raises(Refused) as caught:
        await approved.edit("Priya", edit)
    assert caught.value.code == "not_a_draft"


async def test_another_page_follows_by_the_edits_alone(draft: Draft, world: World) -> None:
    """Old screen + the edits since = a fresh look, whatever the edits were."""
    old = await draft.view("Marco")
    for edits in EVERY_EDIT[:36:3]:
        number = await draft.edit("Priya", *edits)
        await draft.undo("Marco", number)
    await draft.edit("Priya", moving("chapter", "A1", "B", "B1"), moving("step", "TRT-3", "B1", "NET-2"))
    await draft.edit(
        "Priya", setting("step", "TRT-2", "code", "TRT-2", "TRT-2b"), removing("step", "TRT-4", content=True)
    )
    await draft.edit("Priya", setting("type", "NET", "behaviour", "work", "checkpoint"))
    await draft.edit(
        "Priya", setting("chapter", "A1", "code", "A1", "Z1"), setting("macroPhase", "B", "code", "B", "Z")
    )
    async with world.database.read() as connection:
        page = await edits_view(connection, world.people["Marco"], draft.version, old["lastEdit"])
    screen = Screen(old)
    for edit in page["items"]:
        screen.apply(edit["items"])
    fresh = Screen(await draft.view("Marco"))
    assert screen.said() == fresh.said()
    assert {edit["mine"] for edit in page["items"]} == {True, False}


class Screen:
    """The page's own tree: all that is named is taken out, then what is there put in, outer things first."""

    def __init__(self, view: Json) -> None:
        self.items: dict[tuple[str, str], Json] = {}
        self.inside: dict[tuple[str, str | None], list[str]] = {("macroPhase", None): []}
        for level, listed in (("control", "controls"), ("type", "types")):
            self.items |= {(level, one["code"]): dict(one) for one in view[listed] if one.get("own", True)}
        for phase in view["macroPhases"]:
            self._take(("macroPhase", None), phase, "chapters")
            for chapter in phase["chapters"]:
                self._take(("chapter", phase["code"]), chapter, "steps")
                for one in chapter["steps"]:
                    self._take(("step", chapter["code"]), one, "")

    def _take(self, place: tuple[str, str | None], item: Json, listed: str) -> None:
        self.inside.setdefault(place, []).append(item["code"])
        self.items[place[0], item["code"]] = {key: value for key, value in item.items() if key != listed}

    def apply(self, touched: list[Json]) -> None:
        """Take in what one edit touched."""
        for one in touched:
            for (level, _), codes in self.inside.items():
                if level == one["level"] and one["code"] in codes:
                    codes.remove(one["code"])
            self.items.pop((one["level"], one["code"]), None)
        outer = ("macroPhase", "chapter", "step", "control", "type")
        for one in sorted(touched, key=lambda one: (outer.index(one["level"]), one["position"] or 0)):
            if one["item"]:
                self.items[one["level"], one["code"]] = one["item"]
                if one["position"] is not None:
                    self.inside.setdefault((one["level"], one["parent"]), []).insert(
                        one["position"], one["code"]
                    )

    def said(self) -> str:
        """The tree as text, from the top down: what hangs on nothing is not seen."""

        def told(level: str, code: str) -> Json:
            inner = {"macroPhase": "chapter", "chapter": "step"}.get(level)
            item = {key: value for key, value in self.items[level, code].items() if key != "steps"}
            return {
                **item,
                "inside": [told(inner, one) for one in self.inside.get((inner, code), [])] if inner else [],
            }

        top = [told("macroPhase", code) for code in self.inside["macroPhase", None]]
        other = [told(*key) for key in sorted(self.items) if key[0] in ("control", "type")]
        return json.dumps([top, other], indent=1, sort_keys=True)
