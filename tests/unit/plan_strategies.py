"""Random plans in their normal form, for properties that hold for every plan."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from tminus.runbook.domain.moment import parse_moment
from tminus.runbook.domain.plan import (
    STANDARD_TYPES,
    Application,
    Behaviour,
    Chapter,
    Control,
    Dependency,
    Environment,
    EnvironmentRole,
    LinkKind,
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


codes_of = {
    "teams": ["DBA", "NET", "APP", "NO", "0x1F"],
    "applications": ["SAP", "CRM"],
    "environments": ["PROD", "REH-2"],
    "environment_roles": ["SOURCE", "TARGET"],
    "types": ["CUT", "LOAD"],
    "controls": ["C1042", "C7"],
}
moments = st.none() | st.sampled_from(["T+0m", "T+14h 30m", "Sun 06:00", "Mon 23:59"]).map(parse_moment)
scopes = st.lists(st.sampled_from(["run", "cutover", "DR1", "Dress 2"]), unique=True).map(sorted).map(tuple)


def some(codes: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Any of the codes, in their order."""
    if not codes:
        return st.just(())
    return st.lists(st.sampled_from(codes), unique=True).map(sorted).map(tuple)


def one_of(codes: list[str]) -> st.SearchStrategy[str | None]:
    """One of the codes, or none."""
    return st.none() | st.sampled_from(codes) if codes else st.none()


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    there = {
        name: draw(st.lists(st.sampled_from(codes), unique=True).map(sorted))
        for name, codes in codes_of.items()
    }
    types = tuple(StepType(code, draw(names), draw(st.sampled_from(Behaviour))) for code in there["types"])
    shape = draw(st.lists(st.lists(st.integers(0, 3), max_size=3), max_size=3))
    earlier: list[str] = []
    phases: list[MacroPhase] = []
    for place, sizes in enumerate(shape):
        code = f"P{place}"
        before = list(earlier)
        chapters = tuple(
            draw(_chapter(f"{code}.{number}", f"S-{place}-{number}", size, earlier, there, types))
            for number, size in enumerate(sizes)
        )
        phases.append(MacroPhase(code, draw(names), chapters, draw(_after(before))))
        earlier.append(code)
    migration = st.none() | st.builds(MigrationRef, st.just("MIG"), names, st.just("Europe/Paris"), texts)
    return Plan(
        draw(names),
        draw(texts),
        draw(migration),
        tuple(draw(_team(code)) for code in there["teams"]),
        tuple(phases),
        types,
        tuple(draw(_control(code, there["teams"])) for code in there["controls"]),
        tuple(Application(code, draw(names)) for code in there["applications"]),
        tuple(Environment(code, draw(names)) for code in there["environments"]),
        tuple(EnvironmentRole(code, draw(names)) for code in there["environment_roles"]),
    )


@st.composite
def _team(draw: st.DrawFn, code: str) -> Team:
    return Team(code, draw(names), draw(st.sampled_from([None, "a@example.org"])), draw(line_or_none))


@st.composite
def _control(draw: st.DrawFn, code: str, teams: list[str]) -> Control:
    return Control(
        code, draw(names), draw(texts), draw(one_of(teams)), draw(one_of(teams)), draw(st.booleans())
    )


@st.composite
def _after(draw: st.DrawFn, earlier: list[str]) -> tuple[Dependency, ...]:
    if not earlier:
        return ()
    pair = st.tuples(st.sampled_from(earlier), st.sampled_from(LinkKind))
    chosen = sorted(draw(st.lists(pair, unique=True, max_size=3)))
    return tuple(Dependency(code, kind, draw(st.integers(-9_000, 9_000))) for code, kind in chosen)


@st.composite
def _chapter(
    draw: st.DrawFn,
    code: str,
    stem: str,
    size: int,
    earlier: list[str],
    there: dict[str, list[str]],
    types: tuple[StepType, ...],
) -> Chapter:
    before = list(earlier)
    steps = tuple(draw(_step(f"{stem}-{n}", earlier, there, types)) for n in range(size))
    chapter = Chapter(code, draw(names), draw(st.booleans()), steps, draw(_after(before)))
    earlier.append(code)
    return chapter


@st.composite
def _step(
    draw: st.DrawFn,
    code: str,
    earlier: list[str],
    there: dict[str, list[str]],
    types: tuple[StepType, ...],
) -> Step:
    step = Step(
        code,
        draw(names),
        draw(st.sampled_from([*STANDARD_TYPES.values(), *types])),
        draw(one_of(there["teams"])),
        draw(seconds),
        draw(texts),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(_after([one for one in earlier if one.startswith("S-")])),
        impacted_teams=draw(some(there["teams"])),
        labels=draw(st.lists(names, unique=True, max_size=2).map(sorted).map(tuple)),
        applications=draw(some(there["applications"])),
        environment=draw(one_of(there["environment_roles"])),
        scope=draw(scopes),
        not_before=draw(moments),
        fixed_start=draw(moments),
        undoes=draw(some([one for one in earlier if one.startswith("S-")][:3])),
    )
    earlier.append(code)
    if step.behaviour not in (Behaviour.WORK, Behaviour.CHECKPOINT):
        return step
    tasks = (
        Task(
            f"{code}-{n}",
            draw(names),
            draw(texts),
            draw(one_of(there["teams"])),
            draw(st.booleans()),
            draw(line_or_none),
            draw(some(there["controls"])),
        )
        for n in range(draw(st.integers(0, 2)))
    )
    return replace(step, tasks=tuple(tasks))
