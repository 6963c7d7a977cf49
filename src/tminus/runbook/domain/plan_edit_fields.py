"""The members of a plan's things that can be edited: what each may hold, and how it is written down."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tminus.kernel.errors import Invalid
from tminus.kernel.plain_text import UNPRINTABLE
from tminus.runbook.domain.findings import did_you_mean
from tminus.runbook.domain.moment import parse_moment
from tminus.runbook.domain.plan import STANDARD_TYPES, TRT, Behaviour
from tminus.runbook.domain.plan_edit import Level, Names

LONGEST_DURATION = 366 * 86_400
"""Seconds; also the longest lag, either way."""
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_MOST_WORDS = 100
UNDOES = "undoes"
"""The steps that a step takes back: the one member that names other things of the same level."""


class Kind(StrEnum):
    """What a member may hold."""

    CODE = "code"
    LINE = "line"
    TEXT = "text"
    FLAG = "flag"
    SECONDS = "seconds"
    MOMENT = "moment"
    BEHAVIOUR = "behaviour"
    ONE = "one"
    MANY = "many"
    WORDS = "words"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Field:
    """One member: what it holds, what people call it, what it is where nothing is said.

    `of` names the codes it may hold (a member of `Names`); `needed`: it is never empty.
    """

    kind: Kind
    words: str
    default: Any = None
    needed: bool = False
    longest: int = 300
    of: str = ""


_CODE_FIELD = Field(Kind.CODE, "code", needed=True)
_NAME = Field(Kind.LINE, "name", needed=True)
_INSTRUCTIONS = Field(Kind.TEXT, "instructions", "", longest=20_000)
_TEAM = Field(Kind.ONE, "team", of="teams")

FIELDS: Mapping[Level, Mapping[str, Field]] = {
    Level.MACRO_PHASE: {"code": _CODE_FIELD, "name": _NAME},
    Level.CHAPTER: {
        "code": _CODE_FIELD,
        "name": _NAME,
        "rollback": Field(Kind.FLAG, "rollback mark", default=False),
    },
    Level.STEP: {
        "code": _CODE_FIELD,
        "name": _NAME,
        "type": Field(Kind.ONE, "type", TRT.code, needed=True, of="types"),
        "team": _TEAM,
        "durationSeconds": Field(Kind.SECONDS, "duration", 0),
        "instructions": _INSTRUCTIONS,
        "autoActivate": Field(Kind.FLAG, "automatic activation", default=False),
        "pointOfNoReturn": Field(Kind.FLAG, "point of no return", default=False),
        "evidence": Field(Kind.FLAG, "evidence", default=False),
        "impactedTeams": Field(Kind.MANY, "impacted teams", (), of="teams"),
        "labels": Field(Kind.WORDS, "labels", (), longest=60),
        "applications": Field(Kind.MANY, "applications", (), of="applications"),
        "environment": Field(Kind.ONE, "environment role", of="roles"),
        "scope": Field(Kind.WORDS, "scope", (), longest=60),
        "notBefore": Field(Kind.MOMENT, "not before"),
        "fixedStart": Field(Kind.MOMENT, "fixed start"),
        UNDOES: Field(Kind.STEPS, "undone steps", ()),
    },
    Level.TASK: {
        "code": _CODE_FIELD,
        "title": Field(Kind.LINE, "title", needed=True),
        "instructions": _INSTRUCTIONS,
        "team": _TEAM,
        "required": Field(Kind.FLAG, "required mark", default=True),
        "nominee": Field(Kind.LINE, "nominee"),
        "controls": Field(Kind.MANY, "controls", (), of="controls"),
    },
    Level.CONTROL: {
        "code": _CODE_FIELD,
        "name": _NAME,
        "description": Field(Kind.TEXT, "description", "", longest=20_000),
        "producer": Field(Kind.ONE, "producer", of="teams"),
        "validator": Field(Kind.ONE, "validator", of="teams"),
        "critical": Field(Kind.FLAG, "critical mark", default=False),
    },
    Level.TYPE: {
        "code": Field(Kind.CODE, "code", needed=True, longest=20),
        "name": _NAME,
        "behaviour": Field(Kind.BEHAVIOUR, "behaviour", Behaviour.WORK.value, needed=True),
    },
}
"""Every member that can be given a value, in the order in which people read them."""


def field_of(level: Level, member: str) -> Field:
    """Return a member's field, or raise `Invalid`."""
    found = FIELDS[level].get(member)
    if found is None:
        raise Invalid(
            f"A {level.words} has no “{member[:60]}” that could be edited. Nothing was changed.",
            hint="It has " + ", ".join(FIELDS[level]) + ".",
            field=member,
        )
    return found


def clean(level: Level, member: str, value: Any, names: Names) -> Any:
    """Return a value as it is written down, or raise `Invalid` with what should stand there."""
    found = field_of(level, member)
    if value is None or value == "":
        return _empty(found, member)
    try:
        return _CLEAN[found.kind](found, value, names)
    except _BadValue as bad:
        raise _refusal(member, f"The {found.words} {bad.said}", bad.hint) from None


