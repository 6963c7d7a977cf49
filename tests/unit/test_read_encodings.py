"""Lines of a text, whatever encoding and line ends it has, with the line of what cannot be text."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.broken.kit import repeated
from tminus.runbook.readers.encoding.stream import LONGEST_LINE, open_text, text_of_bytes
from tminus.runbook.readers.file_text import Unreadable

TEXT = "Code,Name\r\nTRT-1,Arrêt à 5 €\n\rTRT-2,“x”\r"
LINES = ["Code,Name\r\n", "TRT-1,Arrêt à 5 €\n", "\r", "TRT-2,“x”\r"]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("cp1252", "windows-1252"),
    ],
)
def test_every_encoding_gives_the_same_lines(encoding: str, said: str) -> None:
    stream = open_text(io.BytesIO(TEXT.encode(encoding)))
    assert list(stream) == LINES
    assert stream.encoding == said
    assert bool(stream.finding) is (said == "windows-1252")
    assert text_of_bytes(TEXT.encode(encoding))[:2] == (TEXT, said)


def test_a_guess_shows_the_word_to_look_at_and_its_line() -> None:
    stream = open_text(io.BytesIO(b"Code,Name\n" * 50_000 + "TRT-1,Libération des accès\n".encode("cp1252")))
    assert stream.finding
    assert "“Libération”" in stream.finding.message
    assert stream.finding.line == 50_001


texts = st.text(st.sampled_from('aé€\n\r,"😀 '), max_size=200)


@given(texts, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]), st.integers(0, 3))
def test_nothing_is_lost_at_the_edge_of_a_block(text: str, encoding: str, shift: int) -> None:
    # Blanks bring the text to where one block ends and the next begins.
    size = len(
        "x".encode("utf-16-le" if encoding == "utf-16" else "utf-32-le" if encoding == "utf-32" else "utf-8")
    )
    whole = ("x" * 1023 + "\n") * (256 // size) + text
    whole = whole[4 + shift :] if len(text) > 8 else "x" + whole
    data = whole.encode(encoding)
    assert "".join(open_text(io.BytesIO(data))) == whole
    assert list(open_text(io.BytesIO(data))) == io.StringIO(whole, newline="").readlines()


@pytest.mark.parametrize("bad", ["\0", "\x07", "\x1b", "\ufffe"], ids=ascii)
@pytest.mark.parametrize("before", [3, 200_000])
def test_what_is_no_text_is_told_with_its_line(bad: str, before: int) -> None:
    with pytest.raises(Unreadable) as error:
        list(open_text(io.BytesIO(("a,b\n" * before + f"c{bad}\n").encode())))
    assert (error.value.finding.code, error.value.finding.line) == ("not_text", before + 1)


def test_bytes_of_no_encoding_are_told_with_their_line() -> None:
    with pytest.raises(Unreadable) as error:
        list(open_text(io.BytesIO(b"a\n" * 200_000 + b"\xe9 \x81\n")))
    assert (error.value.finding.code, error.value.finding.line) == ("not_text", 200_001)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_the_longest_line_is_read_and_a_longer_one_is_not(encoding: str) -> None:
    line = "é" + "x" * (LONGEST_LINE - 2) + "\n"
    assert list(open_text(io.BytesIO(("a\n" + line + "b").encode(encoding)))) == ["a\n", line, "b"]
    with pytest.raises(Unreadable) as error:
        list(open_text(io.BytesIO(("a\n" + "x" * (5 * LONGEST_LINE) + "\n").encode(encoding))))
    assert (error.value.finding.code, error.value.finding.line) == ("long_line", 2)


def test_a_line_of_200_mb_is_refused_at_once() -> None:
    content = repeated(b"Code,Name\n", b"x", 200_000_000)()
    with pytest.raises(Unreadable) as error:
        open_text(content)
    assert error.value.finding.code == "long_line"
    assert content.tell() < 8 * LONGEST_LINE


def test_a_file_that_ends_within_a_character_is_cut_off() -> None:
    with pytest.raises(Unreadable) as error:
        open_text(io.BytesIO("Arrêt\nLibé".encode()[:-1]))
    assert error.value.finding.code == "truncated"
    assert list(open_text(io.BytesIO("Libé".encode("cp1252")))) == ["Libé"]
