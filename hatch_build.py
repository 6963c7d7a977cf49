"""What hatchling does beyond packing: the page is built into the wheel, and the dependencies are read from
`requirements/runtime.in`, so that they are written down once.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.builders.wheel import WheelBuilderConfig
from hatchling.metadata.plugin.interface import MetadataHookInterface


def _build_page(root: Path) -> ModuleType:
    """The build script as a module; it is no part of the package, hence loaded by its path."""
    spec = importlib.util.spec_from_file_location("build_page", root / "scripts" / "build_page.py")
    if spec is None or spec.loader is None:
        raise RuntimeError("scripts/build_page.py is missing: build from a whole checkout or source archive.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class PageHook(BuildHookInterface[WheelBuilderConfig]):
    """Builds the page before a wheel is packed. An editable install leaves it to `make`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling. Raises SystemExit when the page does not build."""
        if version != "editable":
            _build_page(Path(self.root)).build()


class DependenciesHook(MetadataHookInterface):
    """Fills `dependencies` from the lines of `requirements/runtime.in`."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Called by hatchling with the project's metadata, which it changes in place."""
        lines = (Path(self.root) / "requirements" / "runtime.in").read_text().splitlines()
        wanted = (line.split("#", 1)[0].strip() for line in lines)
        metadata["dependencies"] = [line for line in wanted if line]