def clean_lag(value: int) -> int:
    """Return a lag in seconds, or raise `Invalid`."""
    if abs(value) > LONGEST_DURATION:
        raise _refusal("lagSeconds", "A lag is at most a year, either way.")
    return value


def same(one: Any, other: Any) -> bool:
    """Tell whether two values of a member are the same; the order of a list means nothing."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return sorted(map(str, one)) == sorted(map(str, other))
    return bool((one if one != "" else None) == (other if other != "" else None))


class _BadValue(Exception):
    def __init__(self, said: str, hint: str = "") -> None:
        super().__init__(said)
        self.said = said
        self.hint = hint


def _refusal(member: str, said: str, hint: str = "") -> Invalid:
    return Invalid(f"{said.rstrip('.')}. Nothing was changed.", hint=hint, field=member)


def _empty(found: Field, member: str) -> Any:
    if found.needed:
        raise _refusal(member, f"The {found.words} must not be empty")
    return list(found.default) if isinstance(found.default, tuple) else found.default


def _text(found: Field, value: Any, _: Names) -> str:
    if not isinstance(value, str):
        raise _BadValue("is a text")
    text = "\n".join(line.rstrip() for line in re.split("\r\n|\r|\n", value)).strip("\n")
    bad = UNPRINTABLE.search(text)
    if bad:
        raise _BadValue(f"holds the unprintable character U+{ord(bad[0]):04X}")
    if len(text) > found.longest:
        raise _BadValue(f"is {len(text):,} characters long; the most is {found.longest:,}")
    return text


def _line(found: Field, value: Any, names: Names) -> str | None:
    text = _text(found, value, names).strip()
    if "\n" in text:
        raise _BadValue("is one line of text, and here are several")
    if found.needed and not text:
        raise _BadValue("must not be empty")
    return text or None


def _code(found: Field, value: Any, names: Names) -> str:
    text = _line(found, value, names) or ""
    longest = min(found.longest, 60)
    if not _CODE.fullmatch(text) or len(text) > longest:
        raise _BadValue(
            f"“{text[:80]}” is not a code",
            f"A code has 1 to {longest} letters, digits, “-”, “_” and “.”, without blanks; the first is no sign.",
        )
    return text


def _flag(_: Field, value: Any, __: Names) -> bool:
    if not isinstance(value, bool):
        raise _BadValue("is true or false")
    return value


def _seconds(_: Field, value: Any, __: Names) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LONGEST_DURATION:
        raise _BadValue("is from none to 366 days", "In the API it is a whole number of seconds.")
    return value


def _moment(_: Field, value: Any, __: Names) -> str:
    try:
        return str(parse_moment(value if isinstance(value, str) else ""))
    except ValueError as error:
        hint = "Write “T+14h 30m”, from the planned start on, or “Sun 06:00”, by the week's clock."
        raise _BadValue(f"is a moment: {error}", hint) from None


def _behaviour(_: Field, value: Any, __: Names) -> str:
    known = [behaviour.value for behaviour in Behaviour]
    if value not in known:
        raise _BadValue(f"is one of {', '.join(known)}")
    return str(value)


def _one(found: Field, value: Any, names: Names) -> str:
    known = STANDARD_TYPES.keys() | names.types.keys() if found.of == "types" else getattr(names, found.of)
    if not isinstance(value, str) or value not in known:
        raise _unknown(str(value), known)
    return value


def _unknown(value: str, known: Iterable[str]) -> _BadValue:
    codes = sorted(known)
    listed = ", ".join(codes[:20]) or "none yet"
    return _BadValue(
        f"“{value[:80]}” is not known here", did_you_mean(value, codes) or f"There are: {listed}."
    )


def _many(found: Field, value: Any, names: Names) -> list[str]:
    return sorted({_one(found, one, names) for one in _list(value)})


def _words(found: Field, value: Any, names: Names) -> list[str]:
    return sorted({word for one in _list(value) if (word := _line(found, one, names))})


def _steps(_: Field, value: Any, names: Names) -> list[str]:
    """Codes of steps, by their shape alone: whether they are there is for who sees the draft to say."""
    found = Field(Kind.CODE, "step", needed=True)
    return sorted({_code(found, one, names) for one in _list(value)})


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise _BadValue("are a list")
    if len(value) > _MOST_WORDS:
        raise _BadValue(f"are {len(value)}; the most is {_MOST_WORDS}")
    return list(value)


_CLEAN: Mapping[Kind, Callable[[Field, Any, Names], Any]] = {
    Kind.CODE: _code,
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.FLAG: _flag,
    Kind.SECONDS: _seconds,
    Kind.MOMENT: _moment,
    Kind.BEHAVIOUR: _behaviour,
    Kind.ONE: _one,
    Kind.MANY: _many,
    Kind.WORDS: _words,
    Kind.STEPS: _steps,
}
