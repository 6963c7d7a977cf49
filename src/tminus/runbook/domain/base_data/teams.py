"""Which team a person's row means: by its code, or by its name, whatever their case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tminus.runbook.domain.base_data.said import BaseKind, Known, Said
from tminus.runbook.domain.findings import Finding, did_you_mean


@dataclass(frozen=True, slots=True)
class TeamNames:
    """Words that name a team: without their case, with the codes that each means; and as they are written."""

    by_word: Mapping[str, frozenset[str]]
    words: frozenset[str]

    def codes(self, said: Said, words: Iterable[str]) -> tuple[tuple[str, ...], list[Finding]]:
        """Return the codes of the teams that are meant, each once, and what is wrong with the other words."""
        codes: list[str] = []
        wrong: list[Finding] = []
        for word in words:
            found = self.by_word.get(word.casefold(), frozenset())
            if len(found) == 1:
                codes.extend(found - set(codes))
            else:
                wrong.append(self._wrong(said, word, sorted(found)))
        return tuple(codes), wrong

    def _wrong(self, said: Said, word: str, found: Sequence[str]) -> Finding:
        if found:
            message = f"“{word[:60]}” is the name of several teams: {', '.join(found)}."
            return said.finding("unclear_team", message, "Write the code of the one that is meant.", "teams")
        hint = did_you_mean(word, self.words) or "Add a row for the team, in this file or before it."
        message = f"“{word[:60]}” is no team of this migration, nor of this file."
        return said.finding("unknown_team", message, hint, "teams")


def team_names(rows: Iterable[Said], there: Mapping[str, Known]) -> TeamNames:
    """Return the words for the teams that are there and for those that the rows add or rename."""
    names = {code: str(known.values["name"]) for code, known in there.items()}
    for said in rows:
        if said.kind is BaseKind.TEAM:
            names[said.key] = said.values.get("name") or names.get(said.key, said.key)
    found: dict[str, set[str]] = {}
    for code, name in names.items():
        found.setdefault(name.casefold(), set()).add(code)
    # A code means its team, whatever other teams are called.
    words = {word: frozenset(codes) for word, codes in found.items()}
    by_word = words | {code.casefold(): frozenset({code}) for code in names}
    return TeamNames(by_word, frozenset({*names, *names.values()}))
