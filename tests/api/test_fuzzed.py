"""Every route of the API, asked with what a generator makes of the OpenAPI document: no 5xx, shapes as declared."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import TestDatabase
from tests.stack import Stack, running
from tests.world import World, plan_of, step, tasks
from tminus.people.commands.tokens import NewToken, issue_token

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
EXAMPLES = 200 if os.environ.get("TMINUS_SOAK") else 6


@pytest.fixture
def stack(db: TestDatabase, world: World, tmp_path: Path) -> Iterator[Stack]:
    """A web process on the world's database."""
    with running(db, tmp_path, worker=False) as stack:
        yield stack


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=170)


async def test_nothing_generated_from_the_document_breaks_the_api(world: World, stack: Stack) -> None:
    await world.iteration(plan_of(step("TRT-1", tasks=tasks("TRT-1", 1)), step("TRT-2", "TRT-1")))
    priya = world.people["Priya"]
    assert priya.id is not None
    _, secret = await issue_token(world.database, priya, NewToken(priya.id, "fuzz", 1))
    program = Path(sys.executable).parent / "schemathesis"
    command = [
        program, "run", f"{stack.base_url}/api/openapi.json", "--header", f"Authorization: Bearer {secret}",
        "--checks", CHECKS, "--max-examples", str(EXAMPLES), "--phases", "examples,coverage,fuzzing",
        "--seed", "1", "--warnings", "off", "--suppress-health-check", "all",
    ]  # fmt: skip
    done = await asyncio.to_thread(_run, [str(part) for part in command])
    assert done.returncode == 0, done.stdout[-6000:]
    tested = re.search(r"(\d+) passed|Tested: (\d+)", done.stdout)
    assert tested, done.stdout[-3000:]
