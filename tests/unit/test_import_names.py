"""Which team or type a written word means, and which is offered as another spelling of one that is there."""

from __future__ import annotations

from tminus.runbook.domain.import_names import Known, Names, Word, name_teams, name_types
from tminus.runbook.domain.import_words import Repair

VARIANT = frozenset({Repair.TEAM_VARIANT})
RIGHT = Known("DATA_MIGRATION", "DATA_MIGRATION", loose=True)
WRONG = Known("DATA-MIGRATION", "DATA MIGRATION", loose=True)
WORDS = (Word("DATA_MIGRATION", 40), Word("DATA MIGRATION", 14))


def offers(names: Names) -> list[tuple[str, str | None, bool]]:
    return [(mend.written, mend.becomes, mend.of_its_own) for mend in names.mends]


def test_a_spelling_that_an_import_made_a_team_is_offered_again() -> None:
    names = name_teams(WORDS, (RIGHT, WRONG), frozenset())
    assert offers(names) == [("DATA MIGRATION", "DATA_MIGRATION", True)]
    assert names.codes == {"DATA_MIGRATION": "DATA_MIGRATION", "DATA MIGRATION": "DATA-MIGRATION"}
    assert names.new == {}
    mended = name_teams(WORDS, (RIGHT, WRONG), VARIANT)
    assert set(mended.codes.values()) == {"DATA_MIGRATION"}


def test_it_is_a_spelling_of_the_team_with_more_rows_in_the_files_and_the_plan() -> None:
    words = (Word("DATA_MIGRATION", 3), Word("DATA MIGRATION", 4))
    fewer = name_teams(words, (RIGHT, WRONG), frozenset())
    assert offers(fewer) == [("DATA_MIGRATION", "DATA-MIGRATION", True)]
    of_the_plan = name_teams(words, (RIGHT, WRONG), frozenset(), {"DATA_MIGRATION": 100})
    assert offers(of_the_plan) == [("DATA MIGRATION", "DATA_MIGRATION", True)]


def test_a_team_with_people_or_an_address_is_nobodys_spelling() -> None:
    named = Known("DATA-MIGRATION", "DATA MIGRATION")
    both = name_teams(WORDS, (Known("DATA_MIGRATION", "DATA_MIGRATION"), named), VARIANT)
    assert offers(both) == []
    settled = name_teams(WORDS, (RIGHT, named), VARIANT)
    assert offers(settled) == [("DATA_MIGRATION", "DATA-MIGRATION", True)]


def test_a_chain_of_spellings_ends_at_one_team() -> None:
    known = [Known(code, code, loose=True) for code in ("OPERATIONS", "OPERATION", "OPERATIO")]
    words = (Word("OPERATIONS", 9), Word("OPERATION", 5), Word("OPERATIO", 1))
    names = name_teams(words, known, VARIANT)
    assert names.codes["OPERATION"] == "OPERATIONS"
    assert "OPERATION" not in names.codes.values()


def test_a_type_that_an_import_made_is_offered_again_and_left_when_mended() -> None:
    words = (Word("CHL"), Word("TRT"), Word("XYZQW"))
    as_it_is = name_types(words, ("CHK", "TRT"), frozenset(), {"CHL", "XYZQW"})
    assert offers(as_it_is) == [("CHL", "CHK", True)]
    assert as_it_is.codes == {"CHL": "CHL", "TRT": "TRT", "XYZQW": "XYZQW"}
    mended = name_types(words, ("CHK", "TRT"), frozenset({Repair.UNKNOWN_TYPE}), {"CHL", "XYZQW"})
    assert (mended.codes["CHL"], mended.left, mended.new) == ("CHK", {"CHL"}, {})
