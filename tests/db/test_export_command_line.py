"""`tminus plan export` in every form, `tminus plan diff` with versions, and `tminus people import`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import TestDatabase
from tests.db.test_plan_import import FILE
from tests.world import World
from tminus.entry.cli.root import main
from tminus.platform.settings import settings


@pytest.fixture
def file(db: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A plan file, on a machine whose Tminus is the test's database."""
    monkeypatch.setenv("TMINUS_DATABASE_URL", db.app_url)
    monkeypatch.setenv("TMINUS_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    path = tmp_path / "night.yaml"
    path.write_text(FILE)
    yield path
    settings.cache_clear()


def run(*words: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


@pytest.mark.parametrize("form", ["yaml", "json", "csv", "xlsx", "msproject"])
def test_what_is_exported_changes_nothing_when_it_is_imported_again(file: Path, form: str) -> None:
    assert run("plan", "import", file).exit_code == 0
    out = file.with_name("out")
    exported = run("plan", "export", "Night", "--format", form, "-o", out)
    assert (exported.exit_code, exported.stdout) == (0, "")
    piped = run("plan", "export", "Night", "--format", form)
    assert piped.stdout_bytes == out.read_bytes()
    again = run("plan", "import", out, "--migration", "ERP")
    assert again.exit_code == 0, again.output
    assert "0 changes" in again.stdout


def test_what_a_form_cannot_hold_is_told_beside_the_file(file: Path) -> None:
    run("plan", "import", file)
    svg = run("plan", "export", "Night", "--format", "svg")
    assert svg.stdout.startswith("<?xml") or svg.stdout.startswith("<svg")
    assert svg.stderr == "left out: It is a drawing of the network, and cannot be imported again.\n"
    assert "\nflowchart LR\n" in run("plan", "export", "Night", "--format", "mermaid").stdout
    assert run("plan", "export", "Night").stderr == ""


def test_versions_are_compared_by_name_and_number(file: Path) -> None:
    run("plan", "import", file)
    same = run("plan", "diff", "Night@1", "Night")
    assert (same.exit_code, same.stdout) == (0, "0 added, 0 changed, 0 removed, 7 unchanged\n")
    changed = file.with_name("changed.yaml")
    changed.write_text(FILE.replace("name: Second", "name: Other"))
    assert "~ step TRT-2 (name)\n" in run("plan", "diff", "Night@1", changed).stdout
    assert "There is no version 7 of a plan named “Night”." in run("plan", "diff", "Night@7", "Night").stderr
    for words in (("Night",), ("none.yaml", "Night")):
        assert run("plan", "diff", *words).exit_code == 2
    table = file.with_name("table.csv")
    table.write_text("Code,Name,Duration\nTRT-1,First,5m\n")
    other = run("plan", "diff", table, "Night")
    assert other.exit_code == 2
    assert "table.csv is no plan file (YAML, JSON)." in other.stderr


async def test_people_are_imported_from_a_list(world: World, file: Path) -> None:
    people = file.with_name("people.csv")
    people.write_text("Email,Name,Roles,Teams\neve@erp.example,Eve,pilot,DBA\n")

    async def on_machine(*words: str | Path) -> Result:
        # In a thread of its own: a command has an event loop of its own.
        return await asyncio.to_thread(run, "people", "import", people, *words)

    dry = await on_machine("--migration", "ERP", "--dry-run")
    assert (dry.exit_code, dry.stdout) == (
        0,
        "+ user eve@erp.example (name: Eve; roles: pilot; teams: DBA)\n"
        "This would be done; nothing was changed: 1 change, 0 unchanged.\n",
    )
    assert "Imported: 1 change, 0 unchanged.\n" in (await on_machine("--migration", "ERP")).stdout
    assert '"imported": true' in (await on_machine("--migration", "ERP", "--format", "json")).stdout
    people.write_text("Email,Name,Roles\neve@erp.example,Eve,king\n")
    wrong = await on_machine("--migration", "ERP")
    assert wrong.exit_code == 1
    assert wrong.stdout.startswith("people.csv:2:Roles: error: “king” is no role in a migration.")
    assert wrong.stdout.endswith("1 error; nothing was changed.\n")
    assert (await on_machine("--migration", "NONE")).exit_code == 1
    assert (await on_machine()).exit_code == 2
