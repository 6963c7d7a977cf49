"""What a file of base data would change, or why it changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tminus.runbook.domain.base_data.clean import cleaned
from tminus.runbook.domain.base_data.said import BaseChange, BaseKind, Decided, Here, Known, Said
from tminus.runbook.domain.base_data.teams import TeamNames, team_names
from tminus.runbook.domain.findings import Finding, Severity, has_errors
from tminus.runbook.domain.plan_diff import Change

_GROW = frozenset({"roles", "teams"})
"""What a file adds to and takes nothing from."""
Spelled = Mapping[tuple[BaseKind, str], str]
"""The codes that are there, by kind and without their case."""
_WITHOUT_NAME = frozenset(set(BaseKind) - {BaseKind.USER})
"""Kinds whose code is their name until they are given another."""


def decide(rows: Sequence[Said], here: Here, found: Iterable[Finding] = ()) -> Decided:
    """Return what rows would change in what is there; `found` = what was found on reading them.

    With an error nothing is changed at all, and no changes are returned.
    """
    clean = cleaned(rows)
    names = team_names(clean.rows, here.get(BaseKind.TEAM, {}))
    spelled = {(kind, code.casefold()): code for kind, there in here.items() for code in there}
    findings = [*found, *clean.findings]
    changes: list[BaseChange] = []
    unchanged = 0
    for said in sorted(clean.rows, key=lambda one: list(BaseKind).index(one.kind)):
        there = here.get(said.kind, {})
        wanted, wrong = _wanted(said, there, names, spelled)
        findings.extend(wrong)
        change = _change(said, there.get(said.key), wanted)
        if change:
            changes.append(change)
        else:
            unchanged += 1
    findings.sort(key=lambda one: (one.file, one.row or 0))
    if has_errors(findings):
        return Decided(tuple(findings))
    return Decided(tuple(findings), tuple(changes), unchanged)


def _wanted(
    said: Said, there: Mapping[str, Known], names: TeamNames, spelled: Spelled
) -> tuple[dict[str, Any], list[Finding]]:
    wanted, wrong = dict(said.values), list(_about(said, there, spelled))
    if "teams" in wanted:
        wanted["teams"], unknown = names.codes(said, wanted["teams"])
        wrong.extend(unknown)
    if said.key not in there and said.kind in _WITHOUT_NAME:
        wanted.setdefault("name", said.key)
    return wanted, wrong


def _about(said: Said, there: Mapping[str, Known], spelled: Spelled) -> Iterator[Finding]:
    known = there.get(said.key)
    if known is None:
        other = spelled.get((said.kind, said.key.casefold()))
        if other:
            message = f"This migration already has the {said.kind.words} {other}, written otherwise."
            yield said.finding("other_spelling", message, f"Write {other}.")
        elif said.kind is BaseKind.USER and "name" not in said.values:
            message = f"There is nobody with the address {said.key} yet, and the row has no name."
            yield said.finding("missing_name", message, "Give the person's name.", "name")
    elif not known.active:
        yield Finding(
            "shut_out",
            Severity.WARNING,
            f"{known.values['name']} ({said.key}) is shut out, and stays so.",
            "Let them in again on the page of people, if that is meant.",
            file=said.file,
            row=said.row,
        )


def _change(said: Said, known: Known | None, wanted: Mapping[str, Any]) -> BaseChange | None:
    if known is None:
        return BaseChange(said.kind, said.key, Change.ADDED, {}, wanted)
    after: dict[str, Any] = {}
    for field, value in wanted.items():
        has = known.values.get(field)
        more = (
            (*has, *(one for one in value if one not in has)) if field in _GROW and has is not None else value
        )
        if more != has:
            after[field] = more
    if not after:
        return None
    before = {field: known.values.get(field) for field in after}
    return BaseChange(said.kind, said.key, Change.CHANGED, before, after, known.id)
