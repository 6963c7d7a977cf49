"""Each exception to a rule has its reason beside it."""

import re
import tomllib

from tests.architecture.tree import files, text_of

IGNORES = {
    ".py": re.compile(
        r"#\s*(?:type:\s*ignore|noqa|pragma: no cover)(?:\[[\w, -]+\]|:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?(.*)"
    ),
    ".ts": re.compile(r"(?:eslint-disable[\w-]*|@ts-(?:expect-error|ignore|nocheck))(.*)"),
}
REASON = re.compile(r"[a-z]{4}")
"""A word at least; *same* points at the line above."""


def unexplained(path: str, pattern: re.Pattern[str]) -> list[str]:
    lines = text_of(path).splitlines()
    return [
        f"{path}:{number}: {line.strip()}"
        for number, line in enumerate(lines, 1)
        if (match := pattern.search(line)) and not REASON.search(match[1].partition("--")[2] or match[1])
    ]


def test_ignores_in_python_say_why() -> None:
    places = files("src/", "tests/", "scripts/", "bench/", "hatch_build.py")
    here = "tests/architecture/test_reasons.py"  # the pattern above would find itself
    assert [line for path in places if path != here for line in unexplained(path, IGNORES[".py"])] == []


def test_ignores_in_the_page_say_why() -> None:
    places = files("web/", ends=(".ts", ".tsx", ".js", ".cjs"))
    assert [line for path in places for line in unexplained(path, IGNORES[".ts"])] == []


def test_ignores_in_the_settings_say_why() -> None:
    """Each entry of a list named ignore in pyproject.toml has a comment on its line."""
    lines = text_of("pyproject.toml").splitlines()
    codes = re.compile(r'^\s+"[A-Z]+\d*",(.*)')
    listed = [line for line in lines if (match := codes.match(line)) and not REASON.search(match[1])]
    assert listed == []
    assert tomllib.loads("\n".join(lines))["tool"]["ruff"]["lint"]["ignore"], (
        "the pattern above reads this list"
    )


def test_the_pattern_finds_an_ignore_without_a_reason() -> None:
    python, page = IGNORES[".py"], IGNORES[".ts"]
    bare = [python.search("x = y  # type: ignore[arg-type]"), python.search("f()  # noqa: S101, S603")]
    assert all(match and not REASON.search(match[1]) for match in bare)
    match = page.search("// eslint-disable-next-line no-console -- the last line before the end")
    assert match
    assert REASON.search(match[1].partition("--")[2])
