"""Write docs/data-model.md from the declared tables: a diagram for each slice, and every column.

python -m scripts.data_model    used by `make docs`; a test compares the file with what this would write
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CheckConstraint, UniqueConstraint

from scripts.data_model_words import GROUPS, INTRODUCTION
from tminus.upgrades.schema import metadata

PAGE = Path(__file__).resolve().parent.parent / "docs" / "data-model.md"
_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call] # SQLAlchemy leaves its dialects untyped


def page() -> str:
    """Return the whole page; a table without a sentence, or a sentence without a table, raises `KeyError`."""
    known = {name for group in GROUPS for name in group.tables}
    if astray := known ^ set(metadata.tables):
        raise KeyError(f"scripts/data_model_words.py and the declared tables differ: {sorted(astray)}")
    parts = [INTRODUCTION]
    for group in GROUPS:
        tables = [metadata.tables[name] for name in group.tables]
        parts += [f"## {group.title}\n\n{group.sentence}", _diagram(tables)]
        parts += [_section(table, group.tables[table.name]) for table in tables]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def _diagram(tables: list[Table]) -> str:
    lines = ["```mermaid", "erDiagram"]
    for table in tables:
        lines.append(f"    {table.name} {{")
        lines += [
            f"        {_diagram_type(column)} {column.name} {_marks(column)}".rstrip()
            for column in _keys(table)
        ]
        lines.append("    }")
    lines += sorted({link for table in tables for link in _links(table)})
    return "\n".join([*lines, "```"])


def _keys(table: Table) -> Iterator[Column[object]]:
    """The columns a diagram shows: those that identify a row or point at another."""
    named = ("code", "name", "state", "status", "type")
    return (column for column in table.columns if _marks(column) or column.name in named)


def _marks(column: Column[object]) -> str:
    return ", ".join(["PK"] * column.primary_key + ["FK"] * bool(column.foreign_keys))


def _links(table: Table) -> Iterator[str]:
    for key in table.foreign_keys:
        many = "|" if key.parent.primary_key and len(table.primary_key.columns) == 1 else "{"
        optional = "o|" if key.parent.nullable else "||"
        yield f"    {key.column.table.name} {optional}--o{many} {table.name} : {key.parent.name}"


def _diagram_type(column: Column[object]) -> str:
    return _type(column).split()[0].split("(")[0]


def _type(column: Column[object]) -> str:
    written = column.type.compile(dialect=_DIALECT).lower()
    return written.replace("timestamp with time zone", "timestamptz")


def _section(table: Table, sentence: str) -> str:
    head = f"### {table.name}\n\n{sentence}\n\n| Column | Type | Null | Meaning |\n|---|---|---|---|"
    return "\n".join([head, *map(_row, table.columns), *_rules(table)])


def _row(column: Column[object]) -> str:
    target = next((f"→ `{key.target_fullname}`" for key in column.foreign_keys), "")
    key = "key" if column.primary_key else ""
    meaning = "; ".join(filter(None, (key, target, column.comment))).replace("|", "\\|")
    return f"| `{column.name}` | {_type(column)} | {'yes' if column.nullable else ''} | {meaning} |"


def _rules(table: Table) -> Iterator[str]:
    unique = [constraint for constraint in table.constraints if isinstance(constraint, UniqueConstraint)]
    checks = [constraint for constraint in table.constraints if isinstance(constraint, CheckConstraint)]
    rules = [f"Unique: {', '.join(f'`{name}`' for name in _names(constraint))}." for constraint in unique]
    rules += [f"Always: `{' '.join(str(constraint.sqltext).split())}`." for constraint in checks]
    if rules:
        yield ""
        yield from (f"- {rule}" for rule in sorted(rules))


def _names(constraint: UniqueConstraint) -> list[str]:
    return [column.name for column in constraint.columns]


if __name__ == "__main__":
    main()
