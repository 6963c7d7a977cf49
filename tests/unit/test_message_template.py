"""What a user's template may say, and that each rule of the sandbox holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError, UndefinedError

import tminus.notify
from tminus.notify.domain import sandbox
from tminus.notify.domain.template import MOST_OUTPUT, Unusable, environment, fault_in, fill
from tminus.notify.domain.words import empty, examples
from tminus.notify.html import html_of
from tminus.notify.texts import Envelope, built_in, finished
from tminus.runbook.domain.occasion import Occasion, Wording

A = Occasion.ACTIVATED


def fault(body: str, subject: str = "{{ code }}") -> str:
    """The fault's words; empty = none."""
    found = fault_in(A, Wording(subject, body))
    return found.words if found else ""


@pytest.mark.parametrize("occasion", Occasion)
def test_each_built_in_template_keeps_the_rules_and_fills_even_with_nothing_known(occasion: Occasion) -> None:
    assert fault_in(occasion, built_in(occasion)) is None
    assert fill(built_in(occasion), examples(occasion)).body
    assert fill(built_in(occasion), empty(occasion)).subject


def test_there_is_a_built_in_template_for_each_occasion_and_no_other() -> None:
    folder = Path(tminus.notify.__file__).parent / "templates"
    assert {path.name for path in folder.iterdir()} == {
        f"{one.value}.{part}.j2" for one in Occasion for part in ("subject", "txt")
    }


@pytest.mark.parametrize(
    "body",
    [
        "Hello {{ team }}, {{ note or 'nothing to add' }}",
        "{% if attempt > 1 %}Again{% elif not before %}First{% endif %}",
        "{% for one in before %}{{ loop.index }} {{ one.code }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "{% for task in tasks if task.required %}{{ task.title | upper }}{% else %}none{% endfor %}",
        "{{ instructions | indent(4) | upper }}",
        "{{ phone | default('none') }} {# a remark #}",
    ],
)
def test_what_a_template_may_say(body: str) -> None:
    assert fault(body) == ""


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("{{ code.__class__ }}", "There is no “__class__” in “code”"),
        ("{{ ''.__class__.__mro__ }}", "There is no “__mro__” in “this”"),
        ("{{ before.append }}", "There is no “append” in “before”"),
        ("{% for b in before %}{{ b.items }}{% endfor %}", "There is no “items” in “b”"),
        ("{% for b in before %}{{ b['code'] }}{% endfor %}", "may not use a subscript"),
        ("{{ lipsum(n=10000) }}", "may not use a call"),
        ("{{ code.upper() }}", "may not use a call"),
        ("{{ self }}", "There is no word “self”"),
        ("{% for x in range(999999999) %}{% endfor %}", "A loop may only walk through before and tasks"),
        ("{% for x in 'aaaa' %}{% endfor %}", "A loop may only walk through"),
        ("{% for a in tasks %}{% for b in tasks %}{% endfor %}{% endfor %}", "may not stand in another"),
        ("{% for a in tasks recursive %}{% endfor %}", "A loop may only walk through"),
        ("{% for a in tasks %}{% endfor %}" * 11, "10 loops; this one has 11"),
        ("{% include 'a' %}", "may not use “include”"),
        ("{% import 'a' as a %}", "may not use “import”"),
        ("{% from 'a' import b %}", "may not use “import”"),
        ("{% extends 'a' %}", "may not use “extends”"),
        ("{% block a %}{% endblock %}", "may not use “block”"),
        ("{% macro a() %}{% endmacro %}", "may not use “macro”"),
        ("{% set a = code %}", "may not use “set”"),
        ("{% set a %}x{% endset %}", "may not use “set”"),
        ("{{ code * 99999999 }}", "may not use “*”"),
        ("{{ 9 ** 99999 }}", "may not use “**”"),
        ("{{ code ~ code }}", "may not use “~”"),
        ("{{ code | replace('a', instructions) }}", "The filter “replace” is not there"),
        ("{{ code | indent(99999999) }}", "The filter “indent” is not there, or not in this way"),
        ("{{ code | indent(attempt) }}", "The filter “indent” is not there, or not in this way"),
        ("{{ code | indent(40) | indent(40) | indent(40) | indent(40) }}", "At most 3 filters"),
        ("{{ code | attr('__class__') }}", "The filter “attr” is not there"),
        ("{{ tasks | map(attribute='title') | first }}", "The filter “map” is not there"),
        ("{% filter upper %}a{% endfilter %}", "may not use"),
        ("a\n{{ nmae }}", "There is no word “nmae” here. Did you mean “name”?"),
        ("x" * (sandbox.MOST_SOURCE + 1), "at most 20,000"),
        ("{{" + "(" * 5000 + "1" + ")" * 5000 + "}}", "nested too deeply"),
    ],
)
def test_what_it_may_not_say(body: str, words: str) -> None:
    assert words in fault(body)
    assert fault(body)


