"""Random plans in their normal form, for properties that hold for every plan."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from tminus.runbook.domain.plan import (
    Behaviour,
    Chapter,
    Dependency,
    MacroPhase,
    MigrationRef,
    Plan,
    Step,
    StepType,
    Task,
    Team,
)

_letters = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff"
)
lines = st.text(_letters, min_size=1, max_size=20).map(str.strip).filter(bool)
line_or_none = st.none() | lines
_tricky = st.sampled_from(
    ["null", "~", "yes", "1.0", "- a", "a: b", "#x", "'q'", '"q"', "{", "&a", "*a", "!t", "2026-11-21"]
)
names = lines | _tricky
texts = (
    st.lists(st.text(_letters, max_size=30).map(str.rstrip), max_size=5)
    .map("\n".join)
    .map(lambda t: t.strip("\n"))
)
seconds = st.integers(0, 400_000)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    teams = draw(st.lists(st.sampled_from(["DBA", "NET", "APP", "NO", "0x1F"]), unique=True).map(sorted))
    shape = draw(st.lists(st.lists(st.integers(0, 3), max_size=3), max_size=3))
    earlier: list[str] = []
    phases: list[MacroPhase] = []
    for place, sizes in enumerate(shape):
        code = f"P{place}"
        chapters = tuple(
            Chapter(
                f"{code}.{number}",
                draw(names),
                draw(st.booleans()),
                tuple(draw(_step(f"S-{place}-{number}-{n}", earlier, teams)) for n in range(size)),
            )
            for number, size in enumerate(sizes)
        )
        phases.append(MacroPhase(code, draw(names), chapters))
    migration = st.none() | st.builds(MigrationRef, st.just("MIG"), names, st.just("Europe/Paris"), texts)
    return Plan(
        draw(names), draw(texts), draw(migration), tuple(draw(_team(code)) for code in teams), tuple(phases)
    )


@st.composite
def _team(draw: st.DrawFn, code: str) -> Team:
    return Team(code, draw(names), draw(st.sampled_from([None, "a@example.org"])), draw(line_or_none))


@st.composite
def _step(draw: st.DrawFn, code: str, earlier: list[str], teams: list[str]) -> Step:
    after = draw(st.lists(st.sampled_from(earlier), unique=True, max_size=3).map(sorted)) if earlier else []
    team = st.none() | st.sampled_from(teams) if teams else st.none()
    step = Step(
        code,
        draw(names),
        draw(st.sampled_from(StepType)),
        draw(team),
        draw(seconds),
        draw(texts),
        draw(st.booleans()),
        draw(st.booleans()),
        tuple(Dependency(each, lag_seconds=draw(st.integers(-9_000, 9_000))) for each in after),
    )
    earlier.append(code)
    if step.behaviour not in (Behaviour.WORK, Behaviour.CHECKPOINT):
        return step
    tasks = (
        Task(f"{code}-{n}", draw(names), draw(texts), draw(team), draw(st.booleans()))
        for n in range(draw(st.integers(0, 2)))
    )
    return replace(step, tasks=tuple(tasks))
