"""What the column *Kind* of a table may say, and how an export writes it."""

from __future__ import annotations

from functools import cache

from tminus.runbook.readers.table.columns_guess import fold

KIND_WORDS = {
    "plan": "plan",
    "migration": "migration",
    "team": "team",
    "application": "application",
    "environment": "environment",
    "environmentRole": "environment role",
    "type": "type",
    "control": "control",
    "macroPhase": "macro-phase",
    "chapter": "chapter",
    "step": "step",
    "task": "task",
}
"""Each kind of row, in the order in which an export writes them, with its word."""

_OTHERS = {
    "step type": "type",
    "phase": "macroPhase",
    "stream": "macroPhase",
    "programme": "migration",
    "schritt": "step",
    "etape": "step",
    "aufgabe": "task",
    "tache": "task",
    "kapitel": "chapter",
    "chapitre": "chapter",
    "equipe": "team",
    "checklist item": "task",
    "sub task": "task",
    "subtask": "task",
}


@cache
def words() -> dict[str, str]:
    """Return every word that names a kind, folded, with the kind."""
    own = {fold(word): kind for kind, word in KIND_WORDS.items()}
    return own | {fold(kind): kind for kind in KIND_WORDS} | _OTHERS


def kind_of(text: str) -> str | None:
    """Return the kind a cell names, a step where it names none, and None where it is no kind."""
    folded = fold(text)
    return words().get(folded) if folded else None if text.strip() else "step"
