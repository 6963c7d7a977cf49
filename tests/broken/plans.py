"""Plan files (YAML, JSON), Markdown checklists and MS Project files that are broken."""

from __future__ import annotations

from collections.abc import Iterator

from tests.broken.kit import Broken, repeated

_SPACE = b'xmlns="http://schemas.microsoft.com/project"'
_PLAN = b"tminus: 1\nplan:\n  name: Night\nmacroPhases: []\n"


def plans() -> Iterator[Broken]:
    bomb = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (98 + n, 98 + n, b", ".join([b"*%c" % (97 + n)] * 9)) for n in range(12)
    )
    yield Broken("bomb.yaml", _PLAN + bomb, "nine to the twelfth", "too_large")
    yield Broken("tag.yaml", _PLAN + b"teams: !!python/object/apply:os.system [ls]\n", "a tag", "unknown_tag")
    yield Broken("tabs.yaml", b"tminus: 1\nplan:\n\tname: Night\n", "tabs", "syntax")
    yield Broken("deep.yaml", _PLAN + b"teams: " + b"[" * 500 + b"]" * 500, "500 levels", "too_deep")
    yield Broken("two.yaml", _PLAN + b"---\n" + _PLAN, "two documents", "several_documents")
    yield Broken("twice.yaml", _PLAN + b"macroPhases: []\n", "a key twice", "duplicate_key")
    yield Broken(
        "future.yaml", _PLAN.replace(b"tminus: 1", b"tminus: 9"), "a later format", "unsupported_format"
    )
    yield Broken("cut.json", b'{"tminus": 1, "plan": {"name": "Nig', "cut off", "syntax")
    yield Broken("list.json", b"[1, 2, 3]", "a list of numbers", "wrong_type")
    yield Broken("types.json", b'{"tminus": 1, "plan": [], "macroPhases": {}}', "wrong types", "wrong_type")
    yield Broken(
        "large.json", repeated(b'{"plan": {"name": "', b"x", 30_000_000, b'"}}'), "30 MB", "too_large"
    )


def checklists() -> Iterator[Broken]:
    yield Broken("none.md", b"# Night\n\n## Friday\n\nNothing yet.\n", "no tick box", "no_steps")
    yield Broken("duration.md", b"- [ ] Stop (1h75)\n", "a duration that is none", "bad_duration")
    yield Broken("negative.md", b"- [ ] Stop (-5m)\n", "a negative duration", "bad_duration")
    yield Broken("year.md", b"- [ ] Stop (9000h)\n", "more than a year", "bad_duration")
    yield Broken("ticked.md", b"- [x] Stop (5m)\n- [X] Start\n", "ticked", "ticked_already")
    yield Broken("untitled.md", b"- [ ] (5m) @CORE\n- [ ]\n", "no title", "missing_value")
    yield Broken("bullet.md", b"- [ ] Stop\n- Start\n", "a bullet without a box", "not_a_step")
    yield Broken("turned.md", "- [ ] Stop \u202etrats\n".encode(), "text that turns direction", "not_text")
    yield Broken("deep.md", b"## A\n### B\n#### C\n- [ ] Stop\n", "four levels", "too_deep")
    yield Broken(
        "task.md", b"- [ ] Stop\n  - [ ] Queue (5m) after: X\n", "a task that waits", "not_of_a_task"
    )
    yield Broken("tasks.md", b"- [ ] Stop\n" + b"  - [ ] More\n" * 2_001, "2,001 tasks", "too_many_tasks")
    yield Broken("long.md", b"- [ ] " + b"x" * 70_000 + b"\n", "a title of 70,000 characters", "too_long")
    yield Broken(
        "text.md", b"- [ ] Stop\n" + b"  more and more\n" * 5_000, "instructions of 70 kB", "too_long"
    )
    fence = b"- [ ] Stop\n  ```\n  - [ ] no step\n"
    yield Broken("fence.md", fence, "a fence that is never closed", None)
    yield Broken("nul.md", b"- [ ] Stop\n" * 7_000 + b"\0", "a NUL far down", "not_text")
    yield Broken("line.md", repeated(b"- [ ] Stop\n", b"x", 90_000_000), "a line of 90 MB", "long_line")
    yield Broken("blanks.md", b"- [ ] Stop\n# a" + b" " * 900_000 + b"b\n", "a heading of blanks", None)


def projects() -> Iterator[Broken]:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    head = b'<?xml version="1.0"?>'
    bomb = (
        head
        + b'<!DOCTYPE Project [<!ENTITY l0 "lol">'
        + laughs
        + b"]><Project %s><Name>&l9;</Name></Project>"
    )
    yield Broken("laughs.xml", bomb % _SPACE, "billion laughs", "unsafe_xml")
    xxe = (
        head
        + b'<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project %s><Name>&x;</Name></Project>'
    )
    yield Broken("xxe.xml", xxe % _SPACE, "an entity from outside", "unsafe_xml")
    task = b"<Task><UID>1</UID><ID>1</ID><Name>Stop</Name><OutlineLevel>1</OutlineLevel>%s</Task>"
    whole = head + b"<Project %s><Name>P</Name><StartDate>2026-11-21T18:00:00</StartDate><Tasks>" % _SPACE
    end = b"</Tasks></Project>"
    yield Broken("cut.xml", whole + task % b"", "cut off", "not_xml")
    yield Broken("deep.xml", whole + b"<a>" * 5_000 + b"</a>" * 5_000 + end, "5,000 levels", "too_deep_xml")
    wrong = task % b"<Duration>soon</Duration>"
    yield Broken("duration.xml", whole + wrong + end, "a duration that is none", "bad_duration")
    missing = task % b"<PredecessorLink><PredecessorUID>99</PredecessorUID><Type>7</Type></PredecessorLink>"
    yield Broken("type.xml", whole + missing + end, "a link of no type", "bad_link")
    yield Broken("tag.xml", repeated(whole + b"<a", b" ", 50_000_000), "a tag of 50 MB", "line_too_long")
    itself = task % b"<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type></PredecessorLink>"
    yield Broken(
        "self.xml", whole + itself + end, "a step that waits for itself", "self_predecessor", "check"
    )
