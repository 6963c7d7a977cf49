"""Edits without a database: their written form, what their values may be, what they are called."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tminus.kernel.errors import Invalid, NotFound, Refused
from tminus.runbook.domain.plan_edit import (
    INSIDE,
    Add,
    Edit,
    GoneWrite,
    Level,
    Link,
    Move,
    Names,
    NewWrite,
    Remove,
    Seen,
    SetField,
    Thing,
    Tie,
    Unlink,
)
from tminus.runbook.domain.plan_edit_decide import decide
from tminus.runbook.domain.plan_edit_fields import FIELDS, clean, same
from tminus.runbook.domain.plan_edit_json import edit_as_json, edit_from
from tminus.runbook.domain.plan_edit_network import Node, check_network
from tminus.runbook.domain.plan_edit_refusals import FieldChanged
from tminus.runbook.domain.plan_edit_tree import apart, together
from tminus.runbook.domain.plan_edit_words import title

NAMES = Names(
    teams={"DBA": "Databases", "APP": "Applications"},
    applications={"SAP": "SAP"},
    roles={"TARGET": "Target"},
    controls={"C1": "Counts", "C2": "Sums"},
    types={"NET": "work"},
)
codes = some.from_regex(r"[A-Z]{3}-[0-9]{1,3}", fullmatch=True)
levels = some.sampled_from(list(Level))
values = some.one_of(
    some.none(), some.booleans(), some.integers(0, 99), some.text(max_size=9), some.lists(codes)
)
ties = some.builds(Tie, codes, codes, some.sampled_from(["FS", "SS", "FF", "SF"]), some.integers(-99, 99))
adds = some.builds(
    Add,
    levels,
    some.fixed_dictionaries({"code": codes, "name": some.text()}),
    some.none() | codes,
    some.none() | codes,
    some.lists(ties, max_size=2).map(tuple),
    some.booleans(),
)
any_edit: some.SearchStrategy[Edit] = some.one_of(
    some.builds(SetField, levels, codes, some.text(max_size=9), values, values),
    adds,
    some.builds(Remove, levels, codes, some.booleans(), some.none() | adds),
    some.builds(
        Move, levels, codes, some.none() | codes, some.none() | codes, some.none() | codes, some.booleans()
    ),
    some.builds(Link, ties, some.none() | some.integers(-99, 99)),
    some.builds(Unlink, codes, codes, some.just("FS"), some.none() | some.integers(-99, 99)),
)


@given(any_edit)
def test_an_edit_reads_back_from_its_written_form(edit: Edit) -> None:
    assert edit_from(edit_as_json(edit)) == edit


def items(level: Level, numbers: some.DrawFn) -> dict[str, Any]:
    """A nested item with codes of its own."""
    code = f"X{numbers(some.integers(0, 10**9))}"
    item: dict[str, Any] = {"code": code, "title" if level is Level.TASK else "name": "A name"}
    if level is Level.STEP:
        item |= {"team": "DBA", "labels": ["b", "a"], "type": "NET", "notBefore": "T+2h"}
    if level is Level.TASK:
        item["controls"] = numbers(some.lists(some.sampled_from(["C1", "C2"])))
    if level in INSIDE:
        inner, listed = INSIDE[level]
        item[listed] = [items(inner, numbers) for _ in range(numbers(some.integers(0, 3)))]
    return item


@given(some.composite(lambda draw, level: items(level, draw))(some.just(Level.MACRO_PHASE)))
def test_a_tree_taken_apart_and_put_together_is_the_same(item: dict[str, Any]) -> None:
    try:
        flat = apart(Level.MACRO_PHASE, item, None, 0, NAMES)
    except Invalid as twice:
        assert "stands in it twice" in twice.sentence
        return
    things = {thing.key: thing for thing in flat.things}
    whole = together(flat.things[0].key, things, flat.ties)
    again = apart(Level.MACRO_PHASE, whole, None, 0, NAMES)
    assert again.things == flat.things
    assert sum(len(one) for one in inner_lists(item)) == len(flat.things) - 1


def inner_lists(item: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Every list of things in a tree."""
    found = [item[listed] for listed in ("chapters", "steps", "tasks") if listed in item]
    return found + [inner for one in found for each in one for inner in inner_lists(each)]


