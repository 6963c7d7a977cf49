"""Shapes of message templates."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, StringConstraints

from tminus.kernel.plain_text import UNPRINTABLE
from tminus.notify.domain.sandbox import MOST_SOURCE
from tminus.notify.domain.template import MOST_SUBJECT
from tminus.runbook.domain.occasion import Occasion
from tminus.runbook.schemas.requests import Code
from tminus.runbook.schemas.shape import Shape


def _printable(text: str) -> str:
    if UNPRINTABLE.search(text.replace("\r\n", "\n")):
        raise ValueError("it holds characters that cannot be printed")
    return text.replace("\r\n", "\n")


Subject = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_SUBJECT),
    AfterValidator(_printable),
]
Body = Annotated[str, StringConstraints(max_length=MOST_SOURCE), AfterValidator(_printable)]


class TemplateWord(Shape):
    """A word a template may use; the members of a list's things stand in its example."""

    name: str
    meaning: str
    example: Any


class TemplateVersion(Shape):
    """One version; number 0 is the built-in one. With an error it is kept and not used."""

    number: int
    subject: str
    body: str
    error: str | None
    error_line: int | None
    by: str | None
    at: datetime | None
    used: bool


class Template(Shape):
    """The template of an occasion: what is used, and the newest version, where that one can't be used."""

    occasion: Occasion
    title: str
    newest: int
    used: TemplateVersion
    faulty: TemplateVersion | None
    words: list[TemplateWord]
    may_edit: bool


class TemplateList(Shape):
    """The templates of a migration, one for each occasion."""

    items: list[Template]
    next: str | None = None


class TemplateHistory(Shape):
    """All versions of one occasion's template, the newest first; the built-in one is the last."""

    template: Template
    versions: list[TemplateVersion]


class NewTemplate(Shape):
    """A new version; `seen` = number of the newest one that was seen."""

    subject: Subject
    body: Body
    seen: int


class PreviewRequest(Shape):
    """Words to try, with a real step or with examples."""

    subject: Annotated[str, StringConstraints(max_length=MOST_SUBJECT), AfterValidator(_printable)]
    body: Body
    iteration_id: UUID | None = None
    step_code: Code | None = None


class Preview(Shape):
    """The message as it would be, or why there would be none; nothing was sent."""

    subject: str | None
    body: str | None
    error: str | None
    error_line: int | None
