"""One base for every refusal: a code for programs, a status for HTTP, a sentence for people."""

from __future__ import annotations

from typing import Any


class TminusError(Exception):
    """Something that was asked for did not happen.

    The sentence says what happened and what was not lost; the hint says what to do. `params` travel to the
    client as further members of the problem document, so they hold only what the asker may see.
    """

    code: str = "error"
    status: int = 500

    def __init__(self, sentence: str, *, hint: str = "", **params: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint
        self.params = params


class NotFound(TminusError):
    """What was named does not exist, or the asker may not know that it does."""

    code = "not_found"
    status = 404


class Invalid(TminusError):
    """The request is malformed or breaks a rule that needs no look at the state."""

    code = "invalid"
    status = 422


class Refused(TminusError):
    """The state does not allow it now; `code` is given by each rule."""

    code = "refused"
    status = 409

    def __init__(self, sentence: str, *, code: str = "refused", hint: str = "", **params: Any) -> None:
        super().__init__(sentence, hint=hint, **params)
        self.code = code


class Forbidden(TminusError):
    """The asker has not the right; the sentence names the right that is missing."""

    code = "forbidden"
    status = 403


class Unauthenticated(TminusError):
    """Nobody is signed in, or the link or token is not (or no longer) valid."""

    code = "unauthenticated"
    status = 401

    def __init__(self, sentence: str, *, code: str = "unauthenticated", hint: str = "") -> None:
        super().__init__(sentence, hint=hint)
        self.code = code


class Unavailable(TminusError):
    """A part Tminus needs (the database) is away; what was asked for was not done."""

    code = "unavailable"
    status = 503
