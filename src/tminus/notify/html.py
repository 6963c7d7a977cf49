"""The HTML part of a message, made of its plain text: everything escaped, addresses clickable.

A line in capitals is a heading, lines that begin with `- ` are a list, an address on a line of its own is a button.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'’”]")
_HEADING = re.compile(r"[A-Z][A-Z ’'-]{2,60}")
_PAGE = Markup(
    '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
    '<body style="margin:0;padding:24px;background:#f4f5f7;color:#1c2430;'
    "font:15px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif\">\n"
    '<div style="max-width:640px;margin:0 auto;background:#ffffff;border:1px solid #dde1e7;'
    'border-radius:8px;padding:24px">\n{notice}'
    '<h1 style="margin:4px 0 12px;font-size:21px;line-height:1.3">{title}</h1>\n{body}{foot}</div>\n</body>\n</html>\n'
)
_NOTICE = Markup(
    '<p style="margin:0 0 16px;padding:8px 12px;background:#fff4d6;border-radius:6px">'
    "<strong>Test:</strong> this message was meant for {who}. Nobody else received it.</p>\n"
)
_FOOT = Markup('<p style="margin:20px 0 0;color:#5b6675;font-size:12px;word-break:break-all">{anchor}</p>\n')
_BUTTON = Markup(
    '<p style="margin:8px 0"><a href="{url}" style="display:inline-block;padding:10px 18px;background:#1f5fd0;'
    'color:#ffffff;border-radius:6px;text-decoration:none;font-weight:600">Open</a><br>'
    '<span style="color:#5b6675;font-size:13px;word-break:break-all">{url}</span></p>\n'
)


def html_of(title: str, body: str, instead_of: str | None, anchor: str) -> str:
    """Return the whole HTML document of a message; `anchor` stands small below it."""
    blocks = Markup("").join(_block(one) for one in re.split(r"\n\s*\n", body.strip("\n")))
    notice = _NOTICE.format(who=instead_of) if instead_of else Markup("")
    foot = _FOOT.format(anchor=anchor) if anchor else Markup("")
    return str(_PAGE.format(title=title, notice=notice, body=blocks, foot=foot))


def _block(text: str) -> Markup:
    """One paragraph: its lines by what they are."""
    made, plain = Markup(""), list[str]()
    for line in [*text.split("\n"), None]:
        special = None if line is None else _special(line)
        if line is None or special:
            made += _paragraph(plain)
            plain = []
            made += special or Markup("")
        else:
            plain.append(line)
    return made


def _special(line: str) -> Markup | None:
    bare = line.strip()
    if _URL.fullmatch(bare):
        return _BUTTON.format(url=bare)
    if _HEADING.fullmatch(bare):
        heading = Markup('<h2 style="margin:16px 0 4px;font-size:14px;color:#5b6675">{}</h2>\n')
        return heading.format(bare.capitalize())
    return None


def _paragraph(lines: list[str]) -> Markup:
    lines = [line for line in lines if line.strip()]
    if not lines:
        return Markup("")
    if all(line.startswith("- ") for line in lines):
        items = Markup("").join(Markup("<li>{}</li>\n").format(_linked(line[2:])) for line in lines)
        return Markup('<ul style="margin:4px 0 8px;padding-left:20px">\n{}</ul>\n').format(items)
    words = Markup("\n").join(_linked(line) for line in lines)
    return Markup('<p style="margin:0 0 8px;white-space:pre-wrap">{}</p>\n').format(words)


def _linked(line: str) -> Markup:
    made, end = Markup(""), 0
    for found in _URL.finditer(line):
        made += escape(line[end : found.start()])
        made += Markup('<a href="{0}">{0}</a>').format(found.group())
        end = found.end()
    return made + escape(line[end:])
