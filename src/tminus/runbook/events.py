"""Past facts of the runbook, as the log states them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tminus.kernel.facts import Fact


def step_fact(
    type_: str,
    sentence: str,
    iteration_id: UUID,
    step: tuple[UUID, str],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    **more: Any,
) -> Fact:
    """State that one step (key, code) moved: the members that changed, before and after.

    `more` may hold `waiting` (other steps whose predecessors to wait for changed), `progress`, `tasks`.
    """
    detail = {"stepCode": step[1], "before": before, "after": after, **more}
    return Fact(type_, sentence, iteration_id, step[0], detail)


def iteration_fact(
    type_: str,
    sentence: str,
    iteration_id: UUID,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    **more: Any,
) -> Fact:
    """State that an iteration was made or moved; `reload` in `more` tells screens to fetch the board anew."""
    return Fact(type_, sentence, iteration_id, None, {"before": before, "after": after, **more})


def plan_fact(type_: str, sentence: str, **detail: Any) -> Fact:
    """State something about a plan or a version of one."""
    return Fact(type_, sentence, detail=detail)
