"""A Markdown checklist to rows: what stands under what, and what is said of each step."""

from __future__ import annotations

import io
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tminus.runbook.domain.findings import Finding
from tminus.runbook.readers.markdown import file as markdown
from tminus.runbook.readers.markdown.bracket import NotRead
from tminus.runbook.readers.markdown.file import read_markdown
from tminus.runbook.readers.markdown.item import item_of
from tminus.runbook.readers.staged import SourceFile, Staged, StagedRow


def read(text: str) -> list[Staged]:
    data = dedent(text).encode()
    return list(read_markdown(SourceFile(0, "plan.md", io.BytesIO(data), len(data))))


def rows(text: str, kind: str = "step") -> list[StagedRow]:
    return [row for row in read(text) if isinstance(row, StagedRow) and row.kind == kind]


def found(text: str) -> list[tuple[str, int | None]]:
    return [(row.code, row.row) for row in read(text) if isinstance(row, Finding)]


def test_the_example_of_the_docs_reads_as_it_says() -> None:
    example = dedent((markdown.__doc__ or "").split("\n\n", 1)[1].split("\n\nWithout")[0])
    assert not found(example)
    assert [(row.kind, row.name, row.parent) for row in read(example) if isinstance(row, StagedRow)] == [
        ("plan", "Branch weekend", None),
        ("macroPhase", "Friday night", None),
        ("chapter", "Close the day", "Friday night"),
        ("step", "Stop the batch", "Close the day"),
        ("task", "Queue is empty", None),
        ("task", "Scheduler is stopped", None),
        ("step", "Back up the ledger", "Close the day"),
        ("step", "Open the portal", "Close the day"),
    ]
    stop, back_up, portal = rows(example)
    assert (stop.code, stop.duration_seconds, stop.team, stop.phase) == (
        "TRT-12",
        900,
        "BATCH",
        "Friday night",
    )
    assert stop.instructions == "Tell the desk first; the queue must be empty."
    assert (back_up.duration_seconds, [link.code for link in back_up.links]) == (5_400, ["TRT-12"])
    assert (portal.team, [link.code for link in portal.links]) == (
        "IT MGMT",
        ["Back up the ledger", "TRT-12"],
    )
    assert [(task.of, task.team) for task in rows(example, "task")] == [(stop.row, "DESK"), (stop.row, None)]
    assert rows(example, "plan")[0].description == "What the plan is for."


def test_without_third_level_headings_the_second_are_chapters_of_one_phase() -> None:
    text = "# Night\n## Close\n- [ ] A\n## Open\n- [ ] B\n"
    assert [row.name for row in rows(text, "macroPhase")] == ["Night"]
    assert [(row.name, row.parent) for row in rows(text, "chapter")] == [
        ("Close", "Night"),
        ("Open", "Night"),
    ]
    assert [(row.parent, row.phase) for row in rows(text)] == [("Close", "Night"), ("Open", "Night")]


def test_a_plan_without_a_name_has_one_phase_all_the_same() -> None:
    assert [row.name for row in rows("## Close\n- [ ] A\n", "macroPhase")] == ["Plan"]
    assert [(row.parent, row.phase, row.given) for row in rows("- [ ] A\n")] == [(None, None, ("name",))]


def test_a_step_straight_under_a_phase_stands_in_a_chapter_called_like_it() -> None:
    assert [(s.parent, s.phase) for s in rows("## A\n- [ ] One\n### B\n- [ ] Two\n")] == [
        ("A", "A"),
        ("B", "A"),
    ]


@pytest.mark.parametrize(
    ("line", "code", "name"),
    [
        ("- [ ] TRT-12 Stop", "TRT-12", "Stop"),
        ("* [ ] TRT-12b: Stop", "TRT-12b", "Stop"),
        ("+ [ ] **S1:** Stop", "S1", "Stop"),
        ("1. [ ] 1.2: Stop", "1.2", "Stop"),
        ("2) [ ] **TRT-12** Stop", "TRT-12", "Stop"),
        ("- [ ] Note: stop", None, "Note: stop"),
        ("- [ ] TRT-12", None, "TRT-12"),
        ("- [ ] Stop **now** [wiki](http://x/y)", None, "Stop **now** [wiki](http://x/y)"),
        ("- [] Stop", None, "Stop"),
    ],
)
def test_a_leading_code_is_taken_and_nothing_else(line: str, code: str | None, name: str) -> None:
    item = item_of(line)
    assert item
    assert (item.code, item.name) == (code, name)


