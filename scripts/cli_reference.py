"""Write docs/reference/cli.md from the commands themselves.

python -m scripts.cli_reference    used by `make docs`; a test compares the file with what this would write
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from tminus.entry.cli import root

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "cli.md"

INTRODUCTION = """# The command line

Written by `make docs` from the commands themselves. On the server's own machine the command line acts on the
data in `TMINUS_HOME` (or on `TMINUS_DATABASE_URL`) as `cli:<user of the machine>`. From a clone, the command is
`.venv/bin/tminus`.

| Exit code | Means |
|---|---|
| 0 | ok |
| 1 | checks failed, or the change was refused |
| 2 | the command was not understood |
| 3 | it could not be evaluated, for example because the database is away |"""


def page() -> str:
    """Return the whole page."""
    sections = [_section(path, command) for path, command in commands(root, ("tminus",)) if _runs(command)]
    return "\n\n".join([INTRODUCTION, *sections]) + "\n"


def commands(
    command: click.Command, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command below one, with the words that call it, groups before what they hold."""
    yield path, command
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from commands(command.commands[name], (*path, name))


def main() -> None:
    """Write the page."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")


def _runs(command: click.Command) -> bool:
    return not isinstance(command, click.Group)


def _section(path: tuple[str, ...], command: click.Command) -> str:
    usage = " ".join([*path, *command.collect_usage_pieces(click.Context(command))])
    parts = [f"## {' '.join(path)}", _text(command.help), f"```\n{usage}\n```"]
    if options := [_row(option) for option in command.params if isinstance(option, click.Option)]:
        parts.append("\n".join(["| Option | Meaning |", "|---|---|", *options]))
    return "\n\n".join(parts)


def _text(words: str | None) -> str:
    return inspect.cleandoc(words or "").replace("\b\n", "").strip()


def _row(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    return f"| {names}{_values(option)} | {_text(option.help)}{_default(option)} |".replace("  |", " |")


def _values(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return " " + " \\| ".join(option.type.choices)
    return "" if option.is_flag else f" {option.type.name.upper()}"


def _default(option: click.Option) -> str:
    shown = isinstance(option.default, str | int) and not isinstance(option.default, bool)
    return f" (default: {option.default})" if shown and option.default != "" else ""


if __name__ == "__main__":
    main()
