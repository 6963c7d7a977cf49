"""Codes made of names: nothing of a name is lost that a code could hold."""

from __future__ import annotations

import pytest

from tminus.runbook.domain.import_words import code_from


@pytest.mark.parametrize(
    "name, code",
    [
        ("Abschluß", "ABSCHLUSS"),
        ("Übergabe & Prüfung", "UBERGABE-PRUFUNG"),
        ("Clôture", "CLOTURE"),
        ("Smørrebrød", "SMORREBROD"),
        ("Łódź", "LODZ"),
        ("– – –", "X"),
    ],
)
def test_a_code_holds_every_letter_of_the_name(name: str, code: str) -> None:
    assert code_from(name) == code
