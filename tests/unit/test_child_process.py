"""The process beside ours: it answers, it is started anew when it died, and it never outlives us."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from tminus.platform.child_process import NICENESS, ChildProcess


@pytest.fixture
def child() -> Iterator[ChildProcess]:
    child = ChildProcess()
    yield child
    child.close()


async def test_it_runs_elsewhere_and_yields_to_others(child: ChildProcess) -> None:
    pid = await child.run(os.getpid)
    assert pid != os.getpid()
    assert psutil.Process(pid).nice() == NICENESS


async def test_what_a_function_raises_reaches_who_asked_and_the_next_is_answered(child: ChildProcess) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        await child.run(int, "x")
    assert await child.run(int, "7") == 7


async def test_one_that_died_is_started_anew(child: ChildProcess) -> None:
    pid = await child.run(os.getpid)
    os.kill(pid, signal.SIGKILL)
    psutil.Process(pid).wait(10)
    assert await child.run(int, "7") == 7


async def test_closing_ends_it(child: ChildProcess) -> None:
    process = psutil.Process(await child.run(os.getpid))
    child.close()
    process.wait(10)
    assert not process.is_running()


PARENT = """
import asyncio, os
from tminus.platform.child_process import ChildProcess

async def main():
    child = ChildProcess()
    print(await child.run(os.getpid), flush=True)
    await asyncio.Event().wait()

if __name__ == "__main__":
    asyncio.run(main())
"""


def test_when_we_are_killed_it_ends_by_itself() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    process = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    process.wait(10)
    assert not process.is_running()