CLEANED = [
    ("name", "  One name  ", "One name"),
    ("instructions", "First.  \r\nThen.\n\n", "First.\nThen."),
    ("instructions", None, ""),
    ("team", "", None),
    ("durationSeconds", None, 0),
    ("labels", [" b", "a", "a", ""], ["a", "b"]),
    ("impactedTeams", ["DBA", "APP", "DBA"], ["APP", "DBA"]),
    ("scope", None, []),
    ("notBefore", "t+90m", "T+1h 30m"),
    ("fixedStart", "sunday 6:00", "Sun 06:00"),
    ("undoes", ["TRT-2", "TRT-1", " TRT-2"], ["TRT-1", "TRT-2"]),
    ("type", "GON", "GON"),
    ("type", "NET", "NET"),
]


@pytest.mark.parametrize(("field", "said", "written"), CLEANED)
def test_a_value_is_written_down_in_one_way(field: str, said: Any, written: Any) -> None:
    assert clean(Level.STEP, field, said, NAMES) == written
    assert clean(Level.STEP, field, written, NAMES) == written


BAD = [
    ("name", "", "The name must not be empty"),
    ("name", "two\nlines", "one line of text"),
    ("name", "x" * 301, "301 characters"),
    ("name", "bell\x07", "U+0007"),
    ("name", "turned \u202e round", "U+202E"),
    ("name", 7, "is a text"),
    ("code", "a b", "is not a code"),
    ("code", "x" * 61, "is not a code"),
    ("durationSeconds", True, "from none to 366 days"),
    ("durationSeconds", 366 * 86_400 + 1, "from none to 366 days"),
    ("team", "DBX", "“DBX” is not known here"),
    ("type", "XYZ", "not known here"),
    ("labels", ["x"] * 101, "the most is 100"),
    ("notBefore", "soon", "is a moment"),
    ("undoes", ["TRT 1"], "is not a code"),
    ("undoes", "TRT-1", "are a list"),
    ("autoActivate", 1, "true or false"),
]


@pytest.mark.parametrize(("field", "said", "sentence"), BAD)
def test_a_bad_value_is_refused_in_words_that_name_the_field(field: str, said: Any, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence.replace("+", r"\+")) as caught:
        clean(Level.STEP, field, said, NAMES)
    assert caught.value.params["field"] == field
    assert caught.value.sentence.endswith("Nothing was changed.")


def test_a_mistyped_team_is_asked_back() -> None:
    with pytest.raises(Invalid) as caught:
        clean(Level.STEP, "team", "DBS", NAMES)
    assert caught.value.hint == "Did you mean “DBA”?"


def test_lists_are_compared_as_sets_and_nothing_is_nothing() -> None:
    assert same(["a", "b"], ("b", "a"))
    assert same("", None)
    assert not same(0, None)
    assert not same(["a"], [])


TITLES = [
    ([SetField(Level.STEP, "TRT-1", "durationSeconds", 0, 2700)], "Set the duration of TRT-1 to 45m"),
    ([SetField(Level.STEP, "TRT-1", "team", "DBA", None)], "Set the team of TRT-1 to nothing"),
    (
        [SetField(Level.STEP, "TRT-1", "autoActivate", False, True)],
        "Set the automatic activation of TRT-1 to yes",
    ),
    ([SetField(Level.STEP, "TRT-1", "labels", [], ["a", "b"])], "Set the labels of TRT-1 to a, b"),
    ([SetField(Level.STEP, "TRT-1", "instructions", "", "Long")], "Rewrote the instructions of TRT-1"),
    ([SetField(Level.CHAPTER, "A1", "code", "A1", "A2")], "Renamed chapter A1 to A2"),
    (
        [SetField(Level.STEP, f"TRT-{n}", "team", None, "DBA") for n in range(12)],
        "Set the team of 12 steps to DBA",
    ),
    ([Add(Level.STEP, {"code": "TRT-9", "tasks": [{}, {}]}, "A1")], "Added step TRT-9 with 2 tasks to A1"),
    (
        [
            Remove(
                Level.CHAPTER, "A1", True, Add(Level.CHAPTER, {"code": "A1", "steps": [{"tasks": [{}]}]}, "A")
            )
        ],
        "Removed chapter A1 with 1 step and 1 task",
    ),
    ([Move(Level.STEP, "TRT-1", "A2", "TRT-5", "A1")], "Moved step TRT-1 into A2 before TRT-5"),
    ([Move(Level.STEP, "TRT-1", "A1", None, "A1")], "Moved step TRT-1 to the end"),
    ([Link(Tie("TRT-2", "TRT-1", "SS", 900))], "Let TRT-2 wait for TRT-1 (SS +15m)"),
    ([Link(Tie("TRT-2", "TRT-1"))], "Let TRT-2 wait for TRT-1"),
    ([Unlink("TRT-2", "TRT-1", "FF")], "Let TRT-2 wait no more for TRT-1 (FF)"),
    ([Link(Tie("B", "A")), Unlink("B", "C")], "Let B wait for A, and 1 more"),
]


