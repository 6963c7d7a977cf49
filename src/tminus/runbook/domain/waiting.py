"""What holds a step, and why in words: which predecessor, by which link, who has it, since when, what time opens it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tminus.kernel.durations import format_duration
from tminus.kernel.instants import wall_time
from tminus.runbook.domain.group import Group, Level
from tminus.runbook.domain.neighbourhood import (
    END_KINDS,
    Link,
    Neighbourhood,
    Node,
    closing_time,
    holds,
    opening_time,
)
from tminus.runbook.domain.plan import LinkKind
from tminus.runbook.domain.state import StepState
from tminus.runbook.domain.step import Step


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that holds a step: a node by a link, or a guard, which has a sentence and no link."""

    code: str | None
    level: str
    kind: LinkKind | None = None
    lag_seconds: int = 0
    sentence: str | None = None

    def shown(self) -> dict[str, Any]:
        """Return it as the API prints it."""
        return {
            "code": self.code,
            "level": self.level,
            "kind": self.kind.value if self.kind else None,
            "lagSeconds": self.lag_seconds,
            "sentence": self.sentence,
        }


def held(network: Neighbourhood, step: Step, now: datetime) -> tuple[Held, ...]:
    """Return all that holds a step but time: links in their order, then closed guards."""
    by_links = (_held(network.node(link.predecessor), link) for link in holds(network, step, now))
    return (*by_links, *_guards(network, step))


def after(network: Neighbourhood, key: UUID) -> list[dict[str, Any]]:
    """Return the links into a step, chapter or macro-phase as the API prints them, with their codes."""
    return [
        {
            "code": network.node(link.predecessor).code,
            "kind": link.kind.value,
            "lagSeconds": link.lag_seconds,
            "waived": link.waived_at is not None,
        }
        for link in network.links.get(key, ())
    ]


def _held(node: Node, link: Link) -> Held:
    return Held(node.code, _level(node).value, link.kind, link.lag_seconds)


def _guards(network: Neighbourhood, step: Step) -> list[Held]:
    if step.dormant or step.state is not StepState.NOT_READY:
        return []
    closed = (guard for guard in network.guards.get(step.id, ()) if not guard.open)
    return [Held(None, "guard", sentence=guard.reason) for guard in closed]


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why a step waits, in words; `node` = whom for, `since` = since when it stands as it does, if known."""

    held: Held
    sentence: str
    node: Node | None = None
    since: datetime | None = None
    opens_at: datetime | None = None


def blocked_by(
    network: Neighbourhood, step: Step, zone: str, now: datetime, teams: Mapping[UUID, str] | None = None
) -> list[Blocked]:
    """Return everything that holds a step, in words; `teams` = their names, to say who has a predecessor."""
    reasons = [_by_link(network, step, link, zone, teams or {}) for link in holds(network, step, now)]
    reasons += [Blocked(guard, guard.sentence or "a guard is closed") for guard in _guards(network, step)]
    ends = step.state is StepState.VERIFYING
    moment = closing_time(network, step, now) if ends else opening_time(network, step, now)
    locked = step.fixed_start
    if locked and locked > now and not ends:
        word = Held(None, "time", sentence=f"it is locked until {wall_time(locked, zone)}, its fixed start")
        reasons.append(Blocked(word, word.sentence or "", opens_at=locked))
    elif moment is not None and moment > now:
        opens = f"a lag {'lets it end' if ends else 'opens it'} at {wall_time(moment, zone)}"
        reasons.append(Blocked(Held(None, "time", sentence=opens), opens, opens_at=moment))
    return reasons


def _by_link(network: Neighbourhood, step: Step, link: Link, zone: str, teams: Mapping[UUID, str]) -> Blocked:
    node = network.node(link.predecessor)
    since = _since(node)
    lag = f", then {format_duration(link.lag_seconds)} pass" if link.lag_seconds > 0 else ""
    whom = f"{_spoken(node)} “{node.name}”{_to_what(link, node)}"
    sentence = f"{_who_waits(network, step, link)} for {whom}, {_standing(node, since, zone, teams)}{lag}"
    return Blocked(_held(node, link), sentence, node, since)


def _who_waits(network: Neighbourhood, step: Step, link: Link) -> str:
    if link in network.links.get(step.id, ()):
        return "its end waits" if link.kind in END_KINDS and step.state is StepState.VERIFYING else "it waits"
    for group in network.containers(step):
        if link in network.links.get(group.id, ()):
            return f"its {_level(group).value.replace('_', '-')} {group.code} waits"
    raise AssertionError("a link into a step is its own or its container's")


def _to_what(link: Link, node: Node) -> str:
    if link.kind in (LinkKind.SS, LinkKind.SF):
        return " to begin"
    return " to be done" if isinstance(node, Group) else ""


def _spoken(node: Node) -> str:
    return node.code if isinstance(node, Step) else f"{node.level.value.replace('_', '-')} {node.code}"


def _level(node: Node) -> Level:
    return Level.STEP if isinstance(node, Step) else node.level


_STANDING = {
    StepState.NOT_READY: "is itself waiting",
    StepState.READY: "is ready but not begun",
    StepState.ACTIVATED: "is activated but not started",
    StepState.IN_PROGRESS: "is in progress",
    StepState.VERIFYING: "is reported done, but not verified",
    StepState.BLOCKED: "is blocked",
    StepState.FAILED: "failed",
    StepState.CANCELLED: "was cancelled",
    StepState.COMPLETE: "is complete",
    StepState.SKIPPED: "was skipped",
}


_EVENTS = frozenset({StepState.FAILED, StepState.CANCELLED, StepState.SKIPPED})
"""States that are told as what happened, at a time; all others last since then."""


def _standing(node: Node, since: datetime | None, zone: str, teams: Mapping[UUID, str]) -> str:
    if isinstance(node, Group):
        if not node.open_count:
            return "whose own end is still held"
        return f"of which {node.open_count} of {node.total_count} steps are not done"
    word = "at" if node.state in _EVENTS else "since"
    known = f" {word} {wall_time(since, zone)}" if since else ""
    team = teams.get(node.team_id) if node.team_id else None
    return f"which {_STANDING[node.state]}{known}" + (f" ({team})" if team else "")


def _since(node: Node) -> datetime | None:
    if isinstance(node, Group):
        return node.begun_at
    match node.state:
        case StepState.READY:
            return node.ready_at
        case StepState.ACTIVATED:
            return node.activated_at
        case StepState.IN_PROGRESS:
            return node.started_at
        case StepState.VERIFYING:
            return node.work_ended_at
        case StepState.NOT_READY:
            return None
        case _:
            return node.last_at
