from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tminus.kernel.durations import format_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("45m", 2_700),
        ("2h 30m", 9_000),
        ("2h30m", 9_000),
        ("1.5h", 5_400),
        ("1,5 h", 5_400),
        ("1h30", 5_400),
        ("1 h 5", 3_900),
        ("2H05", 7_500),
        ("1:30 h", 5_400),
        ("01:30h", 5_400),
        ("90 min.", 5_400),
        ("1 hr. 30 min.", 5_400),
        ("-1h30", -5_400),
        ("90s", 90),
        ("90 sec", 90),
        ("1 hour 5 minutes", 3_900),
        ("2 days", 172_800),
        ("PT45M", 2_700),
        ("pt1h30m", 5_400),
        ("P1DT2H", 93_600),
        ("-5m", -300),
        ("−5m", -300),
        ("+10m", 600),
        ("0m", 0),
        ("PT0S", 0),
    ],
)
def test_what_people_write_is_understood(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "45",
        "soon",
        "m",
        "P",
        "PT",
        "5 mmm",
        "30m 2h",
        "1h 1h",
        "1h75",
        "1.5h30",
        "10m30",
        "1:30",
        "1:75 h",
        "1:5 h",
        "1.",
        "0.5s",
        "--5m",
        "1e3s",
        "9" * 200 + "s",
    ],
)
def test_what_is_no_duration_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a|no duration"):
        parse_duration(text)


def test_the_canonical_text_leaves_out_what_is_zero() -> None:
    assert [format_duration(s) for s in (0, 59, 60, 5_400, 90_061, -300)] == [
        "0m",
        "59s",
        "1m",
        "1h 30m",
        "25h 1m 1s",
        "-5m",
    ]


@given(st.integers(-(10**9), 10**9))
def test_printing_and_reading_gives_the_same_length(seconds: int) -> None:
    assert parse_duration(format_duration(seconds)) == seconds
