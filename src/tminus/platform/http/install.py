"""Puts the base under an app: problem documents, security headers, limits, cross-site guard, request log."""

from __future__ import annotations

from typing import cast

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tminus.kernel.errors import TminusError
from tminus.platform.auth import access
from tminus.platform.http import problems
from tminus.platform.http.address import address_of
from tminus.platform.http.csrf import SIGN_IN, CsrfMiddleware, has_cookie
from tminus.platform.http.limits import BodyLimitMiddleware
from tminus.platform.http.requests import RequestMiddleware
from tminus.platform.http.security import API, SecurityMiddleware
from tminus.platform.http.state import database_of, settings_of
from tminus.platform.settings import Settings


def install(app: FastAPI, settings: Settings) -> None:
    """Add middleware and exception handlers; what `settings_of` answers is set here."""
    app.state.settings = settings
    # The last one added is the outermost: headers go on everything, refusals of the inner ones included.
    app.add_middleware(CsrfMiddleware, settings=settings)
    app.add_middleware(BodyLimitMiddleware)
    app.add_middleware(RequestMiddleware)
    app.add_middleware(SecurityMiddleware, settings=settings)
    app.add_exception_handler(TminusError, _refusal)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _validation)


async def _refusal(request: Request, error: Exception) -> Response:
    refusal = cast("TminusError", error)
    if refusal.status in access.NOTED and request.url.path.startswith(API):
        await _note(request, refusal)
    return problems.of_refusal(refusal)


async def _note(request: Request, refusal: TminusError) -> None:
    """Write a refusal to the access log; one without any credential is nobody's attempt at anything."""
    user_id = getattr(request.state, "user_id", None)
    offered = has_cookie(request.headers) or "authorization" in request.headers
    if user_id is None and not offered and request.url.path != SIGN_IN:
        return
    note = access.Refusal(
        status=refusal.status, code=refusal.code, method=request.method, path=request.url.path[:500]
    )
    address = address_of(request.scope, settings_of(request))
    await access.refused(database_of(request), user_id, address, note)


async def _http_error(request: Request, error: Exception) -> Response:
    return problems.of_http_error(cast("HTTPException", error))


async def _validation(request: Request, error: Exception) -> Response:
    return problems.of_validation(cast("RequestValidationError", error), request.method)
