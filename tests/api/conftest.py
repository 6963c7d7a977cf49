"""Fixtures of the API's tests: the app with the world's cast behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.api.door import client_for, settings_for
from tests.world import World
from tminus.platform.settings import Settings


@pytest.fixture
def config(tmp_path: Path) -> Settings:
    """Settings as in the product, without demo."""
    return settings_for(tmp_path)


@pytest.fixture
async def browser(world: World, config: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that is not signed in."""
    async with client_for(world, config) as client:
        yield client
