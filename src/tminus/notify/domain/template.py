"""A template as the user wrote it: whether it can be used, and the message it makes of the words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tminus.notify.domain.sandbox import MOST_SOURCE, Fault, Shape, faults
from tminus.notify.domain.words import examples, words_of
from tminus.runbook.domain.occasion import Occasion, Wording

MOST_OUTPUT = 200_000
MOST_SUBJECT = 300


class Unusable(Exception):
    """The template can't be filled; `fault` says why, and where."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.words)
        self.fault = fault


def environment() -> Environment:
    """Return the sandbox that templates are filled in: no globals, no tests, no loader; a gap is an error."""
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    made.globals.clear()
    return made


_SANDBOX = environment()


def shape_of(occasion: Occasion) -> Shape:
    """Return the words of an occasion, and for each list what its things have."""
    return {
        word.name: frozenset(word.example[0]) if isinstance(word.example, list) else None
        for word in words_of(occasion)
    }


def fault_in(occasion: Occasion, template: Wording) -> Fault | None:
    """Return the first reason why this template can't be used; None = it can."""
    for part, source in (("subject", template.subject), ("body", template.body)):
        fault = _fault(occasion, source)
        if fault:
            return fault if part == "body" else Fault(f"In the subject: {fault.words}")
    return _tried(occasion, template)


def fill(template: Wording, words: Mapping[str, Any]) -> Wording:
    """Return the message: its subject on one line, its body as plain text. Raises `Unusable`."""
    try:
        subject = _output(_compiled(template.subject), words)
        body = _output(_compiled(template.body), words)
    except TemplateSyntaxError as error:
        raise Unusable(_unreadable(error)) from error
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise Unusable(Fault("It is nested too deeply.")) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise Unusable(Fault(f"It cannot be filled: {error}")) from error
    return Wording(" ".join(subject.split())[:MOST_SUBJECT], body.strip())


def _fault(occasion: Occasion, source: str) -> Fault | None:
    if len(source) > MOST_SOURCE:
        return Fault(f"It has {len(source):,} characters; at most {MOST_SOURCE:,} are taken.")
    try:
        tree = _SANDBOX.parse(source)
    except TemplateSyntaxError as error:
        return _unreadable(error)
    except RecursionError:
        return Fault("It is nested too deeply.")
    try:
        return next(faults(tree, shape_of(occasion)), None)
    except RecursionError:
        return Fault("It is nested too deeply.")


def _unreadable(error: TemplateSyntaxError) -> Fault:
    # Some of Jinja's sentences have a full stop, most have none.
    return Fault(f"{(error.message or 'It cannot be read').rstrip('.')}.", error.lineno)


def _tried(occasion: Occasion, template: Wording) -> Fault | None:
    try:
        filled = fill(template, examples(occasion))
    except Unusable as unusable:
        return unusable.fault
    return None if filled.subject else Fault("In the subject: it is empty.")


@lru_cache(maxsize=256)
def _compiled(source: str) -> Template:
    return _SANDBOX.from_string(source)


def _output(template: Template, words: Mapping[str, Any]) -> str:
    """Return what the template makes, and stop it where that becomes too long."""
    found: list[str] = []
    length = 0
    for piece in template.generate(words):
        length += len(piece)
        if length > MOST_OUTPUT:
            raise Unusable(Fault(f"The message would have more than {MOST_OUTPUT:,} characters."))
        found.append(piece)
    return "".join(found)
