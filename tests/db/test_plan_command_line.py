"""`tminus plan …` as somebody types it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result

from tests.conftest import TestDatabase
from tests.db.test_plan_import import EXAMPLES, FILE
from tminus.entry.cli.plan import plan
from tminus.platform.settings import settings


@pytest.fixture
def file(db: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A plan file, on a machine whose Tminus is the test's database."""
    monkeypatch.setenv("TMINUS_DATABASE_URL", db.app_url)
    settings.cache_clear()
    path = tmp_path / "night.yaml"
    path.write_text(FILE)
    yield path
    settings.cache_clear()


def run(*words: str | Path, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(plan, [str(word) for word in words], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def read_json(*words: str | Path) -> Any:
    return json.loads(run(*words, "--format", "json").stdout)


def test_import_export_and_import_again(file: Path) -> None:
    first = run("import", file)
    assert first.exit_code == 0
    assert "+ step TRT-1\n" in first.stdout
    assert "Imported into version 1 of Night of migration ERP: 7 changes.\n" in first.stdout
    again = run("import", file)
    assert (again.exit_code, again.stdout) == (
        0,
        "Version 1 of Night of migration ERP says this already: 0 changes.\n",
    )
    exported = file.with_name("out.yaml")
    assert run("export", "Night", "-o", exported).exit_code == 0
    assert exported.read_text() == run("export", "Night").stdout
    assert run("import", "-", stdin=exported.read_text()).stdout.endswith("0 changes.\n")
    as_json = run("export", "Night", "--format", "json", "--version", "1").stdout
    assert run("import", "-", stdin=as_json).stdout.endswith("0 changes.\n")


def test_a_heading_nobody_knows_is_said_to_be_a_column(file: Path, tmp_path: Path) -> None:
    run("import", file)
    table = tmp_path / "night.csv"
    table.write_text("Code,Name,Clock,Team\nTRT-1,First,90,DBA\n")
    unknown = run("import", table, "--plan", "Night", "--dry-run")
    assert '--map "Clock=Duration"' in unknown.stdout
    assert unknown.stdout.endswith("0 added, 0 changed, 0 removed, 7 unchanged\n")
    said = run("import", table, "--plan", "Night", "--dry-run", "--map", "Clock=duration", "--map", "Team=")
    assert "~ step TRT-1 (duration)" in said.stdout
    wrong = run("import", table, "--plan", "Night", "--map", "Clock=tempo")
    assert (wrong.exit_code, "“Clock=tempo” does not say which column is which" in wrong.output) == (1, True)


def test_a_dry_run_and_a_difference_change_nothing(file: Path) -> None:
    dry = run("import", file, "--dry-run")
    assert (dry.exit_code, dry.stdout.splitlines()[-1]) == (0, "7 added, 0 changed, 0 removed, 0 unchanged")
    assert read_json("list")["items"] == []
    assert run("diff", file).exit_code == 0
    assert read_json("list")["items"] == []


def test_findings_are_lines_an_editor_can_jump_to_and_the_exit_code_is_1(file: Path) -> None:
    file.write_text(FILE.replace("duration: 5m, after", "duration: -5m, after"))
    for words in (("import", file), ("diff", file)):
        result = run(*words)
        assert result.exit_code == 1
        assert result.stdout.startswith(
            "night.yaml:13:62: error: A step cannot take -5m: no time runs backwards."
        )
    assert "1 error; nothing was changed.\n" in run("import", file).stdout
    answer = read_json("import", file)
    assert (answer["canCommit"], answer["imported"]) == (False, None)
    assert answer["findings"][0]["code"] == "negative_duration"


def test_an_unknown_type_is_a_line_too_beside_whatever_else_is_wrong(file: Path) -> None:
    file.write_text(
        FILE.replace("name: Second", "name: Second, type: TRTT").replace(
            "{code: TRT-1, lag", "{code: T-1, lag"
        )
    )
    for words in (("import", file), ("import", file, "--dry-run"), ("diff", file)):
        result = run(*words)
        assert result.exit_code == 1
        assert "night.yaml:13:47: error: “TRTT” is not a type of step. Did you mean “TRT”?" in result.stdout
        assert "[unknown_predecessor]" in result.stdout
    assert read_json("list")["items"] == []


def test_two_files_are_compared_without_a_database(tmp_path: Path) -> None:
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text(FILE)
    other.write_text(FILE.replace("name: Second", "name: Other").replace("code: A1", "code: A2"))
    result = run("diff", one, other)
    assert result.exit_code == 0
    assert "~ step TRT-2 (name, parent)\n" in result.stdout
    assert "- chapter A1\n" in result.stdout


def test_plans_are_listed_with_their_versions(file: Path) -> None:
    run("import", file)
    run("import", EXAMPLES[1])
    table = run("list").stdout.splitlines()
    assert table[0].split() == ["MIGRATION", "PLAN", "VERSION", "STATUS", "STEPS", "BY"]
    assert [line.split()[0] for line in table[1:]] == ["ERP", "ERP"]
    (night,) = [one for one in read_json("list", "--migration", "ERP")["items"] if one["name"] == "Night"]
    assert night["versions"][0]["createdBy"].startswith("cli:")
    assert read_json("list", "--migration", "NONE")["items"] == []


def test_what_is_wrong_with_the_command_is_2_and_a_database_away_is_3(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("import", file.with_name("missing.yaml")).exit_code == 2
    assert run("export", "Nowhere").exit_code == 1
    monkeypatch.setenv("TMINUS_DATABASE_URL", "postgresql://nobody:no@127.0.0.1:1/none")
    settings.cache_clear()
    away = run("import", file)
    assert away.exit_code == 3
    assert "nothing was changed" in away.stderr


def test_what_psql_copied_in_is_taken_like_any_file(file: Path, db: TestDatabase) -> None:
    run("import", file)
    table = file.with_name("night.csv")
    assert run("export", "Night", "--format", "csv", "-o", table).exit_code == 0
    rows = csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig")))
    named = ", ".join(re.sub("[ -]", "_", heading.lower()) for heading in next(rows))
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    statement = f"COPY import_copied ({named}) FROM STDIN (FORMAT csv)"
    with (
        psycopg.connect(db.app_url) as connection,
        connection.cursor() as cursor,
        cursor.copy(statement.encode()) as copy,
    ):
        copy.write(out.getvalue())
    taken = run("import", "--copied", "--plan", "Night")
    assert (
        taken.stdout.splitlines()[-1] == "Version 1 of Night of migration ERP says this already: 0 changes."
    )
    empty = run("import", "--copied")
    assert (empty.exit_code, "import_copied is empty" in empty.stderr) == (1, True)
    assert run("import").exit_code == 2
