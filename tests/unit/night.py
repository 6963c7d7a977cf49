"""A whole night in memory: random plans and presses of buttons, on the product's own pure rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from hypothesis import strategies as st

from tminus.kernel.actor import SYSTEM, Actor
from tminus.kernel.errors import TminusError
from tminus.runbook.domain.act import Outcome, act, conclude
from tminus.runbook.domain.asking import Ask
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.neighbourhood import Link, Neighbourhood
from tminus.runbook.domain.plan import Behaviour, LinkKind
from tminus.runbook.domain.progress import Progress, measure
from tminus.runbook.domain.state import Comms, IterationKind, IterationState, Relation, StepAction, StepState
from tminus.runbook.domain.step import Step

BEGIN = datetime(2026, 11, 21, 20, tzinfo=UTC)
ROOT = UUID(int=1)
PRESSABLE = [action for action in StepAction if action is not StepAction.DECIDE]


@dataclass(slots=True)
class Night:
    """Steps and links of an iteration; `now` moves only forward."""

    steps: dict[UUID, Step]
    links: dict[UUID, tuple[Link, ...]]
    state: IterationState = IterationState.LIVE
    now: datetime = BEGIN
    progress: Progress = field(init=False)
    outcomes: list[Outcome] = field(default_factory=list)

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
            if key in starts or self.steps[key].behaviour is Behaviour.MILESTONE:
                todo += [
                    one for one, into in self.links.items() if any(link.predecessor == key for link in into)
                ]
        involved = {link.predecessor for key in reach for link in self.links.get(key, ())} | set(reach)
        order = [key for key in self.steps if key in reach]
        return Neighbourhood(
            {key: self.steps[key] for key in involved},
            tuple(order),
            {key: self.links[key] for key in reach if key in self.links},
            {},
        )

    def keep(self, outcome: Outcome) -> None:
        self.steps.update(outcome.after.steps)
        self.progress = outcome.progress(self.progress)
        self.outcomes.append(outcome)

    def press(self, key: UUID, action: StepAction) -> bool:
        """Press a button; False = it was refused, and nothing changed."""
        ask = Ask(action, Actor(None, "Priya"), Relation.PILOT, None, "because")
        try:
            outcome = act(ask, key, self.network([key]), self.iteration(), self.now)
        except TminusError:
            return False
        self.keep(outcome)
        return True

    def tick(self) -> None:
        """Let the ticker open what is due."""
        due = [s.id for s in self.steps.values() if s.opens_at and s.opens_at <= self.now]
        if due:
            self.keep(conclude(self.network(due), [], self.iteration(), self.now))


@st.composite
def nights(draw: st.DrawFn, most: int = 9) -> Night:
    """Random acyclic networks with milestones, lags both ways, auto-activation and dormant steps."""
    count = draw(st.integers(1, most))
    keys = [uuid5(ROOT, str(n)) for n in range(count)]
    steps: dict[UUID, Step] = {}
    links: dict[UUID, tuple[Link, ...]] = {}
    for n, key in enumerate(keys):
        milestone = draw(st.integers(0, 4)) == 0
        before = draw(st.lists(st.sampled_from(keys[:n]), unique=True, max_size=3)) if n else []
        lag = st.sampled_from([0, 0, 0, 300, -300])
        links[key] = tuple(Link(one, LinkKind.FS, draw(lag)) for one in before)
        steps[key] = Step(
            id=key,
            code=f"TRT-{n}",
            name=f"Step {n}",
            behaviour=Behaviour.MILESTONE if milestone else Behaviour.WORK,
            chapter_id=ROOT,
            macro_phase_id=ROOT,
            team_id=None,
            duration_seconds=0 if milestone else draw(st.sampled_from([0, 60, 600])),
            auto_activate=draw(st.booleans()),
            dormant=draw(st.integers(0, 9)) == 0,
            in_scope=True,
            fixed_start=None,
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
    return Night(steps, links)


presses = st.lists(
    st.tuples(st.integers(0, 8), st.sampled_from(PRESSABLE), st.sampled_from([0, 0, 60, 301])), max_size=40
)


def play(night: Night, pressed: list[tuple[int, StepAction, int]]) -> None:
    """Press the buttons one after another, the clock moving in between and the ticker running."""
    keys = list(night.steps)
    for index, action, seconds in pressed:
        night.now += timedelta(seconds=seconds)
        night.tick()
        night.press(keys[index % len(keys)], action)


__all__ = ["SYSTEM", "Night", "nights", "play", "presses"]
