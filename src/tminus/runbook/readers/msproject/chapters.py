"""Which groups of an MS Project file become chapters."""

from __future__ import annotations

from tminus.runbook.readers.msproject.index import Index, Known


def settle_chapters(index: Index) -> None:
    """Find out which groups below a macro-phase become chapters: those with steps of their own, or with nothing."""
    stack: list[tuple[Known, list[Known]]] = []
    for known in index.tasks.values():
        if known.out:
            continue
        while stack and stack[-1][0].level >= known.level:
            _close(stack)
        if known.group:
            stack.append((known, []))
        elif stack:
            stack[-1][0].own = True
    while stack:
        _close(stack)


def _close(stack: list[tuple[Known, list[Known]]]) -> None:
    group, inside = stack.pop()
    group.own = group.own or not inside
    below = tuple(code for one in inside for code in one.chapters)
    group.chapters = ((group.code,) if group.own else ()) + below
    if stack:
        stack[-1][1].append(group)
    else:
        group.chapters = (group.code,)
