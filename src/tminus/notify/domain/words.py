"""The words a template may use, occasion by occasion, each with its meaning and an example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tminus.runbook.domain.occasion import Occasion as O  # noqa: N817 - the table below is read by people

Value = str | int | list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its name, what it stands for, and what a preview without a step shows for it."""

    name: str
    meaning: str
    example: Value


def _w(name: str, meaning: str, example: Value) -> Word:
    return Word(name, meaning, example)


_EVERYWHERE = (
    _w("iteration", "name of the iteration", "CUTOVER"),
    _w("migration", "name of the migration", "ERP go-live"),
    _w("link", "address of the step, or of the runsheet", "https://tminus.example/migrations/ERP"),
)
_STEP = (
    _w("code", "code of the step", "TRT-1010"),
    _w("name", "name of the step", "Stop the interfaces"),
    _w("team", "name of the step's team", "Databases"),
    _w("phone", "telephone of the step's team", "+49 30 5550100"),
    _w("attempt", "number of the attempt", 1),
    _w("planned", "planned start and end", "Sat 21 Nov 2026, 21:40 CET to 22:10 CET (Europe/Berlin)"),
    _w("starts", "planned start", "Sat 21 Nov 2026, 21:40 CET"),
    _w("duration", "expected duration", "30m"),
    _w("instructions", "instructions of the step", "Stop all jobs.\nThen wait for the queue to empty."),
    _w(
        "before",
        "what it waited for; each has code, name, state, at",
        [{"code": "TRT-1000", "name": "Announce the freeze", "state": "complete", "at": "21:42 CET"}],
    ),
    _w("more_before", "how many more it waited for", 0),
    _w(
        "tasks",
        "its tasks; each has code, title, instructions, required, team",
        [{"code": "TRT-1010-1", "title": "Stop EDI", "instructions": "", "required": True, "team": ""}],
    ),
)
_BY = _w("by", "who did it; empty: it happened by itself", "Priya")
_WHO = _w("who", "who asks or writes", "Priya")
_AT = _w("at", "when it was activated", "21:42 CET")
_REASON = _w("reason", "the reason given", "The replica lags.")
_QUESTION = (
    _w("question", "what is to be decided", "Go for the load?"),
    _w("detail", "the case for it", "All checks passed."),
    _w("deadline", "by when", "22:30 CET"),
    _WHO,
)
_OWN: Mapping[O, tuple[Word, ...]] = {
    O.ACTIVATED: (_w("note", "the pilot's note", "Mind the replica."), _BY, _AT),
    O.NOT_TAKEN: (_BY, _AT),
    O.UPCOMING: (),
    O.BLOCKED: (_REASON, _BY, _w("expected", "when it should go on", "22:15 CET")),
    O.FAILED: (_REASON, _BY),
    O.COMPLETED: (_BY,),
    O.HOLD: (_REASON, _BY),
    O.RESUME: (_REASON, _BY),
    O.BACK_OUT: (_REASON, _BY),
    O.MENTION: (_WHO, _w("body", "what was written", "@Databases please look at the replica.")),
    O.DECISION_ASKED: _QUESTION,
    O.DECISION_REMINDER: _QUESTION,
    O.ROLL_CALL: (_WHO, _w("deadline", "by when every team should have answered", "20:30 CET")),
}
WITHOUT_STEP = frozenset({O.HOLD, O.RESUME, O.BACK_OUT, O.ROLL_CALL})
"""Occasions of the whole iteration: their templates know no step."""


def words_of(occasion: O) -> tuple[Word, ...]:
    """Return the words that templates of an occasion may use."""
    step = () if occasion in WITHOUT_STEP else _STEP
    return (*_EVERYWHERE, *step, *_OWN[occasion])


def examples(occasion: O) -> dict[str, Value]:
    """Return a value for each word, for a preview without a real step."""
    return {word.name: word.example for word in words_of(occasion)}


def empty(occasion: O) -> dict[str, Value]:
    """Return each word with nothing in it: what is not known of an occasion is left out, never an error."""
    return {word.name: type(word.example)() for word in words_of(occasion)}
