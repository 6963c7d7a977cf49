"""The rules of readiness again, written apart from the product and as simply as can be: everything, each time.

It knows no neighbourhood, no counters and no ticker: at every moment at which anything could change it looks at
every step and chapter from what has happened so far.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from tests.unit.night import BEGIN, Night
from tminus.runbook.domain.neighbourhood import Link
from tminus.runbook.domain.plan import Behaviour, LinkKind
from tminus.runbook.domain.state import StepAction
from tminus.runbook.domain.step import Step


@dataclass(slots=True)
class Told:
    """What is known of one step: the rest follows. `blocked` = what it goes back to; `started` = of this attempt."""

    at_work_since: datetime | None = None
    begun: datetime | None = None
    activated: datetime | None = None
    reported: datetime | None = None
    ended: datetime | None = None
    failed: bool = False
    ready_since: datetime | None = None
    started: datetime | None = None
    blocked: bool = False
    cancelled: bool = False

    @property
    def waits(self) -> bool:
        """Nobody has done anything about it in this attempt."""
        moved = self.at_work_since or self.activated or self.reported or self.ended
        return not (moved or self.failed or self.blocked or self.cancelled)


@dataclass(slots=True)
class Reference:
    """Replays what people did; `ready` = when each step turned ready, for those that are."""

    steps: dict[UUID, Step]
    links: dict[UUID, tuple[Link, ...]]
    groups: set[UUID]
    spans: dict[UUID, int]
    now: datetime = BEGIN
    told: dict[UUID, Told] = field(default_factory=dict)
    group_ended: dict[UUID, datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, night: Night) -> Reference:
        spans = {key: group.duration_seconds for key, group in night.groups.items()}
        reference = cls(dict(night.steps), dict(night.links), set(night.groups), spans)
        reference.told = {key: Told() for key in night.steps}
        reference.look()
        return reference

    def members(self, group: UUID) -> list[Step]:
        inside = [step for step in self.steps.values() if group in (step.chapter_id, step.macro_phase_id)]
        awake = [step for step in inside if not step.dormant]
        return awake or inside

    def begun(self, node: UUID) -> datetime | None:
        if node in self.told:
            return self.told[node].begun or self.ended(node)
        starts = [at for step in self.members(node) if step.in_scope and (at := self.told[step.id].begun)]
        return min(starts) if starts else self.ended(node)

    def ended(self, node: UUID) -> datetime | None:
        return self.told[node].ended if node in self.told else self.group_ended.get(node)

    def lets_go(self, link: Link) -> datetime | None:
        node, lag = link.predecessor, timedelta(seconds=link.lag_seconds)
        if link.waived_at:
            return link.waived_at
        if link.kind in (LinkKind.SS, LinkKind.SF):
            begun = self.begun(node)
            return begun + lag if begun else None
        ended = self.ended(node)
        if ended:
            return ended + lag
        if link.lag_seconds >= 0:
            return None
        if node in self.told:
            since, seconds = self.told[node].at_work_since, self.steps[node].duration_seconds
        else:
            starts = [at for step in self.members(node) if step.in_scope and (at := self.told[step.id].begun)]
            since, seconds = (min(starts) if starts else None), self.spans[node]
        return max(self.now, since + timedelta(seconds=seconds)) + lag if since else None

    def free(self, links: list[Link]) -> bool:
        moments = [self.lets_go(link) for link in links]
        return all(moment is not None and moment <= self.now for moment in moments)

    def into(self, node: UUID, *kinds: LinkKind) -> list[Link]:
        return [link for link in self.links.get(node, ()) if link.kind in kinds]

    def may_start(self, step: Step) -> bool:
        point = step.behaviour is Behaviour.MILESTONE
        own = list(self.links.get(step.id, ())) if point else self.into(step.id, LinkKind.FS, LinkKind.SS)
        for group in {step.chapter_id, step.macro_phase_id} & self.groups:
            own += self.into(group, LinkKind.FS, LinkKind.SS)
        return self.free(own) and (step.fixed_start is None or step.fixed_start <= self.now)

    def look(self) -> None:
        """Draw every conclusion that can be drawn now, until there is none."""
        while self._once():
            pass

    def _once(self) -> bool:
        for step in self.steps.values():
            told = self.told[step.id]
            waits = told.waits
            if step.dormant:
                continue
            if waits and self.may_start(step) != (told.ready_since is not None):
                told.ready_since = None if told.ready_since else self.now
                return True
            if told.ready_since and waits and step.behaviour is Behaviour.MILESTONE:
                told.begun, told.started, told.ended = told.begun or self.now, self.now, self.now
                return True
            if told.ready_since and waits and step.auto_activate:
                told.activated = self.now
                return True
            if told.reported and not told.ended and self.free(self.into(step.id, LinkKind.FF, LinkKind.SF)):
                told.ended = self.now
                return True
        for group in self.groups:
            whole = self._whole(group)
            holds = self.into(group, LinkKind.FF, LinkKind.SF)
            if whole and group not in self.group_ended and self.free(holds):
                self.group_ended[group] = self.now
                return True
            if not whole and group in self.group_ended:
                del self.group_ended[group]
                return True
        return False

    def until(self, moment: datetime) -> None:
        """Look at every moment at which something could change by time alone, in turn."""
        while times := [at for at in self._moments() if self.now < at <= moment]:
            self.now = min(times)
            self.look()
        self.now = moment

    def _moments(self) -> set[datetime]:
        links = [link for into in self.links.values() for link in into]
        opening = {at for link in links if (at := self.lets_go(link))}
        return opening | {step.fixed_start for step in self.steps.values() if step.fixed_start}

    def person(self, at: datetime, key: UUID, action: StepAction) -> None:
        """Take note of what somebody did; it was allowed."""
        self.until(at)
        told = self.told[key]
        if action in (StepAction.RETRY, StepAction.REOPEN):
            self.told[key] = Told(begun=told.begun, ready_since=at)
        elif action is StepAction.CANCEL:
            self.told[key] = Told(begun=told.begun, cancelled=True)
        elif action is StepAction.SKIP:
            self.told[key] = Told(begun=told.begun, ended=at)
        else:
            _note(told, at, action)
        if action in (StepAction.REOPEN, StepAction.UNDO):
            self._fall_back(key)
        self.look()

    def waive(self, at: datetime, key: UUID, waived: Link) -> None:
        """Take note that a link no longer counts."""
        self.until(at)
        same = (waived.predecessor, waived.kind)
        own = self.links[key]
        self.links[key] = tuple(waived if (one.predecessor, one.kind) == same else one for one in own)
        self.look()

    def _fall_back(self, key: UUID) -> None:
        """What would not have passed without this step has not: milestones it leads to, one after another."""
        after, moving = self._milestones_after(key), True
        while moving:
            moving = False
            for group in [one for one in self.group_ended if not self._whole(one)]:
                del self.group_ended[group]
            for step in after:
                told = self.told[step.id]
                if told.started and told.ended and not self.may_start(step):
                    self.told[step.id] = Told(begun=told.begun)
                    moving = True

    def _whole(self, group: UUID) -> bool:
        return all(self.told[step.id].ended for step in self.members(group))

    def _milestones_after(self, key: UUID) -> list[Step]:
        found: list[Step] = []
        todo = [self.steps[key]]
        while todo:
            source = todo.pop()
            places = {source.id, source.chapter_id, source.macro_phase_id}
            for step in self.steps.values():
                into = [
                    link
                    for at in (step.id, step.chapter_id, step.macro_phase_id)
                    for link in self.links.get(at, ())
                ]
                led = any(link.predecessor in places and not link.waived_at for link in into)
                if led and step.behaviour is Behaviour.MILESTONE and step not in found:
                    found.append(step)
                    todo.append(step)
        return found


def _note(told: Told, at: datetime, action: StepAction) -> None:
    match action:
        case StepAction.ACTIVATE:
            told.activated = at
        case StepAction.START | StepAction.OVERRIDE:
            told.at_work_since, told.started, told.begun = at, at, told.begun or at
        case StepAction.COMPLETE:
            told.started = told.started or told.activated
            told.begun = told.begun or told.started
            told.at_work_since, told.reported = None, at
        case StepAction.UNDO:
            told.reported, told.ended, told.at_work_since = None, None, told.started
        case StepAction.BLOCK:
            told.at_work_since, told.blocked = None, True
        case StepAction.UNBLOCK:
            told.at_work_since, told.blocked = told.started, False
        case StepAction.FAIL:
            told.at_work_since, told.reported, told.failed, told.blocked = None, None, True, False
