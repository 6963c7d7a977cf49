"""The rights as a table for people to read: docs/reference/rights.md holds it, and a test holds them together."""

from __future__ import annotations

from uuid import UUID

from tminus.people.domain.rights import Person, Right, Role, may

_HERE, _TEAM = UUID(int=1), UUID(int=2)


def rights_table() -> str:
    """Return a Markdown table: a row for each right, a column for each role, admin and the machine's user."""
    people = [
        Person(None, role.value, roles={_HERE: frozenset({role})}, teams=frozenset({_TEAM})) for role in Role
    ]
    people += [Person(None, "admin", is_admin=True), Person(None, "command line", machine=True)]
    head = ["Right", *(person.name.replace("_", " ") for person in people)]
    rows = [head, ["---"] * len(head)]
    rows += [[right.value, *("✓" if may(p, right, _HERE, _TEAM) else "" for p in people)] for right in Right]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
