from __future__ import annotations

import json
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tminus.runbook.domain.findings import Finding, Severity
from tminus.runbook.domain.plan import STANDARD_TYPES, Dependency, Plan
from tminus.runbook.domain.plan_canonical import document_hash
from tminus.runbook.domain.plan_check import check_plan
from tminus.runbook.domain.plan_diff import diff
from tminus.runbook.domain.plan_merge import merge
from tminus.runbook.domain.plan_patch import ABSENT
from tminus.runbook.readers.plan_file import read_plan_file
from tminus.runbook.readers.plan_format import OBJECTS, Kind

HEAD = """\
tminus: 1
plan: {name: Night}
teams:
  - {code: DBA, name: Databases, email: dba@adventure-works.example}
macroPhases:
  - code: A
    name: Prepare
    chapters:
      - code: A1
        name: Freeze
        steps:
"""
STEP = "          - {code: TRT-10, name: Freeze, team: DBA, duration: 5m}\n"


def found(text: str | bytes, base: Plan | None = None) -> list[Finding]:
    """Everything an import would find, as its preview lists it."""
    file = read_plan_file("night.yaml", text.encode() if isinstance(text, str) else text)
    if file.patch:
        merged = merge(base, file.patch)
        for finding in (*merged.findings, *check_plan(merged.plan)):
            file.collector.add(finding)
    return list(file.findings)


def said_whole(text: str) -> None:
    """Take a file all the way an import goes: its preview, its difference, its hash."""
    file = read_plan_file("night.yaml", text.encode())
    if file.patch is None:
        return
    plan = merge(None, file.patch).plan
    check_plan(plan)
    diff(Plan(plan.name), plan, new_plan=True)
    document_hash(plan)


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


def read(text: str) -> Plan:
    file = read_plan_file("night.yaml", text.encode())
    assert not file.findings
    assert file.patch
    return merge(None, file.patch).plan


def test_a_plan_file_becomes_a_plan() -> None:
    plan = read(
        HEAD
        + STEP
        + """\
          - code: IGO-20
            type: IGO
            name: Go?
            after: [{code: TRT-10, lag: -1m}]
          - code: TRT-30
            name: Copy
            duration: PT1H30M
            instructions: |
              First this.
              Then that.
            after: [IGO-20, TRT-10]
            tasks: [{code: TRT-30-1, title: Look, required: false}]
"""
    )
    freeze, gate, copy = plan.steps()
    assert (freeze.team, freeze.duration_seconds, freeze.type) == ("DBA", 300, STANDARD_TYPES["TRT"])
    assert gate.after == (Dependency("TRT-10", lag_seconds=-60),)
    assert copy.after == (Dependency("IGO-20"), Dependency("TRT-10"))
    assert (copy.duration_seconds, copy.instructions) == (5_400, "First this.\nThen that.")
    assert copy.tasks[0].required is False


def test_json_is_read_by_its_content_tabs_pairs_and_byte_order_mark_included() -> None:
    text = (
        '\ufeff{"tminus":1,"plan":{"name":"Night \\ud83d\\ude80"},\n\t'
        '"macroPhases":[{"code":"A","name":"P\\/Q",'
        '"chapters":[{"code":"A1","name":"C","steps":[{"code":"S-1","name":"\\u00e9","team":null}]}]}]}'
    )
    plan = read(text)
    assert plan.name == "Night 🚀"
    assert (plan.macro_phases[0].name, next(plan.steps()).name) == ("P/Q", "é")


def test_a_key_that_is_absent_is_told_from_one_that_is_null() -> None:
    file = read_plan_file(
        "x", (HEAD + "          - {code: S-1, name: N, team: null, instructions: }\n").encode()
    )
    assert file.patch
    step = file.patch.macro_phases[0].chapters[0].steps[0]
    assert (step.team, step.instructions, step.duration_seconds) == (None, "", ABSENT)


