"""Why an edit is refused: each reason with its code, its sentence and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tminus.kernel.errors import Invalid, Refused
from tminus.runbook.domain.plan_edit import Level, Thing
from tminus.runbook.domain.plan_edit_fields import FIELDS, UNDOES
from tminus.runbook.domain.plan_edit_words import shown

RELOAD = "Look at what is there now, then decide again."
_NAMED = 5


class FieldChanged(Exception):
    """A value is not what was seen; whoever keeps the edits says who changed it, and when."""

    def __init__(self, level: Level, code: str, field: str, was: Any, current: Any) -> None:
        super().__init__(f"{field} of {code} changed")
        self.level = level
        self.code = code
        self.field = field
        self.was = was
        self.current = current

    def refusal(self, by: str | None, at: str | None, clock: str = "") -> Refused:
        """Return what is told; `clock` = the moment as people read it."""
        words = self.field_words
        now, seen = (shown(self.level, self.field, one) for one in (self.current, self.was))
        if by and self.field in FIELDS[self.level]:
            said = f"{by} set the {words} of {self.code} to {now} at {clock}; you saw {seen}"
        elif by:
            said = f"{by} changed the {words} of {self.code} at {clock}"
        else:
            said = f"The {words} of {self.code} changed since you saw it"
        return Refused(
            f"{said}. Nothing was changed.",
            code="field_changed",
            hint=RELOAD,
            level=self.level.value,
            itemCode=self.code,
            field=self.field,
            was=self.was,
            current=self.current,
            by=by,
            at=at,
        )

    @property
    def field_words(self) -> str:
        """How people call the field."""
        field = FIELDS[self.level].get(self.field)
        return field.words if field else _OTHER.get(self.field, self.field)


_OTHER = {"parent": "place", "after": "links", "tasks": "tasks", "steps": "steps", "chapters": "chapters"}


def code_taken(level: Level, code: str, holder: Thing | None) -> Refused:
    """The code names something else already."""
    what = f"{holder.level.words} “{holder.name}”" if holder else "a standard step type"
    return Refused(
        f"{code} is {what} already. Nothing was changed.",
        code="code_taken",
        hint=f"Choose another code for the {level.words}.",
        itemCode=code,
    )


def in_use(thing: Thing, users: Sequence[tuple[Thing, str]], *, never: bool) -> Refused:
    """Something would go too, or hang in the air; `users` = (thing, how)."""
    named = ", ".join(one.code for one, _ in users[:_NAMED])
    more = f" and {len(users) - _NAMED} more" if len(users) > _NAMED else ""
    hint = (
        "Give those another one first."
        if never
        else "Remove it with its content; links to it then go too. It can be undone."
    )
    return Refused(
        f"{thing.level.words.capitalize()} {thing.code} is used by {named}{more}. Nothing was changed.",
        code="in_use",
        hint=hint,
        usedBy=[
            {"level": one.level.value, "code": one.code, "name": one.name, "how": how} for one, how in users
        ],
    )


def link_into_itself(to: str, code: str) -> Refused:
    """A thing would wait for itself, for what it stands in, or for what is in it."""
    what = "itself" if to == code else f"{code}, and one of them is part of the other"
    return Refused(
        f"{to} would wait for {what}. Nothing was changed.",
        code="link_into_itself",
        hint="Link things of which none is part of the other.",
    )


def link_exists(to: str, code: str, kind: str) -> Refused:
    """The link is there, with another lag."""
    return Refused(
        f"{to} waits for {code} ({kind}) already, with another lag. Nothing was changed.",
        code="link_exists",
        hint="Change the lag of that link.",
    )


def unknown_undone(step: str, code: str) -> Invalid:
    """A step would undo itself, or something that is no step of the draft."""
    said = "it would undo itself" if step == code else f"there is no step {code[:80]} in this draft"
    return Invalid(
        f"{step} cannot undo {code[:80]}: {said}. Nothing was changed.",
        hint="Name steps of the way forward by their codes.",
        field=UNDOES,
    )


def circle(path: Sequence[str]) -> Refused:
    """The links would run in a circle."""
    return Refused(
        f"These would wait for each other in a circle: {' → '.join(path)}. Nothing was changed.",
        code="cycle",
        hint="Drop another link of the circle first.",
        path=list(path),
    )
