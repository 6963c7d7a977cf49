"""Missing steps: trouble that came back for the same reason in another night, so that something before was not done."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from tminus.runbook.domain.rehearsals.history import History, Night, Row
from tminus.runbook.domain.rehearsals.insight import Evidence, Insight, InsightKind, named

LEAST_NIGHTS = 2
"""Once is bad luck; twice, somebody should have seen to it before."""
ALIKE = 0.5
"""Two reasons are the same when they share half of their words: nobody writes the same sentence twice at 4 a.m."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_EMPTY = frozenset(("the", "and", "was", "for", "not", "had", "has", "with", "from", "that", "this", "again"))

Said = tuple[Night, str]


def missing_steps(history: History) -> Iterator[Insight]:
    """Hint at a step before each one that was blocked or failed for the same reason in at least two nights."""
    for row in history.rows:
        if row.estimate is None:
            continue
        said = [
            (night, reason)
            for night in history.lessons
            if night.id in row.cells
            for reason in row.cells[night.id].troubles
        ]
        for alike in _groups(said):
            nights = list({night.id: night for night, _ in alike}.values())
            if len(nights) >= LEAST_NIGHTS:
                yield _insight(row, nights, alike)


def words_of(reason: str) -> frozenset[str]:
    """Return the words of a reason that say something."""
    return frozenset(_WORD.findall(reason.casefold())) - _EMPTY


def alike(one: str, other: str) -> bool:
    """Tell whether two reasons say the same: the words they share against all their words (Jaccard)."""
    left, right = words_of(one), words_of(other)
    if not left or not right:
        return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()
    return len(left & right) >= ALIKE * len(left | right)


def _groups(said: list[Said]) -> list[list[Said]]:
    groups: list[list[Said]] = []
    for one in said:
        home = next((group for group in groups if alike(group[0][1], one[1])), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return groups


def _insight(row: Row, nights: list[Night], said: list[Said]) -> Insight:
    reasons: dict[str, list[str]] = defaultdict(list)
    for night, reason in said:
        if reason not in reasons[night.name]:
            reasons[night.name].append(reason)
    evidence = tuple(
        Evidence(night, row.cells[night.id], "had trouble: " + "; ".join(reasons[night.name]))
        for night in nights
    )
    return Insight(
        kind=InsightKind.STEP,
        code=row.code,
        name=row.name,
        sentence=f"A step before {row.code} seems to be missing. It was held up in {named(nights)}: {said[-1][1]}",
        caution="Read from the reasons people gave; what the step would be, you know better.",
        evidence=evidence,
        weight=len(said),
    )
