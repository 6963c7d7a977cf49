"""Commands that run Tminus: demo, serve, worker, upgrade, doctor."""

from __future__ import annotations

import asyncio
import gc
import json
import sys

import click
import uvicorn

from tminus.entry.bootstrap import assemble
from tminus.entry.cli.context import CHECKS_FAILED, Explained
from tminus.entry.demo.supervisor import run_demo
from tminus.entry.logs import configure_logs
from tminus.entry.parent import end_with_parent
from tminus.entry.urls import database_urls
from tminus.entry.web.app import make_app
from tminus.entry.worker import run_worker
from tminus.kernel.errors import TminusError
from tminus.platform.postgres import examine
from tminus.platform.settings import settings
from tminus.upgrades.chain import upgrade as upgrade_schema


@click.command()
def demo() -> None:
    """Start everything on this machine, with three migrations to play with."""
    config = settings()
    configure_logs("demo", config.home / "logs")
    try:
        asyncio.run(run_demo(config))
    except TminusError as error:
        raise Explained(error) from error


@click.command()
def serve() -> None:
    """Start a web process: API, live channel and page."""
    config = settings()
    configure_logs("web", config.home / "logs" if config.demo else None)
    end_with_parent()
    try:
        parts = assemble(config, database_urls(config).app)
    except TminusError as error:
        raise Explained(error) from error
    app = make_app(parts)
    _calm_the_collector()
    uvicorn.run(
        app,
        host=config.host,
        port=config.port,
        log_config=None,
        access_log=False,
        server_header=False,
        ws_max_size=65_536,
        ws_per_message_deflate=False,  # events are small; compressing each one for each client is not
        timeout_graceful_shutdown=5,
        proxy_headers=bool(config.forwarded_for),
        forwarded_allow_ips=config.forwarded_for or None,
    )


def _calm_the_collector() -> None:
    """Keep the garbage collector from walking the whole program while a board of thousands of rows is made.

    What was imported stays for good, and no row is part of a circle: looking seldom is enough.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@click.command()
def worker() -> None:
    """Start a worker: sends messages, opens what time opens, does jobs."""
    config = settings()
    configure_logs("worker", config.home / "logs" if config.demo else None)
    end_with_parent()
    try:
        asyncio.run(run_worker(assemble(config, database_urls(config).app)))
    except TminusError as error:
        raise Explained(error) from error


@click.command()
def upgrade() -> None:
    """Bring the database's schema to this program's version."""
    try:
        urls = database_urls(settings())
        before, after = upgrade_schema(urls.owner, urls.app_role)
    except TminusError as error:
        raise Explained(error) from error
    click.echo(
        f"The schema is at version {after}" + (f" (was {before or 'empty'})." if before != after else ".")
    )


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def doctor(form: str) -> None:
    """Look at the machine and the database and say what was found."""
    config = settings()
    app = config.database_url.get_secret_value() if config.database_url else None
    owner = config.owner_url.get_secret_value() if config.owner_url else None
    findings = examine(
        folder=config.home / "postgres",
        app_url=app,
        owner_url=owner,
        pg_bin=config.pg_bin,
        pg_port=config.pg_port,
    )
    if form == "json":
        rows = [{"name": f.name, "state": f.state, "sentence": f.sentence, "hint": f.hint} for f in findings]
        click.echo(json.dumps(rows, indent=2))
    else:
        for f in findings:
            click.echo(
                f"{f.state.upper():8}{f.name}: {f.sentence}" + (f"\n        {f.hint}" if f.hint else "")
            )
    sys.exit(CHECKS_FAILED if any(f.state == "error" for f in findings) else 0)
