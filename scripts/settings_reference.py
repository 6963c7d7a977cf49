"""Write docs/reference/settings.md from the settings' own class: names, defaults, and the words below each.

python -m scripts.settings_reference    used by `make docs`; a test compares the file with this
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from tminus.platform.settings import Settings

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "settings.md"

INTRODUCTION = """# Settings

Written by `make docs` from `src/tminus/platform/settings.py`. Every setting is a variable of the environment, read
once at start. Without any, Tminus runs on one machine with its own database.

| Variable | Default | Meaning |
|---|---|---|"""

HOME = "the user's data folder"
"""The default of `home` is another on each machine."""

PLAIN = {
    "host": "Address a web process listens on.",
    "port": "Port a web process listens on.",
    "smtp_port": "Port of the mail server.",
    "smtp_user": "User at the mail server; empty = no sign-in there.",
    "smtp_password": "Password at the mail server.",
    "smtp_tls": "`none`, `starttls-if-offered`, `starttls` or `tls`.",
    "mail_from": "Sender of the mails.",
    "session_hours": "How long a sign-in lasts.",
}
"""What needs no words where it is declared."""


def page() -> str:
    """Return the whole page."""
    return "\n".join([INTRODUCTION, *rows()]) + "\n"


def rows() -> Iterator[str]:
    """Yield a row for each setting, in the order of the class."""
    words = _words()
    for name in Settings.model_fields:
        yield f"| `TMINUS_{name.upper()}` | {_default(name)} | {words.get(name, '')} |".replace("  |", " |")


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def _default(name: str) -> str:
    if name == "home":
        return HOME
    default = Settings.model_fields[name].default
    shown = default.get_secret_value() if hasattr(default, "get_secret_value") else default
    return f"`{str(shown).lower() if isinstance(shown, bool) else shown}`" if shown not in (None, "") else ""


def _words() -> dict[str, str]:
    """The string below each member of the class."""
    body = ast.parse(inspect.getsource(Settings)).body[0]
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - it is the source of a class
    words = dict(PLAIN)
    for member, below in zip(body.body, body.body[1:], strict=False):
        if isinstance(member, ast.AnnAssign) and isinstance(below, ast.Expr):
            words[ast.unparse(member.target)] = inspect.cleandoc(ast.literal_eval(below.value)).replace(
                "\n", " "
            )
    return words


if __name__ == "__main__":
    main()