@pytest.mark.parametrize(
    ("step", "code", "column", "said", "suggested"),
    [
        ("{code: TRT-10, name: N, tema: DBA, duration: 5m}", "unknown_field", 37, "“tema”", "“team”"),
        ("{code: TRT-10, name: N, team: DBX, duration: 5m}", "unknown_team", 43, "“DBX”", "“DBA”"),
        ("{code: TRT-10, name: N, team: DBA, duration: -5m}", "negative_duration", 58, "-5m", None),
        ("{code: TRT-10, name: N, team: DBA, duration: 45}", "wrong_type", 58, "“45”", "“45m”"),
        ("{code: TRT-10, name: N, team: DBA, duration: [1]}", "wrong_type", 58, "list", None),
        ("{code: TRT-10, name: {a: b}, team: DBA, duration: 5m}", "wrong_type", 34, "several keys", None),
        (
            "{code: TRT-10, name: N, autoActivate: yes, team: DBA, duration: 5m}",
            "wrong_type",
            51,
            "yes",
            "true",
        ),
        ("{code: TRT-10, name: N, type: TRTT, team: DBA, duration: 5m}", "unknown_type", 43, "“TRTT”", "TRT"),
        (
            "{code: TRT-10, name: N, type: ABC, team: DBA, duration: 5m}",
            "unknown_type",
            43,
            "“ABC”",
            "TRT, PRE",
        ),
        ("{code: TRT 10, name: N, team: DBA, duration: 5m}", "bad_code", 20, "“TRT 10”", "“TRT-10”"),
        ("{code: TRT-10, team: DBA, duration: 5m}", "missing_field", 13, "no “name”", None),
        ("{code: TRT-10, name: N, name: M, team: DBA, duration: 5m}", "duplicate_key", 37, "line 12", "one"),
        ("{name: N, team: DBA, duration: 5m}", "missing_field", 13, "no “code”", None),
        ("{code: TRT-10, name: N, team: DBA, duration: 800d}", "too_long", 58, "a year", None),
        ('{code: TRT-10, name: "a\\0b", team: DBA, duration: 5m}', "not_text", 34, "U+0000", None),
        ("just a text", "wrong_type", 13, "step", None),
    ],
)
def test_each_defect_of_a_step_is_a_finding_with_its_place_and_sentence(
    step: str, code: str, column: int, said: str, suggested: str | None
) -> None:
    text = HEAD + f"          - {step}\n"
    finding = only(found(text))
    said_whole(text)
    assert (finding.code, finding.severity, finding.file) == (code, Severity.ERROR, "night.yaml")
    assert (finding.line, finding.column) == (12, column)
    assert said in finding.message
    assert (suggested or "") in (finding.suggestion or "")


def test_an_unknown_predecessor_is_named_with_the_nearest_code() -> None:
    finding = only(
        found(HEAD + STEP + "          - {code: TRT-20, name: N, team: DBA, duration: 5m, after: [TRT-1O]}\n")
    )
    assert (finding.code, finding.line, finding.column) == ("unknown_predecessor", 13, 70)
    assert (
        finding.message == "TRT-20 waits for “TRT-1O”, which is no step, chapter or macro-phase of this plan."
    )
    assert finding.suggestion == "Did you mean “TRT-10”?"


def test_a_cycle_is_printed_as_its_path() -> None:
    steps = "".join(
        f"          - {{code: {code}, name: N, team: DBA, duration: 5m, after: [{after}]}}\n"
        for code, after in (("S-A", "S-C"), ("S-B", "S-A"), ("S-C", "S-B"))
    )
    finding = only(found(HEAD + steps))
    assert finding.code == "cycle"
    assert "S-A → S-B → S-C → S-A" in finding.message
    assert finding.line in (12, 13, 14)


def test_a_duplicate_code_names_both_lines() -> None:
    finding = only(found(HEAD + STEP + STEP))
    assert (finding.code, finding.line) == ("duplicate_code", 13)
    assert finding.message == "Step “TRT-10” is there twice; first on line 12."


def test_what_is_no_kind_of_link_is_refused_in_words_not_ignored() -> None:
    link = "[{code: TRT-10, kind: XX}]"
    finding = only(
        found(
            HEAD + STEP + f"          - {{code: TRT-20, name: N, team: DBA, duration: 5m, after: {link}}}\n"
        )
    )
    assert finding.code == "unknown_kind"
    assert finding.suggestion == "Write FS, SS, FF or SF; FS may be left out."


def test_the_same_link_twice_is_a_finding() -> None:
    twice = "[TRT-10, {code: TRT-10, lag: 5m}]"
    step = f"          - {{code: TRT-20, name: N, team: DBA, duration: 5m, after: {twice}}}\n"
    assert only(found(HEAD + STEP + step)).code == "duplicate_link"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "empty", 1),
        ("# only a comment\n", "empty", 1),
        ("a: b: c\n", "syntax", 1),
        ("tminus: 1\nplan: {name: N\nteams: [}\n", "syntax", 3),
        ('{"tminus": 1, "plan": {"name": "N"},}x', "syntax", 1),
        ("tminus: 2\nplan: {name: N}\n", "unsupported_format", 1),
        ("plan: {name: N}\n", "missing_field", 1),
        ("tminus: 1\n", "missing_field", 1),
        ("- a\n- b\n", "wrong_type", 1),
        ("tminus: 1\nplan: {name: N}\n---\ntminus: 1\n", "several_documents", 3),
        ("tminus: 1\nplan: !!python/object:os.system {name: N}\n", "unknown_tag", 2),
        (
            "tminus: 1\nplan: {name: N}\nmigration: {key: K, name: N, zone: Europe/Pariss}\n",
            "unknown_zone",
            3,
        ),
        ("tminus: 1\nplan: {name: N}\nteams: [{code: T, name: N, email: nobody}]\n", "bad_email", 3),
        ("tminus: 1\nplan: {name: N}\nplan2: &a [*a]\n", "too_large", 3),
        ("tminus: 1\nplan: {name: *nothing}\n", "syntax", 2),
        ("tminus: 1\nplan: " + "[" * 30 + "\n", "too_deep", 2),
    ],
)
def test_what_is_no_plan_file_is_refused_with_its_line(text: str, code: str, line: int) -> None:
    errors = [finding for finding in found(text) if finding.is_error]
    assert [(finding.code, finding.line) for finding in errors] == [(code, line)]


