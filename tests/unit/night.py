"""A whole night in memory: random plans and presses of buttons, on the product's own pure rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from hypothesis import strategies as st

from tminus.kernel.actor import SYSTEM, Actor
from tminus.kernel.errors import TminusError
from tminus.runbook.domain.act import Outcome, act, conclude
from tminus.runbook.domain.asking import Ask
from tminus.runbook.domain.going_back import GOING_BACK
from tminus.runbook.domain.group import Group, Level
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.neighbourhood import Link, Neighbourhood
from tminus.runbook.domain.plan import Behaviour, LinkKind
from tminus.runbook.domain.progress import Progress, measure
from tminus.runbook.domain.state import Comms, IterationKind, IterationState, Relation, StepAction, StepState
from tminus.runbook.domain.step import Step

BEGIN = datetime(2026, 11, 21, 20, tzinfo=UTC)
ROOT = UUID(int=1)
PRIYA = Actor(UUID(int=2), "Priya")
PRESSABLE = [action for action in StepAction if action is not StepAction.DECIDE]


@dataclass(slots=True)
class Night:
    """Steps, groups and links of an iteration; `now` moves only forward."""

    steps: dict[UUID, Step]
    links: dict[UUID, tuple[Link, ...]]
    groups: dict[UUID, Group] = field(default_factory=dict)
    state: IterationState = IterationState.LIVE
    now: datetime = BEGIN
    progress: Progress = field(init=False)
    outcomes: list[Outcome] = field(default_factory=list)
    accepted: list[tuple[datetime, UUID, StepAction | Link]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.progress = measure(self.steps.values())
        self.keep(conclude(self.network(list(self.steps)), [], self.iteration(), self.now))

    def iteration(self) -> Iteration:
        nothing = (None, None, None, None, BEGIN, "Priya", None)
        return Iteration(
            ROOT,
            ROOT,
            "RUN1",
            IterationKind.RUN,
            self.state,
            Comms.OFF,
            BEGIN,
            BEGIN,
            *nothing,
            1,
            self.progress,
            "UTC",
        )

    def network(self, starts: list[UUID]) -> Neighbourhood:
        """What the database would load for a command on `starts`, and not a step more."""
        reach, todo = [], list(starts)
        while todo:
            key = todo.pop()
            if key in reach:
                continue
            reach.append(key)
            step = self.steps[key]
            by_itself = step.behaviour is Behaviour.MILESTONE or step.state is StepState.VERIFYING
            if key in starts or by_itself:
                todo += [one for one in self._after(key) if one in self.steps]
        across = self._across()
        involved = {link.predecessor for key in reach for link in self.links.get(key, ())} | set(reach)
        involved |= across.keys()
        order = [key for key in self.steps if key in reach]
        return Neighbourhood(
            {key: self.steps[key] for key in involved if key in self.steps},
            tuple(order),
            {key: into for key, into in self.links.items() if key in reach or key in self.groups},
            {},
            self.groups,
            across,
        )

    def _after(self, key: UUID) -> list[UUID]:
        return [one for one, into in self.links.items() if any(link.predecessor == key for link in into)]

    def _across(self) -> dict[UUID, frozenset[UUID]]:
        """Where links lead of which one end is a group."""
        nodes = {link.predecessor for into in self.links.values() for link in into}
        led = {
            key: frozenset(one for one in self._after(key) if key in self.groups or one in self.groups)
            for key in nodes
        }
        return {key: after for key, after in led.items() if after}

    def _reached(self, outcome: Outcome) -> Outcome:
        while beyond := outcome.beyond():
            before = outcome.before
            led_to = {key for node in beyond for key in before.towards[node]}
            members = [
                step.id for step in self.steps.values() if {step.chapter_id, step.macro_phase_id} & led_to
            ]
            wider = self.network([*before.reach, *(led_to & self.steps.keys()), *members])
            wider = replace(wider, expanded=before.expanded | beyond)
            outcome = conclude(wider, list(outcome.asked), self.iteration(), self.now, outcome.waived)
        return outcome

    def keep(self, first: Outcome) -> None:
        outcome = self._reached(first)
        self.steps.update(outcome.after.steps)
        self.groups = dict(outcome.after.groups)
        for target, link in outcome.waived:
            self.accepted.append((self.now, target, link))
            same = (link.predecessor, link.kind)
            own = self.links[target]
            self.links[target] = tuple(link if (one.predecessor, one.kind) == same else one for one in own)
        self.progress = outcome.progress(self.progress)
        self.outcomes.append(outcome)

    def press(self, key: UUID, action: StepAction) -> bool:
        """Press a button; False = it was refused, and nothing changed."""
        before = next((link.predecessor for link in self.links.get(key, ())), None)
        ask = Ask(action, PRIYA, Relation.PILOT, None, "because", predecessor=self._code(before))
        try:
            outcome = act(ask, key, self._seen(key, action), self.iteration(), self.now)
        except TminusError:
            return False
        if action is not StepAction.WAIVE:
            self.accepted.append((self.now, key, action))
        self.keep(outcome)
        return True

    def _seen(self, key: UUID, action: StepAction) -> Neighbourhood:
        """What the command loads: to go back, the whole network."""
        if action not in GOING_BACK:
            return self.network([key])
        whole = self.network(list(self.steps))
        return replace(whole, expanded=frozenset(whole.towards))

    def _code(self, key: UUID | None) -> str | None:
        return (self.steps[key] if key in self.steps else self.groups[key]).code if key else None

    def until(self, moment: datetime) -> None:
        """Let time pass, the ticker opening what is due at the very moment it is."""
        while due := self._due(moment):
            self.now = max(self.now, min(at for at, _ in due))
            self.tick()
        self.now = moment

    def _due(self, moment: datetime) -> list[tuple[datetime, UUID]]:
        nodes: Iterable[Step | Group] = (*self.steps.values(), *self.groups.values())
        return [(node.opens_at, node.id) for node in nodes if node.opens_at and node.opens_at <= moment]

    def tick(self) -> None:
        """Let the ticker open what is due."""
        due = self._due(self.now)
        if due:
            starts = [key for _, key in due if key in self.steps]
            self.keep(conclude(self.network(starts), [], self.iteration(), self.now))


@st.composite
def nights(draw: st.DrawFn, most: int = 9) -> Night:
    """Random acyclic networks: milestones, all kinds of links, lags both ways, chapters in macro-phases.

    Steps stand in the order of their chapters; a link leads from what ends before to what begins after in that
    order, whatever level its ends are of.
    """
    count = draw(st.integers(1, most))
    keys = [uuid5(ROOT, str(n)) for n in range(count)]
    chapters = sorted(draw(st.lists(st.integers(0, 3), min_size=count, max_size=count)))
    phase_of = sorted(draw(st.lists(st.integers(0, 1), min_size=4, max_size=4)))
    steps: dict[UUID, Step] = {}
    for n, key in enumerate(keys):
        steps[key] = _step(draw, n, key, chapters[n], phase_of[chapters[n]])
    places = {key: (n, n) for n, key in enumerate(keys)}
    for n in range(4):
        inside = [index for index, chapter in enumerate(chapters) if chapter == n]
        if inside:
            places[_chapter(n)] = (inside[0], inside[-1])
    for n in range(2):
        inside = [index for index, chapter in enumerate(chapters) if phase_of[chapter] == n]
        if inside:
            places[_phase(n)] = (inside[0], inside[-1])
    links: dict[UUID, tuple[Link, ...]] = {}
    lag = st.sampled_from([0, 0, 0, 300, -300])
    kind = st.sampled_from([LinkKind.FS, LinkKind.FS, LinkKind.SS, LinkKind.FF, LinkKind.SF])
    for key, (first, _) in places.items():
        before = [one for one, (_, last) in places.items() if last < first]
        few = st.lists(st.sampled_from(before), unique=True, max_size=3 if key in steps else 1)
        links[key] = tuple(Link(one, draw(kind), draw(lag)) for one in draw(few)) if before else ()
    named = {link.predecessor for into in links.values() for link in into} | {
        key for key, into in links.items() if into
    }
    groups = {key: _group(key, steps.values()) for key in places if key not in steps and key in named}
    return Night(steps, {key: into for key, into in links.items() if into}, groups)


def _chapter(n: int) -> UUID:
    return uuid5(ROOT, f"chapter {n}")


def _phase(n: int) -> UUID:
    return uuid5(ROOT, f"phase {n}")


def _group(key: UUID, steps: Iterable[Step]) -> Group:
    inside = [step for step in steps if key in (step.chapter_id, step.macro_phase_id)]
    asleep = all(step.dormant for step in inside)
    counted = sum(asleep or not step.dormant for step in inside)
    level = Level.CHAPTER if any(step.chapter_id == key for step in inside) else Level.MACRO_PHASE
    return Group(key, level, str(key)[:4], "Group", 900, counted, counted)


def _step(draw: st.DrawFn, n: int, key: UUID, chapter: int, phase: int) -> Step:
    milestone = draw(st.integers(0, 4)) == 0
    out_of_scope = draw(st.integers(0, 7)) == 0
    locked = draw(st.sampled_from([None, None, None, BEGIN + timedelta(seconds=450)]))
    return Step(
        id=key,
        code=f"TRT-{n}",
        name=f"Step {n}",
        behaviour=Behaviour.MILESTONE if milestone or out_of_scope else Behaviour.WORK,
        chapter_id=_chapter(chapter),
        macro_phase_id=_phase(phase),
        team_id=None,
        duration_seconds=0 if milestone or out_of_scope else draw(st.sampled_from([0, 60, 600])),
        auto_activate=draw(st.booleans()),
        dormant=draw(st.integers(0, 9)) == 0,
        in_scope=not out_of_scope,
        fixed_start=None if out_of_scope else locked,
        state=StepState.NOT_READY,
        attempt=1,
        version=1,
        planned_start=None,
        planned_end=None,
        tasks_total=0,
        tasks_done=0,
        tasks_open=0,
        tasks_required=0,
    )


Press = tuple[int, StepAction | None, int]
"""Which step, which button (None = the one that takes it on its way), how many seconds later."""

presses = st.lists(
    st.tuples(
        st.integers(0, 8), st.sampled_from([*[None] * 8, *PRESSABLE]), st.sampled_from([0, 0, 60, 301])
    ),
    min_size=8,
    max_size=40,
)
_ONWARDS = {
    StepState.READY: StepAction.START,
    StepState.ACTIVATED: StepAction.START,
    StepState.IN_PROGRESS: StepAction.COMPLETE,
    StepState.FAILED: StepAction.RETRY,
}


def play(night: Night, pressed: list[Press]) -> None:
    """Press the buttons one after another, the clock moving in between and the ticker running."""
    keys = list(night.steps)
    for index, action, seconds in pressed:
        night.until(night.now + timedelta(seconds=seconds))
        moving = [key for key in keys if night.steps[key].state in _ONWARDS]
        if action:
            night.press(keys[index % len(keys)], action)
        elif moving:
            key = moving[index % len(moving)]
            night.press(key, _ONWARDS[night.steps[key].state])


__all__ = ["BEGIN", "SYSTEM", "Night", "Press", "nights", "play", "presses"]
