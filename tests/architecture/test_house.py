"""The house: arrows between folders, and a place for everything."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.tree import ROOT, SOURCE, text_of

CONTRACTS = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
SLICES = [
    folder for folder in SOURCE.iterdir() if (folder / "domain").is_dir() or (folder / "store.py").is_file()
]
PARTS = {
    "events",
    "domain",
    "ports",
    "store",
    "queries",
    "views",
    "readers",
    "commands",
    "schemas",
    "api",
    "jobs",
}


def contract(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = next(entry for entry in CONTRACTS if entry["name"] == name)
    return found


def test_imports_keep_to_the_contracts() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    checked = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_a_folder_without_a_place_is_refused(tmp_path: Path) -> None:
    """The contract that stacks the folders is exhaustive: a package that it does not name breaks it."""
    stacked = contract("Folders are stacked")
    named = {part.strip() for layer in stacked["layers"] for part in layer.split("|")}
    there = {folder.name for folder in SOURCE.iterdir() if (folder / "__init__.py").is_file()}
    assert stacked["exhaustive"]
    assert there == named


def test_every_slice_is_under_the_contracts() -> None:
    """A slice has its inner layers checked, and its tables are its own."""
    inside = contract("Inside a slice")["containers"]
    protected = {module for entry in CONTRACTS for module in entry.get("protected_modules", [])}
    for folder in SLICES:
        assert f"tminus.{folder.name}" in inside
        if (folder / "store").is_dir() or (folder / "store.py").is_file():
            assert f"tminus.{folder.name}.store" in protected


def test_the_files_of_a_slice_have_the_names_everybody_knows() -> None:
    """What has another name is named after an event or a screen of the slice, and is in the map."""
    strangers = {
        f"{folder.name}/{entry.name}"
        for folder in SLICES
        for entry in folder.iterdir()
        if entry.suffix in {"", ".py"} and entry.stem not in PARTS | {"__init__", "__pycache__"}
    }
    told = text_of("docs/map.md")
    assert {name for name in strangers if f"`{name}`" not in told} == set()


def test_nothing_but_the_clock_asks_for_the_time() -> None:
    """Time is an argument: rules and commands are given it."""
    asking = ("datetime.now(", "datetime.utcnow(", "time.time(", "date.today(")
    found = [
        f"{path.relative_to(SOURCE)}: {word}"
        for path in SOURCE.rglob("*.py")
        if {"domain", "commands", "kernel"} & set(path.relative_to(SOURCE).parts) or path.stem == "commands"
        for word in asking
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []
