"""The web process: API, live channel and page in one ASGI app."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import socketio
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from sqlalchemy import text

from tminus import __version__
from tminus.entry.bootstrap import Parts
from tminus.entry.demo.api import router as demo_router
from tminus.notify.api.messages import router as messages_router
from tminus.notify.api.templates import router as templates_router
from tminus.people.api import router as people_router
from tminus.people.domain.rights import Person
from tminus.people.identify import identify_environ
from tminus.platform.http.documented import RESPONSES
from tminus.platform.http.install import install
from tminus.platform.http.page import mount_page
from tminus.platform.realtime.feed import Feed
from tminus.runbook.api.base_data import router as base_data_router
from tminus.runbook.api.bulk import router as bulk_router
from tminus.runbook.api.catalogue import router as catalogue_router
from tminus.runbook.api.chapter_schedule import router as chapter_schedule_router
from tminus.runbook.api.comments import router as comments_router
from tminus.runbook.api.controls import router as controls_router
from tminus.runbook.api.decision_keeping import router as decision_keeping_router
from tminus.runbook.api.decision_links import router as decision_links_router
from tminus.runbook.api.decisions import router as decisions_router
from tminus.runbook.api.evidence import router as evidence_router
from tminus.runbook.api.forecast import FORECASTS
from tminus.runbook.api.forecast import router as forecast_router
from tminus.runbook.api.impediments import router as impediments_router
from tminus.runbook.api.import_outline import router as import_outline_router
from tminus.runbook.api.iterations import router as iterations_router
from tminus.runbook.api.live import NAMESPACE, LiveNamespace
from tminus.runbook.api.macro_plan import router as macro_plan_router
from tminus.runbook.api.migration_status import router as migration_status_router
from tminus.runbook.api.plan_edits import router as plan_edits_router
from tminus.runbook.api.plan_exports import router as plan_exports_router
from tminus.runbook.api.plan_imports import router as plan_imports_router
from tminus.runbook.api.plan_versions import router as plan_versions_router
from tminus.runbook.api.plans import router as plans_router
from tminus.runbook.api.proposals import router as proposals_router
from tminus.runbook.api.reads import router as reads_router
from tminus.runbook.api.rehearsals import router as rehearsals_router
from tminus.runbook.api.roll_call import router as roll_call_router
from tminus.runbook.api.rollup import router as rollup_router
from tminus.runbook.api.steps import router as steps_router
from tminus.runbook.api.tasks import router as tasks_router
from tminus.runbook.api.what_if import router as what_if_router

log = logging.getLogger(__name__)
PAGE = Path(__file__).parent / "page"
ROUTERS = (
    people_router,
    templates_router,
    messages_router,
    reads_router,
    rollup_router,
    chapter_schedule_router,
    macro_plan_router,
    forecast_router,
    what_if_router,
    bulk_router,  # before the iterations': their buttons are any last word of an address
    rehearsals_router,
    proposals_router,  # before the steps': their buttons are any last word of an address
    comments_router,
    decisions_router,
    decision_keeping_router,
    decision_links_router,
    impediments_router,
    roll_call_router,
    evidence_router,
    controls_router,
    tasks_router,
    steps_router,
    iterations_router,
    migration_status_router,
    import_outline_router,
    plan_imports_router,
    plans_router,
    plan_exports_router,
    plan_versions_router,
    plan_edits_router,
    catalogue_router,
    base_data_router,
)


def make_api(parts: Parts) -> FastAPI:
    """Return the HTTP app alone: API under /api/v1, page at every other address."""
    app = FastAPI(
        title="Tminus",
        version=__version__,
        summary="Command and control centre for IT cutovers and data migrations",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_operation,
        responses=RESPONSES,
    )
    app.state.database = parts.database
    app.state.runbook = parts.runbook
    install(app, parts.settings)
    api = APIRouter(prefix="/api/v1")
    for router in ROUTERS:
        api.include_router(router)
    if parts.settings.demo:
        api.include_router(demo_router)
    app.include_router(api)
    app.add_api_route("/api/health", _health(parts), include_in_schema=False)
    mount_page(app, PAGE)
    return app


def make_app(parts: Parts) -> Any:
    """Return the whole process: HTTP app, Socket.IO beside it, and the feed that moves both."""
    app = make_api(parts)
    sio = socketio.AsyncServer(
        async_mode="asgi",
        transports=["websocket"],
        cors_allowed_origins=None,  # the same origin alone
        max_http_buffer_size=65_536,
        namespaces=[NAMESPACE],
    )

    async def identify(environ: dict[str, Any], auth: Any) -> Person:
        return await identify_environ(parts.database, environ, auth)

    live = LiveNamespace(parts.database, identify)
    sio.register_namespace(live)
    app.router.lifespan_context = _lifespan(parts, live)
    return socketio.ASGIApp(sio, other_asgi_app=app)


def _lifespan(parts: Parts, live: LiveNamespace) -> Any:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        feed = Feed(parts.database, live.deliver, {FORECASTS: live.tell_forecast})
        tasks = [asyncio.create_task(part) for part in (feed.run(), live.beat(), live.watch())]
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        parts.runbook.child.close()
        await parts.database.close()

    return lifespan


def _operation(route: APIRoute) -> str:
    return route.name


def _health(parts: Parts) -> Any:
    async def health() -> dict[str, str]:
        """Say that the process answers and reaches its database."""
        async with parts.database.read() as connection:
            await connection.execute(text("SELECT 1"))
        return {"status": "ok", "version": __version__}

    return health
