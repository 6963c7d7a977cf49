"""The outermost keys of a JSON text, from its beginning alone: the text may be cut off anywhere."""

from __future__ import annotations

import re

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(:)?|[{}\[\]]', re.DOTALL)


def keys_of(text: str) -> set[str]:
    """Return the keys of the object, or of the objects in the list, that the text begins with."""
    bare = text.lstrip()
    if not bare.startswith(("{", "[")):
        return set()
    # In a list the objects are one level further in.
    depth, at = 0, 1 if bare[0] == "{" else 2
    keys: set[str] = set()
    for token in _TOKEN.finditer(bare):
        if token[2]:
            if depth == at:
                keys.add(token[1])
        elif token[0] in "{[":
            depth += 1
        elif token[0] in "}]":
            depth -= 1
    return keys
