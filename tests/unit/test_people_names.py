"""What people, teams and migrations may be called."""

from __future__ import annotations

import pytest

from tminus.kernel.errors import Invalid
from tminus.people.domain.names import clean_code, clean_email, clean_name, clean_zone


def test_an_address_is_kept_in_lower_case() -> None:
    assert clean_email(" Dana.O'Neil@ERP.example ") == "dana.o'neil@erp.example"
    assert clean_email("jörg@münchen.example") == "jörg@münchen.example"


@pytest.mark.parametrize(
    "text",
    ["", "dana", "@erp.example", "dana@", "a@b@c", "a b@c", "a@b\nBcc: x@y", "a@b,c@d", "x" * 251 + "@y.z"],
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(Invalid):
        clean_email(text)


@pytest.mark.parametrize("text", ["", "   ", "a\nb", "x" * 101, "zero\x00"])
def test_what_is_no_name(text: str) -> None:
    with pytest.raises(Invalid):
        clean_name(text, "person")


def test_a_name_loses_the_blanks_around_it() -> None:
    assert clean_name("  Dana O'Neil ", "person") == "Dana O'Neil"


@pytest.mark.parametrize("text", ["", "-a", "a/b", "a b", "ä", "x" * 61, "a?"])
def test_what_is_no_code(text: str) -> None:
    with pytest.raises(Invalid):
        clean_code(text, "team")


def test_a_code_fits_into_an_address() -> None:
    assert clean_code("DBA-2.x_1", "team") == "DBA-2.x_1"


def test_a_zone_is_an_iana_name() -> None:
    assert clean_zone("Europe/Berlin") == "Europe/Berlin"
    for text in ("CEST", "../../etc/passwd", ""):
        with pytest.raises(Invalid):
            clean_zone(text)
