"""Writes a plan as a plan file; YAML has one value a line and long texts as they are, for git to compare."""

from __future__ import annotations

import json
from typing import Any

import yaml

from tminus.runbook.domain.plan import Plan
from tminus.runbook.domain.plan_canonical import canonical

_DUMPER: type[yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_DUMPER):  # type: ignore[misc,valid-type]  # the C emitter where PyYAML has it, chosen at run time
    """Writes texts of several lines as blocks, and nothing as an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        """Equal values are written twice: a plan file needs no anchors."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if "\n" in text:
        # A last line break spares the reader the `-` behind the `|`; reading takes it off again.
        return dumper.represent_scalar("tag:yaml.org,2002:str", text + "\n", style="|")
    return dumper.represent_scalar("tag:yaml.org,2002:str", text)


_Dumper.add_representer(str, _text)


def plan_as_yaml(plan: Plan) -> str:
    """Return the plan file of a plan, in YAML."""
    return str(yaml.dump(canonical(plan), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**30))


def plan_as_json(plan: Plan) -> str:
    """Return the plan file of a plan, in JSON."""
    return json.dumps(canonical(plan), ensure_ascii=False, indent=2) + "\n"
