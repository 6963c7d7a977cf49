"""From what a row of base data says to values that may be written, or to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from tminus.kernel.errors import Invalid
from tminus.people.domain.names import clean_code, clean_email, clean_name, clean_phone
from tminus.people.domain.person import Role
from tminus.runbook.domain.base_data.said import BaseKind, Said
from tminus.runbook.domain.findings import Finding, did_you_mean

_LONGEST_NAME = {BaseKind.USER: 100, BaseKind.TEAM: 200}
_LONGEST_OTHER = 300
"""Characters of a name, as each kind's own command takes it."""
_ROLES = {role.value.replace("_", " "): role for role in Role}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Rows that may be compared, and what is wrong with the others."""

    rows: tuple[Said, ...]
    findings: tuple[Finding, ...]


def cleaned(rows: Iterable[Said]) -> Cleaned:
    """Return each row with its values as they would be written; of two rows with one code the second is an error."""
    kept: dict[tuple[BaseKind, str], Said] = {}
    findings: list[Finding] = []
    for said in rows:
        clean, wrong = _row(said)
        findings.extend(wrong)
        first = kept.setdefault((clean.kind, clean.key.casefold()), clean)
        if first is not clean:
            findings.append(_twice(clean, first))
    return Cleaned(tuple(kept.values()), tuple(findings))


def _row(said: Said) -> tuple[Said, list[Finding]]:
    wrong: list[Finding] = []
    values: dict[str, Any] = {}
    key = said.key
    try:
        key = clean_email(key) if said.kind is BaseKind.USER else clean_code(key, said.kind.words)
    except Invalid as error:
        wrong.append(_invalid(said, "key", error))
    for field, value in said.values.items():
        if field == "name" and value is None:
            continue  # a name is never cleared
        try:
            values[field] = _VALUES[field](said, value)
        except Invalid as error:
            wrong.append(_invalid(said, field, error))
    if said.kind is BaseKind.USER:
        values, found = _roles(said, values)
        wrong.extend(found)
    return replace(said, key=key, values=values), wrong


def _name(said: Said, value: str) -> str:
    return clean_name(value, said.kind.words, _LONGEST_NAME.get(said.kind, _LONGEST_OTHER))


_VALUES: dict[str, Callable[[Said, Any], Any]] = {
    "name": _name,
    "email": lambda _, value: clean_email(value) if value else None,
    "phone": lambda _, value: clean_phone(value),
    "roles": lambda _, value: value or (),
    "teams": lambda _, value: value or (),
}


def _roles(said: Said, values: dict[str, Any]) -> tuple[dict[str, Any], Iterator[Finding]]:
    words = {word: _ROLES.get(word.replace("_", " ").casefold()) for word in values.get("roles", ())}
    known = [role.value for role in words.values() if role]
    unknown = (_no_role(said, word) for word, role in words.items() if role is None)
    return ({**values, "roles": tuple(known)} if "roles" in values else values), unknown


def _no_role(said: Said, word: str) -> Finding:
    if word.casefold() == "admin":
        hint = "Whoever is an admin is so everywhere; another admin makes them one on the page of people."
    else:
        hint = did_you_mean(word, _ROLES) or f"The roles: {', '.join(_ROLES)}."
    return said.finding("unknown_role", f"“{word[:60]}” is no role in a migration.", hint, "roles")


def _invalid(said: Said, field: str, error: Invalid) -> Finding:
    missing = field == "key" and not said.key.strip()
    code = "missing_code" if missing else f"bad_{'code' if field == 'key' else field}"
    if missing:
        what = "mail address, by which a person is known" if said.kind is BaseKind.USER else "code"
        return said.finding(code, f"This {said.kind.words} has no {what}.", "Fill it in, or delete the row.")
    return said.finding(code, error.sentence.removesuffix(" Nothing was changed."), error.hint, field)


def _twice(said: Said, first: Said) -> Finding:
    where = f"row {first.row}" if first.file == said.file else f"row {first.row} of {first.file}"
    return said.finding(
        "duplicate_code",
        f"The {said.kind.words} {said.key} is in {where} already.",
        "Keep one of the two rows.",
    )