def test_a_fault_has_its_line_and_its_part() -> None:
    found = fault_in(A, Wording("Go", "one\ntwo\n{% if %}"))
    assert found
    assert found.line == 3
    found = fault_in(A, Wording("{{ cod }}", "fine"))
    assert found
    assert found.words.startswith("In the subject: There is no word “cod”")
    assert fault_in(A, Wording("{% if False %}x{% endif %}", "fine")) is not None


def test_a_step_is_no_word_of_a_hold() -> None:
    assert fault_in(Occasion.HOLD, Wording("Hold", "{{ code }}")) is not None


def test_beneath_the_rules_the_sandbox_itself_holds() -> None:
    """As if the rules were not there: what fills templates lets nobody out."""
    with pytest.raises(SecurityError):
        environment().from_string("{{ x.__class__.__subclasses__() }}").render(x="")
    with pytest.raises(SecurityError):
        environment().from_string("{{ x.append(1) }}").render(x=[])
    for name in ("range", "lipsum", "cycler", "namespace"):
        with pytest.raises(UndefinedError):
            environment().from_string("{{ " + name + "() }}").render()


def test_output_is_cut_off_before_it_fills_the_memory() -> None:
    many = [{"code": "x" * 1000, "title": "", "instructions": "", "required": True, "team": ""}] * 1000
    with pytest.raises(Unusable, match="more than 200,000"):
        fill(Wording("s", "{% for t in tasks %}{{ t.code }}{% endfor %}"), {"tasks": many})
    assert len("x" * 1000 * 200) == MOST_OUTPUT


def test_a_gap_is_an_error_never_a_blank() -> None:
    with pytest.raises(Unusable, match="note"):
        fill(Wording("s", "{{ note }}"), {})


def test_html_is_made_of_the_text_with_nothing_of_it_taken_for_html() -> None:
    html = html_of(
        "A <b>", "WHY NOW\nBecause <i>\n- one\n- two & three\n\nhttps://t.example/a?b=1&c=2", None, ""
    )
    assert "<h1" in html
    assert "A &lt;b&gt;" in html
    assert "Why now</h2>" in html
    assert "Because &lt;i&gt;" in html
    assert 'href="https://t.example/a?b=1&amp;c=2"' in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", 'https://a"onclick="x'])
def test_nothing_but_the_web_is_a_link(url: str) -> None:
    html = html_of("s", f"see {url} there", None, "")
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert 'onclick="x' not in html


def test_the_deep_link_and_the_notice_of_a_test_stand_whatever_the_template_says() -> None:
    text = finished(Wording("Go", "Begin."), Envelope("https://t.example/s", "1 2 ab", "dana@erp.example"))
    assert text.subject == "[TEST for dana@erp.example] Go"
    assert text.plain.startswith("TEST: this message was meant for dana@erp.example.")
    assert text.plain.endswith("Begin.\n\nhttps://t.example/s\n\nLog anchor: 1 2 ab\n")
    assert "https://t.example/s" in text.html
    assert "was meant for dana@erp.example" in text.html
