"""What the rules about plans ask of one: its parts by code, and every link with whom it leads to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tminus.kernel.network import Link
from tminus.kernel.schedule import Network
from tminus.runbook.domain.findings import Finding, Severity, Subject
from tminus.runbook.domain.plan import Chapter, Dependency, MacroPhase, Plan, Step

Node = Step | Chapter | MacroPhase


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan with its nodes (steps, chapters, macro-phases) by code; `inside` = what each is directly in."""

    plan: Plan
    nodes: dict[str, Node] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)
    rollback: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    """Codes of several nodes: what they name cannot be told."""

    @classmethod
    def of(cls, plan: Plan) -> PlanFacts:
        """Gather the facts of a plan."""
        nodes: dict[str, Node] = {}
        inside: dict[str, str] = {}
        every: list[Node] = [*plan.macro_phases, *plan.chapters(), *plan.steps()]
        counted = Counter(node.code for node in every)
        for phase in plan.macro_phases:
            nodes[phase.code] = phase
            for chapter in phase.chapters:
                nodes[chapter.code] = chapter
                inside[chapter.code] = phase.code
                for step in chapter.steps:
                    nodes[step.code] = step
                    inside[step.code] = chapter.code
        back = [chapter for chapter in plan.chapters() if chapter.rollback]
        rollback = {
            code for chapter in back for code in (chapter.code, *(step.code for step in chapter.steps))
        }
        shared = frozenset(code for code, count in counted.items() if count > 1)
        return cls(plan, nodes, inside, frozenset(rollback), shared)

    def links(self) -> Iterator[tuple[Node, Dependency]]:
        """Every link, with the node that it leads to."""
        for phase in self.plan.macro_phases:
            yield from ((phase, link) for link in phase.after)
            for chapter in phase.chapters:
                yield from ((chapter, link) for link in chapter.after)
                for step in chapter.steps:
                    yield from ((step, link) for link in step.after)

    def around(self, code: str) -> set[str]:
        """Return a node with all that contains it."""
        found = {code}
        while (code := self.inside.get(code, "")) and code not in found:
            found.add(code)
        return found

    def network(self) -> Network[str]:
        """Return the plan as the network that is scheduled, links to nowhere left aside."""
        steps = {step.code: step.duration_seconds for step in self.plan.steps()}
        groups = [code for code in self.nodes if code not in steps]
        links = [
            Link(link.code, node.code, link.lag_seconds, link.kind.value)
            for node, link in self.links()
            if link.code in self.nodes and link.code not in self.around(node.code) | self._within(node.code)
        ]
        return Network(steps, groups, self.inside, links)

    def _within(self, code: str) -> set[str]:
        if isinstance(self.nodes[code], Step):
            return set()
        return {other for other in self.inside if code in self.around(other)}

    def contains(self, outer: str, inner: str) -> bool:
        """Tell whether `inner` is `outer` or in it."""
        return outer in self.around(inner)


def error(code: str, message: str, subject: Subject, suggestion: str | None = None) -> Finding:
    """Return a finding that stops an import or an approval."""
    return Finding(code, Severity.ERROR, message, suggestion, subject=subject)


def warning(code: str, message: str, subject: Subject, suggestion: str | None = None) -> Finding:
    """Return a finding that somebody should know of."""
    return Finding(code, Severity.WARNING, message, suggestion, subject=subject)


def kind_of(node: Node) -> str:
    """Return what the plan file calls such a node."""
    return {Step: "step", Chapter: "chapter", MacroPhase: "macroPhase"}[type(node)]


def subject_of(node: Node, field_: str = "") -> Subject:
    """Return where a finding about a node belongs."""
    return Subject(kind_of(node), node.code, field_)
