"""Writes docs/reference/openapi.json from the app itself; the page's types are made from it."""

from __future__ import annotations

import json
from pathlib import Path

from tminus.entry.bootstrap import assemble
from tminus.entry.web.app import make_api
from tminus.platform.settings import Settings

TARGET = Path(__file__).parent.parent / "docs" / "reference" / "openapi.json"


def document() -> str:
    """Return the OpenAPI document, the demo's routes included."""
    settings = Settings(demo=True, database_url=None)
    app = make_api(assemble(settings, "postgresql://nobody@127.0.0.1/none"))
    return json.dumps(app.openapi(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")
    print(f"wrote {TARGET.name}")