@pytest.mark.parametrize(("edits", "words"), TITLES)
def test_an_edit_has_a_title(edits: list[Edit], words: str) -> None:
    assert title(edits) == words


def thing(level: Level, code: str, parent: str | None = None, position: int = 0, **more: Any) -> Thing:
    """A thing with every member at its default."""
    members = {member: found.default for member, found in FIELDS[level].items()}
    return Thing(level, code, members | {"code": code, "name": code} | more, parent, position)


SEEN = Seen(
    NAMES,
    {
        one.key: one
        for one in (
            thing(Level.CHAPTER, "A1", "A"),
            thing(Level.STEP, "TRT-1", "A1", 0, team="DBA"),
            thing(Level.STEP, "TRT-2", "A1", 1),
            thing(Level.TASK, "TRT-1-1", "TRT-1"),
        )
    },
    (Tie("TRT-2", "TRT-1", level=Level.STEP),),
    {(Level.STEP, "A1"): ["TRT-1", "TRT-2"]},
)


def test_a_decision_holds_what_takes_it_back() -> None:
    decision = decide(SetField(Level.STEP, "TRT-1", "team", "DBA", "APP"), SEEN)
    assert decision.inverse == SetField(Level.STEP, "TRT-1", "team", "APP", "DBA")
    assert decision.shown == ((Level.STEP, "TRT-1"),)


def test_a_removal_names_all_that_goes_and_brings_all_of_it_back() -> None:
    decision = decide(Remove(Level.STEP, "TRT-1", with_content=True), SEEN)
    assert isinstance(decision.write, GoneWrite)
    assert [one.code for one in decision.write.things] == ["TRT-1", "TRT-1-1"]
    assert isinstance(decision.inverse, Add)
    assert (decision.inverse.before, decision.inverse.ties) == ("TRT-2", SEEN.ties)
    assert [one["code"] for one in decision.inverse.item["tasks"]] == ["TRT-1-1"]
    assert decision.shown == ((Level.STEP, "TRT-1"), (Level.STEP, "TRT-2"))


def test_an_addition_takes_its_place() -> None:
    decision = decide(Add(Level.STEP, {"code": "TRT-3", "name": "New"}, "A1", "TRT-2"), SEEN)
    assert isinstance(decision.write, NewWrite)
    assert [(one.code, one.position) for one in decision.write.things] == [("TRT-3", 1)]


def test_what_was_changed_meanwhile_is_not_overwritten() -> None:
    with pytest.raises(FieldChanged) as caught:
        decide(SetField(Level.STEP, "TRT-1", "team", "APP", None), SEEN)
    assert (caught.value.was, caught.value.current) == ("APP", "DBA")


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(NotFound, match="There is no step TRT-9 in this draft"):
        decide(SetField(Level.STEP, "TRT-9", "team", None, "DBA"), SEEN)


def test_links_are_looked_at_across_levels() -> None:
    nodes = [
        Node(Level.MACRO_PHASE, "A", None, 0),
        Node(Level.CHAPTER, "A1", "A", 0),
        Node(Level.CHAPTER, "A2", "A", 0),
        Node(Level.STEP, "TRT-1", "A1", 60),
        Node(Level.STEP, "TRT-2", "A2", 60),
    ]
    check_network(nodes, [Tie("A2", "A1"), Tie("TRT-2", "TRT-1", "FF")])
    with pytest.raises(Refused) as caught:
        check_network(nodes, [Tie("A2", "A1"), Tie("TRT-1", "TRT-2")])
    assert caught.value.code == "cycle"
    with pytest.raises(Refused) as caught:
        check_network(nodes, [Tie("A", "TRT-2")])
    assert caught.value.code == "link_into_itself"