@pytest.mark.parametrize("line", ["- [link](#) Stop", "- Stop", "[ ] Stop", "- [y] Stop", "-[ ] Stop", ""])
def test_a_line_without_a_tick_box_is_no_step(line: str) -> None:
    assert item_of(line) is None


@pytest.mark.parametrize(
    ("text", "name", "seconds", "wrong"),
    [
        ("Stop (15m)", "Stop", 900, None),
        ("Stop (1h 30m) now", "Stop now", 5_400, None),
        ("Stop (three nodes) (1.5h)", "Stop (three nodes)", 5_400, None),
        ("Stop (3 nodes)", "Stop (3 nodes)", None, None),
        ("Stop (0m)", "Stop", 0, None),
        ("Stop (1h30)", "Stop", 5_400, None),
        ("Stop (1:30 h)", "Stop", 5_400, None),
        ("Stop (1,5 h)", "Stop", 5_400, None),
        ("Stop (90 min.)", "Stop", 5_400, None),
        ("Stop (1h75)", "Stop (1h75)", None, NotRead("1h75", meant=True)),
        ("Stop (1h, 30m)", "Stop (1h, 30m)", None, NotRead("1h, 30m", meant=True)),
        ("Stop (-5m)", "Stop (-5m)", None, NotRead("-5m", meant=True)),
        ("Stop (400d)", "Stop (400d)", None, NotRead("400d", meant=True)),
        (
            "Stop (1 Std. 30 Minuten)",
            "Stop (1 Std. 30 Minuten)",
            None,
            NotRead("1 Std. 30 Minuten", meant=True),
        ),
        ("Stop (3 days before)", "Stop (3 days before)", None, NotRead("3 days before", meant=False)),
        ("Stop (~15m)", "Stop (~15m)", None, NotRead("~15m", meant=False)),
        ("Stop (10-15 min)", "Stop (10-15 min)", None, NotRead("10-15 min", meant=False)),
        ("Stop (22:30)", "Stop (22:30)", None, NotRead("22:30", meant=False)),
        ("Stop (~15m) (5m)", "Stop (~15m)", 300, None),
        ("Stop (~15m) after: A (5m)", "Stop (~15m)", 300, None),
    ],
)
def test_a_bracket_with_a_duration_is_the_duration(
    text: str, name: str, seconds: int | None, wrong: NotRead | None
) -> None:
    item = item_of(f"- [ ] {text}")
    assert item
    assert (item.name, item.duration_seconds, item.wrong) == (name, seconds, wrong)


def test_after_takes_codes_titles_and_quoted_titles_and_ends_the_title() -> None:
    (step,) = rows('- [ ] Open AFTER: TRT-1; Stop (the batch), "Wait, then go" (5m) @IT_MGMT @"B C"\n')
    assert [link.code for link in step.links] == ["TRT-1", "Stop (the batch)", "Wait, then go"]
    assert (step.name, step.duration_seconds, step.team, step.impacted_teams) == (
        "Open",
        300,
        "IT_MGMT",
        ("B C",),
    )
    assert "impacted_teams" in step.given


@pytest.mark.parametrize(
    ("text", "name", "undoes", "after"),
    [
        ("Open again (5m) @LEG undoes: TRT-1", "Open again", ("TRT-1",), []),
        (
            "Open again undoes: TRT-1, TRT-2; TRT-1 (5m) after: TRT-9",
            "Open again",
            ("TRT-1", "TRT-2"),
            ["TRT-9"],
        ),
        ("Open again after: TRT-9 undoes: TRT-1", "Open again", ("TRT-1",), ["TRT-9"]),
        ("See what it undoes: nothing", "See what it undoes: nothing", None, []),
    ],
)
def test_undoes_takes_codes(text: str, name: str, undoes: tuple[str, ...] | None, after: list[str]) -> None:
    (step,) = rows(f"- [ ] {text}\n")
    assert (step.name, step.undoes, [link.code for link in step.links]) == (name, undoes, after)
    assert ("undoes" in step.given) == bool(undoes)


