"""Addresses of the page that stand in messages."""

from __future__ import annotations

from urllib.parse import quote

STEP_PATH = "/migrations/{migration}/iterations/{iteration}?step={code}"
"""The runsheet with a step's panel open; the page's own list of addresses has it as `runsheet`."""

ITERATION_PATH = "/migrations/{migration}/iterations/{iteration}"


def iteration_link(base_url: str, migration: str, iteration: str) -> str:
    """Return the address of an iteration's runsheet; `migration` is its key, `iteration` its name."""
    safe = {"migration": quote(migration, safe=""), "iteration": quote(iteration, safe="")}
    return base_url.rstrip("/") + ITERATION_PATH.format(**safe)


def step_link(base_url: str, migration: str, iteration: str, code: str) -> str:
    """Return the address of a step; `migration` is its key, `iteration` its name."""
    named = {"migration": migration, "iteration": iteration, "code": code}
    safe = {name: quote(part, safe="") for name, part in named.items()}
    return base_url.rstrip("/") + STEP_PATH.format(**safe)
