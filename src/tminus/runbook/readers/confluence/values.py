"""One field of a Confluence page, whatever type it came in, to a text or a list of texts as written."""

from __future__ import annotations

import re
from typing import Any

from tminus.runbook.domain.findings import Finding, Severity, Subject
from tminus.runbook.readers.confluence.text import LONGEST_TEXT, text_of_value
from tminus.runbook.readers.plan_values import BadValue

LONGEST_CODE = 60
"""Characters of a type and a number together; a code of a plan has as many at most."""

_BETWEEN = re.compile("[,;\n]")
_WHOLE = re.compile(r"([+-]?\d+)\.0+")


class Values:
    """The fields of one object; what is wrong with one is added to `found`, and it counts as not given."""

    def __init__(self, said: dict[str, Any], row: int, kind: str, found: list[Finding]) -> None:
        self.said = said
        self._row = row
        self._kind = kind
        self.found = found
        self.code = ""
        self.given: list[str] = []

    def text(self, key: str, *attributes: str, longest: int = LONGEST_TEXT) -> str | None:
        """Return the text of a key, trimmed; None where it is empty, absent or no text.

        `attributes` are noted as given where the key is there with a text or with nothing.
        """
        if key not in self.said:
            return None
        text = self._plain(key, self.said[key], longest)
        if text is not None:
            self.given += attributes
        return text or None

    def texts(self, key: str, attribute: str) -> tuple[str, ...]:
        """Return the texts of a list, or of one text with `,`, `;` or line ends between them."""
        if key not in self.said:
            return ()
        value = self.said[key]
        parts = value if isinstance(value, list) else [value]
        known = [text for part in parts if (text := self._plain(key, part, LONGEST_TEXT)) is not None]
        if attribute and (known or not parts):
            self.given.append(attribute)
        split = (text.strip() for part in known for text in _BETWEEN.split(part))
        return tuple(dict.fromkeys(text for text in split if text))

    def number(self, key: str) -> str | None:
        """Return a number as a text without `.0`; None where there is none."""
        text = self.text(key, longest=LONGEST_CODE)
        whole = _WHOLE.fullmatch(text or "")
        return whole[1] if whole else text

    def error(self, code: str, key: str, message: str, suggestion: str | None = None) -> Finding:
        """Return an error about a key of this object."""
        subject = Subject(self._kind, self.code, key)
        return Finding(code, Severity.ERROR, message, suggestion, row=self._row, subject=subject)

    def _plain(self, key: str, value: Any, longest: int) -> str | None:
        try:
            return text_of_value(key, value, longest)
        except BadValue as bad:
            self.found.append(self.error(bad.code, key, bad.message, bad.suggestion))
            return None