def test_ten_aliases_of_ten_aliases_are_refused_before_they_unfold() -> None:
    lines = ["tminus: 1", "plan: {name: N}", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 12)]
    began = time.perf_counter()
    finding = only(found("\n".join(lines)))
    assert (finding.code, finding.line) == ("too_large", 8)
    assert time.perf_counter() - began < 2


def test_deep_nesting_neither_recurses_nor_takes_long() -> None:
    began = time.perf_counter()
    for deep in ("[" * 3_000_000, "- " * 3_000_000, '{"a":' * 1_000_000, "? " * 1_000_000):
        assert only(found(deep)).code in ("too_deep", "syntax")
    assert time.perf_counter() - began < 10


def test_twenty_megabytes_of_values_end_in_bounded_time() -> None:
    began = time.perf_counter()
    assert only(found("- a\n" * (5 * 1024 * 1024))).code == "too_large"
    assert time.perf_counter() - began < 30


def test_fifty_megabytes_of_garbage_are_refused_before_they_are_parsed() -> None:
    garbage = bytes(range(256)) * (50 * 4096)
    tracemalloc.start()
    try:
        finding = only(found(garbage))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (finding.code, finding.severity) == ("too_large", Severity.ERROR)
    assert "20 MB" in finding.message
    assert peak < 1024 * 1024


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00t\x00m", b"PK\x03\x04\x00", b"tminus: 1\nplan: \x80", b"\x7fELF", b"a: \x00"]
)
def test_what_is_not_text_is_called_that(data: bytes) -> None:
    finding = only(found(data))
    assert finding.code == "not_text"
    assert finding.line == data.count(b"\n") + 1


def test_all_findings_come_at_once_in_the_order_of_their_lines() -> None:
    text = (
        HEAD
        + STEP
        + "          - {code: TRT-10, nmae: N}\n          - {code: TRT-20, name: N, team: X, after: [Y]}\n"
    )
    assert [(finding.code, finding.line) for finding in found(text)] == [
        ("duplicate_code", 13),
        ("unknown_field", 13),
        ("no_duration", 14),
        ("unknown_team", 14),
        ("unknown_predecessor", 14),
    ]


def test_more_than_a_thousand_findings_are_cut_and_it_is_said() -> None:
    text = "tminus: 1\nplan: {name: N}\n" + "".join(f"x{n}: 1\n" for n in range(1_500))
    findings = found(text)
    assert len(findings) == 1_001
    assert findings[-1].code == "too_many_findings"
    assert "500 more" in findings[-1].message


def test_any_number_of_warnings_stops_nothing_and_hides_no_error() -> None:
    many = "".join(f"          - {{code: S-{n}, name: N}}\n" for n in range(1_200))
    findings = found(HEAD + many)
    assert len(findings) == 1_001
    assert not any(finding.is_error for finding in findings)
    last = "          - {code: S-X, name: N, team: NOBODY, duration: 1m}\n"
    assert [finding.code for finding in found(HEAD + many + last) if finding.is_error] == [
        "unknown_team",
        "too_many_findings",
    ]


_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["ABC", "TRT", "FS", "SS", "5m", "-5m", "9e9h", "P1Y", "TRT-10", "A", "no", "~", "1.5"])
)
_ANYTHING = (
    _LEAVES | st.lists(_LEAVES, max_size=2) | st.dictionaries(st.text(max_size=4), _LEAVES, max_size=2)
)


def _right_looking(kind: str) -> st.SearchStrategy[object]:
    """An object with this kind's keys, some of them holding what they should not."""
    inside: dict[str, st.SearchStrategy[object]] = {}
    for field in OBJECTS[kind]:
        of = _right_looking(field.of) if field.of else st.nothing()
        good = of if field.kind is Kind.OBJECT else st.lists(of, max_size=2) if field.of else st.nothing()
        inside[field.key] = st.one_of(good, good, _ANYTHING) if field.of else _ANYTHING
    return st.fixed_dictionaries({}, optional=inside) | st.fixed_dictionaries(inside)


@given(_right_looking("file"))
@settings(max_examples=300, deadline=None)
def test_no_value_of_the_wrong_kind_is_more_than_a_finding(document: object) -> None:
    said_whole(json.dumps(document))


@pytest.mark.parametrize("nothing", ["null", "", "~"])
def test_a_type_or_kind_that_is_nothing_is_the_usual_one(nothing: str) -> None:
    step = f"{{code: TRT-20, name: N, team: DBA, duration: 5m, type: {nothing}, after: "
    plan = read(HEAD + STEP + f"          - {step}[{{code: TRT-10, kind: {nothing}}}]}}\n")
    assert document_hash(plan) == document_hash(
        read(HEAD + STEP + "          - {code: TRT-20, name: N, team: DBA, duration: 5m, after: [TRT-10]}\n")
    )
