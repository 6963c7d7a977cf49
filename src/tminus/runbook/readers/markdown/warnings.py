"""What is said of lines of a checklist that are neither steps nor tasks."""

from __future__ import annotations

from tminus.runbook.domain.findings import Finding, Severity


def unprintable(letter: str, line: int) -> Finding:
    """Return the error that a line holds a letter that no text of a plan may hold."""
    said = f"Line {line:,} holds the unprintable character U+{ord(letter):04X}."
    return Finding("not_text", Severity.ERROR, said, "Take it out.", line=line, row=line)


def not_a_step(line: int) -> Finding:
    """Return the warning that a list item beside the steps has no tick box."""
    said = f"Line {line:,} has no tick box: it is taken as text of the step above."
    hint = "Write “- [ ]” before it if it is a step."
    return Finding("not_a_step", Severity.WARNING, said, hint, line=line, row=line)


def too_deep(name: str, line: int) -> Finding:
    """Return the warning that a heading stands below the level of chapters."""
    said = f"A plan has no parts below chapters: “{name[:80]}” became a chapter of its own."
    hint = "Use headings of three levels."
    return Finding("too_deep", Severity.WARNING, said, hint, line=line, row=line)
