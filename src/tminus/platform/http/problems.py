"""Every error leaves as one shape: RFC 9457 problem+json with `code` for programs, `hint` for people."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import psycopg
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from tminus.kernel.errors import TminusError

log = logging.getLogger("tminus.http")

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
RETRY_AFTER_SECONDS = 5

_AWAY: tuple[type[Exception], ...] = (
    OperationalError,
    InterfaceError,
    PoolTimeout,
    psycopg.OperationalError,
    psycopg.InterfaceError,
    ConnectionError,
)

_SENTENCES = {
    404: ("not_found", "There is nothing at this address.", "Check the address."),
    405: ("method_not_allowed", "This address does not take this method.", "`Allow` names those it takes."),
    413: ("too_large", "The request is larger than this address takes. Nothing was read of it.", ""),
    400: ("malformed", "The request could not be read, so that nothing was done.", "Check its body."),
}


class ProblemResponse(JSONResponse):
    """A problem document."""

    media_type = "application/problem+json"


def problem(
    status: int,
    code: str,
    sentence: str,
    hint: str = "",
    *,
    params: Mapping[str, Any] | None = None,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> ProblemResponse:
    """Make a problem document; `params` become further members, and never replace the standard ones."""
    standard = {
        "type": f"urn:tminus:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": sentence,
        "code": code,
        "hint": hint,
        "errors": list(errors),
    }
    content = jsonable_encoder(dict(params or {})) | standard
    return ProblemResponse(content, status, headers=dict(headers or {}))


def of_refusal(error: TminusError) -> ProblemResponse:
    """Print a refusal of ours, with what its `params` tell."""
    headers = {}
    if error.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if "retryAfterSeconds" in error.params:
        headers["Retry-After"] = str(error.params["retryAfterSeconds"])
    elif error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return problem(error.status, error.code, error.sentence, error.hint, params=error.params, headers=headers)


def of_http_error(error: HTTPException) -> ProblemResponse:
    """Print what the framework refuses: no such address, wrong method, unreadable body."""
    known = _SENTENCES.get(error.status_code)
    code, sentence, hint = known or ("http_error", str(error.detail), "")
    return problem(error.status_code, code, sentence, hint, headers=error.headers)


def of_validation(error: RequestValidationError, method: str) -> ProblemResponse:
    """Print what is wrong with a request's members, one entry each; what was sent is not repeated.

    An address that can name nothing is a 404: whoever followed a link that was cut off asked for no member.
    """
    errors = [_finding(found) for found in error.errors()]
    if errors and all(found["in"] == "path" for found in errors):
        code, sentence, hint = _SENTENCES[404]
        return problem(404, code, sentence, hint, errors=errors)
    count = len(errors)
    named = errors[0]["sentence"] if errors else ""
    said = named if count == 1 else f"{count} members of the request are wrong. The first: {named}"
    if method not in SAFE_METHODS:
        said += " Nothing was changed."
    return problem(422, "invalid", said, "`errors` says what each should be.", errors=errors)


def _finding(found: Mapping[str, Any]) -> dict[str, str]:
    place, *path = [str(part) for part in found["loc"]]
    # Pydantic puts its own word before a sentence of ours.
    what = str(found["msg"]).removeprefix("Value error, ").rstrip(".")
    if place != "body":
        return {"parameter": ".".join(path), "in": place, "sentence": f"`{'.'.join(path)}`: {what}."}
    # RFC 6901 §6: a JSON pointer as a URI fragment.
    pointer = "#" + "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in path)
    name = ".".join(path) or "the body"
    return {"pointer": pointer, "in": "body", "sentence": f"`{name}`: {what}."}


def of_unforeseen(error: Exception, method: str) -> ProblemResponse:
    """Print any other exception: 503 where the database is away, else 500 with a number that the log has too.

    Of a request that changes something it is not known whether it did, since the exception may have come after
    its commit; a reading one has nothing to say about that.
    """
    fate = "" if method in SAFE_METHODS else " It is not known whether the change was kept."
    look = "Try again in a moment." if method in SAFE_METHODS else "Reload before you try again."
    if is_away(error):
        log.warning("the database did not answer: %s", type(error).__name__)
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
        sentence = f"The database did not answer.{fate}"
        hint = f"{look} Tminus goes on by itself when the database is back."
        return problem(503, "unavailable", sentence, hint, headers=headers)
    number = uuid4().hex[:12]
    log.error("unforeseen error %s", number, exc_info=error)
    return problem(
        500,
        "internal",
        f"Tminus failed at this in a way it did not foresee.{fate}",
        f"{look} If it happens again, give {number} to whoever runs the server: its log has it too.",
        params={"errorId": number},
    )


def is_away(error: BaseException) -> bool:
    """Tell whether an exception means that the database could not be reached or did not answer in time."""
    return isinstance(error, _AWAY) or (isinstance(error, DBAPIError) and error.connection_invalidated)
