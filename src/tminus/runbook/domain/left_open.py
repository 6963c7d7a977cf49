"""What completing an iteration would leave open, in words: open steps stop it, all else is a warning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tminus.kernel.instants import wall_time
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.roll_call import CalledTeam, RollCall

_NAMED = 5
"""How many of a kind are named; the rest is counted."""
Finding = dict[str, Any]


def open_steps(codes: Sequence[str]) -> list[Finding]:
    """Name the steps that have to be ended first; none where there is none, as all of these."""
    told = f"open: {_some(codes)}. Complete, skip or cancel them first."
    return [_finding("open_steps", _count(len(codes), "step"), told, severity="error")] if codes else []


def open_impediments(titles: Sequence[str]) -> list[Finding]:
    """Name what stands in the way and is not resolved."""
    told = f"open: {_some(titles, '; ')}."
    return [_finding("open_impediments", _count(len(titles), "impediment"), told)] if titles else []


def open_decisions(questions: Sequence[str]) -> list[Finding]:
    """Name the questions that nobody has decided."""
    told = f"not decided: {_some([f'“{one}”' for one in questions])}."
    return [_finding("open_decisions", _count(len(questions), "decision"), told)] if questions else []


def open_roll_call(newest: RollCall | None, teams: Sequence[CalledTeam], where: Iteration) -> list[Finding]:
    """Say that a roll-call is open, since when, and how many teams are missing."""
    if newest is None or newest.closed_at is not None:
        return []
    missing = sum(team.here_at is None for team in teams)
    since = f"open since {wall_time(newest.opened_at, where.zone)}, by {newest.opened_by}"
    told = f"{since}: {missing} of {len(teams)} teams have not answered."
    return [_finding("open_roll_call", "A roll-call is", told)]


def undelivered(count: int) -> list[Finding]:
    """Say how many messages failed or were cut off, that nobody has seen to."""
    told = "not known to have arrived, and nobody has seen to it."
    return [_finding("undelivered_messages", _count(count, "message"), told)] if count else []


def _count(count: int, word: str) -> str:
    return f"{count} {word} is" if count == 1 else f"{count} {word}s are"


def _some(words: Sequence[str], between: str = ", ") -> str:
    more = len(words) - _NAMED
    return between.join(words[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _finding(code: str, head: str, told: str, *, severity: str = "warning") -> Finding:
    return {"severity": severity, "code": code, "stepCode": None, "sentence": f"{head} {told}"}