def test_an_empty_after_says_that_it_waits_for_nothing() -> None:
    assert ["after" in step.given for step in rows("- [ ] A after:\n- [ ] B\n")] == [True, False]


def test_a_mail_address_is_no_team() -> None:
    (step,) = rows("- [ ] Write to a@example.org\n")
    assert (step.name, step.team) == ("Write to a@example.org", None)


def test_text_belongs_to_what_it_stands_under_and_fences_are_text() -> None:
    text = """\
        - [ ] Stop
          First line

          ```
          - [ ] no step
          # no heading
          ```
          - [ ] Task
            how
          last
        """
    (step,), (task,) = rows(text), rows(text, "task")
    assert step.instructions == "First line\n\n```\n- [ ] no step\n# no heading\n```\nlast"
    assert task.instructions == "how"


def test_windows_line_ends_and_tabs_make_no_difference() -> None:
    text = "# N\n## P\n### C\n- [ ] A (5m)\n\t- [ ] T\n\ttext\n1.\t[ ] B\n"
    data = text.replace("\n", "\r\n").encode()
    windows = list(read_markdown(SourceFile(0, "plan.md", io.BytesIO(data), len(data))))
    assert windows == read(text)
    assert [row.name for row in windows if isinstance(row, StagedRow)] == ["N", "P", "C", "A", "T", "B"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Night\n", [("no_steps", None)]),
        ("- [ ] A\n- [x] B\n", [("ticked_already", 2)]),
        ("- [ ] A\n\n- B\n", [("not_a_step", 3)]),
        ("- [ ] A\n  - B\n", []),
        ("## A\n### B\n##### C\n- [ ] D\n", [("too_deep", 3)]),
        ("- [ ] A (1h75)\n", [("bad_duration", 1)]),
        ("- [ ] A after: B (1h75)\n", [("bad_duration", 1)]),
        ("- [ ] A (22:30)\n", [("unread_duration", 1)]),
        ("- [ ] A\n  - [ ] T (1h75)\n", []),
        ("- [ ] (5m)\n", [("missing_value", 1)]),
        ("- [ ] A\n  - [ ] T (5m)\n", [("not_of_a_task", 2)]),
    ],
)
def test_what_is_odd_is_told_with_its_line(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("duration", ["1h30", "1h75", "~15m", "22:30", "soon", "1:30 h"])
def test_a_step_is_there_whatever_its_duration_says(duration: str) -> None:
    steps = rows(f"- [ ] A (5m)\n- [ ] B ({duration}) @DBA after: A\n- [ ] C\n")
    assert [(step.row, step.name.partition(" (")[0] if step.name else None) for step in steps] == [
        (1, "A"),
        (2, "B"),
        (3, "C"),
    ]
    assert (steps[1].team, [link.code for link in steps[1].links]) == ("DBA", ["A"])


def test_no_step_is_lost_to_a_fourth_level() -> None:
    (step,) = rows("## A\n### B\n#### C ####\n- [ ] D\n")
    assert (step.parent, step.phase) == ("B / C", "A")


lines = st.lists(st.text(st.sampled_from("#-*+ []x()@:,\"'`~1.\tamfter5hT>|"), max_size=40), max_size=12)


@given(lines)
def test_nothing_that_is_written_raises(written: list[str]) -> None:
    staged = read("\n".join(["- [ ] A", *written]))
    steps = [row for row in staged if isinstance(row, StagedRow) and row.kind in ("step", "task")]
    boxes = sum(item_of(line.rstrip().expandtabs(4)) is not None for line in written)
    assert 1 <= len(steps) <= 1 + boxes
