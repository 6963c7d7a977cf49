"""From one written value of a plan file to its value, or to a sentence that says what should stand there."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from zoneinfo import available_timezones

from tminus.kernel.durations import parse_duration
from tminus.kernel.plain_text import UNPRINTABLE
from tminus.runbook.domain.findings import did_you_mean
from tminus.runbook.domain.moment import Moment, parse_moment
from tminus.runbook.domain.plan import Behaviour, LinkKind
from tminus.runbook.readers.nodes import Mapping, Node, Scalar
from tminus.runbook.readers.plan_format import CODE_PATTERN, FORMAT, LONGEST_DURATION, Field, Kind

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_YES_NO = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
_EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+")
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")


class BadValue(Exception):
    """The value cannot be taken: a code for programs, a sentence, and what would mend it."""

    def __init__(self, code: str, message: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.suggestion = suggestion


def is_null(node: Node) -> bool:
    """Return whether the file says explicitly that nothing stands here."""
    return isinstance(node, Scalar) and node.plain and node.text in _NULLS


def value_of(field: Field, node: Node) -> object:
    """Return the value of a key that holds one value. Raises `BadValue`."""
    if not isinstance(node, Scalar):
        found = "several keys" if isinstance(node, Mapping) else "a list"
        raise BadValue("wrong_type", f"“{field.key}” takes one value, and here is {found}.")
    return _READ[field.kind](field, node)


def words_of(field: Field, node: Scalar) -> str | None:
    """Return one word of a list: a code, or a line of text; None where it is empty. Raises `BadValue`."""
    return _code(field, node) if field.kind is Kind.CODES else _line(field, node) or None


def _text(field: Field, node: Scalar) -> str:
    text = "\n".join(line.rstrip() for line in re.split("\r\n|\r|\n", node.text)).strip("\n")
    bad = UNPRINTABLE.search(text)
    if bad:
        raise BadValue("not_text", f"“{field.key}” holds the unprintable character U+{ord(bad[0]):04X}.")
    if len(text) > field.longest:
        said = f"“{field.key}” is {len(text):,} characters long; the most is {field.longest:,}."
        raise BadValue("too_long", said)
    return text


def _line(field: Field, node: Scalar) -> str:
    text = _text(field, node).strip()
    if "\n" in text:
        raise BadValue("wrong_type", f"“{field.key}” is one line of text, and here are several.")
    if field.needed and not text:
        raise BadValue("missing_value", f"“{field.key}” must not be empty.")
    return text


def _line_or_none(field: Field, node: Scalar) -> str | None:
    return _line(field, node) or None


def _code(field: Field, node: Scalar) -> str | None:
    text = _line(field, node)
    if text and not re.fullmatch(CODE_PATTERN, text):
        better = re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-._")
        raise BadValue(
            "bad_code",
            f"“{text}” is not a code: a code is made of letters, digits, “-”, “_” and “.”, without blanks.",
            f"Write “{better}”." if better else None,
        )
    return text or None


def _email(field: Field, node: Scalar) -> str | None:
    text = _line(field, node)
    if text and not _EMAIL.fullmatch(text):
        raise BadValue(
            "bad_email", f"“{text}” is not a mail address.", "Write one address: name@example.org."
        )
    return text or None


def _zone(field: Field, node: Scalar) -> str:
    text = _line(field, node) or "UTC"
    if text not in _zones():
        raise BadValue("unknown_zone", f"“{text}” is not an IANA time zone.", did_you_mean(text, _zones()))
    return text


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _flag(field: Field, node: Scalar) -> bool:
    if node.plain and node.text in _FLAGS:
        return _FLAGS[node.text]
    better = _YES_NO.get(node.text.lower()) or (node.text.lower() if node.text.lower() in _FLAGS else None)
    hint = f"Write {better}, without quotes." if better else None
    raise BadValue("wrong_type", f"“{field.key}” is true or false, and here is “{_short(node.text)}”.", hint)


def _duration(field: Field, node: Scalar) -> int:
    seconds = _seconds(field, node)
    if seconds < 0:
        raise BadValue("negative_duration", f"A step cannot take {node.text}: no time runs backwards.")
    return seconds


def _seconds(field: Field, node: Scalar) -> int:
    try:
        seconds = parse_duration(node.text)
    except ValueError as error:
        if _NUMBER.fullmatch(node.text) and float(node.text) == 0:
            return 0
        number = _NUMBER.fullmatch(node.text.strip())
        hint = (
            f"Write “{node.text}m” for minutes." if number else "Write it as “45m”, “2h 30m”, “90s”, “PT45M”."
        )
        raise BadValue(
            "wrong_type", f"“{field.key}” is a length of time; {error}.".replace("\n", " "), hint
        ) from None
    if abs(seconds) > LONGEST_DURATION:
        raise BadValue("too_long", f"“{node.text}” is more than a year.")
    return seconds


def _moment(field: Field, node: Scalar) -> Moment:
    try:
        return parse_moment(node.text)
    except ValueError as error:
        hint = "Write “T+14h 30m”, from the planned start on, or “Sun 06:00”, by the week's clock."
        raise BadValue("wrong_type", f"“{field.key}” is a moment; {error}.", hint) from None


def _behaviour(field: Field, node: Scalar) -> Behaviour:
    text = _line(field, node)
    known = [behaviour.value for behaviour in Behaviour]
    if text in known:
        return Behaviour(text)
    hint = did_you_mean(text, known) or f"Write one of {', '.join(known)}."
    raise BadValue("unknown_behaviour", f"“{_short(text)}” is no way for a step to act.", hint)


def _link_kind(field: Field, node: Scalar) -> LinkKind:
    text = _line(field, node)
    if text in LinkKind.__members__:
        return LinkKind[text]
    raise BadValue(
        "unknown_kind",
        f"“{_short(text)}” is not a kind of link.",
        "Write FS, SS, FF or SF; FS may be left out.",
    )


def _format(field: Field, node: Scalar) -> int:
    if node.text.strip() != str(FORMAT):
        raise BadValue(
            "unsupported_format",
            f"This file says format “{_short(node.text)}”; this version of Tminus reads format {FORMAT}.",
            f"Write “tminus: {FORMAT}”.",
        )
    return FORMAT


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


_READ: dict[Kind, Callable[[Field, Scalar], object]] = {
    Kind.FORMAT: _format,
    Kind.CODE: _code,
    Kind.LINE: _line_or_none,
    Kind.TEXT: _text,
    Kind.EMAIL: _email,
    Kind.ZONE: _zone,
    Kind.FLAG: _flag,
    Kind.DURATION: _duration,
    Kind.LAG: _seconds,
    Kind.STEP_TYPE: _code,
    Kind.BEHAVIOUR: _behaviour,
    Kind.MOMENT: _moment,
    Kind.LINK_KIND: _link_kind,
}
