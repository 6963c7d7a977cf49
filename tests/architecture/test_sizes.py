"""Files and functions stay small enough to be read at once."""

from itertools import chain

import pytest

from tests.architecture.tree import files, functions_of, lines_of, median_and_p90

STOP = 500
PAGE = (".ts", ".tsx", ".css")


@pytest.mark.parametrize(("folder", "ends"), [("src/tminus/", (".py",)), ("web/src/", PAGE)])
def test_files_are_small(folder: str, ends: tuple[str, ...]) -> None:
    sizes = [lines for path in files(folder, ends=ends) if (lines := lines_of(path))]
    median, p90 = median_and_p90(sizes)
    assert median <= 75
    assert p90 <= 250


def test_functions_are_short() -> None:
    sizes = [lines for path in files("src/tminus/") for _, lines in functions_of(path)]
    median, p90 = median_and_p90(sizes)
    assert median <= 10
    assert p90 <= 30


def test_no_file_is_past_the_stop() -> None:
    code = files("src/", "web/src/", "web/tests/", "tests/", "scripts/", "bench/", ends=(".py", *PAGE))
    assert [path for path in code if lines_of(path) > STOP] == []


def test_no_function_fills_more_than_a_screen() -> None:
    places = chain.from_iterable(functions_of(path) for path in files("src/tminus/", "scripts/"))
    assert [place for place, lines in places if lines > 75] == []
