"""What a text of a plan may not hold, wherever it comes from."""

from __future__ import annotations

import re

UNPRINTABLE = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")
"""Control characters but tab and line feed, lone surrogates, and what turns the direction of the text that follows.

A name that turns the rest of a line round shows a code or a state that is not so (Unicode TR36, 3.1).
"""
