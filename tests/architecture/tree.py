"""What the architecture tests look at: the tree's files and the functions in them."""

import ast
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "tminus"

GENERATED = ("src/tminus/upgrades/versions/", "web/src/api/schema.d.ts")
"""Written by programs, or once and never again."""


@cache
def committed() -> tuple[str, ...]:
    """Every file that is committed, or would be by `git add`, and is there."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(path for path in sorted(filter(None, listed.split("\0"))) if (ROOT / path).is_file())


def files(*folders: str, ends: Sequence[str] = (".py",)) -> list[str]:
    """The committed files below some folders, without the generated ones."""
    return [
        path
        for path in committed()
        if path.startswith(folders) and path.endswith(tuple(ends)) and not path.startswith(GENERATED)
    ]


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def lines_of(path: str) -> int:
    return text_of(path).count("\n")


def functions_of(path: str) -> Iterator[tuple[str, int]]:
    """Yield (place, lines) for each function of a Python file; a docstring is no line of it."""
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            yield f"{path}:{node.lineno} {node.name}", length - _docstring_lines(node)


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is None:
        return 0
    return (first.end_lineno or first.lineno) - first.lineno + 1


def median_and_p90(sizes: Sequence[int]) -> tuple[float, float]:
    return statistics.median(sizes), statistics.quantiles(sizes, n=10)[-1]
