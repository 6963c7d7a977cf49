"""Reads a plan file: YAML or JSON by what is in it, whatever its name.

bytes → text (`file_text`) → tree (`nodes`) → what the file says (`PlanPatch`), with every finding of every
line at once. What the file says is not yet a plan: that takes the plan it is about (`domain.plan_merge`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tminus.runbook.domain.findings import Finding, Place, Severity, Subject, did_you_mean
from tminus.runbook.domain.plan import Dependency, LinkKind, MigrationRef
from tminus.runbook.domain.plan_patch import (
    ApplicationPatch,
    ChapterPatch,
    ControlPatch,
    EnvironmentPatch,
    EnvironmentRolePatch,
    MacroPhasePatch,
    PlanPatch,
    StepPatch,
    TaskPatch,
    TeamPatch,
    TypePatch,
)
from tminus.runbook.readers.collector import Collector
from tminus.runbook.readers.file_text import Unreadable, text_of
from tminus.runbook.readers.nodes import Mapping, Node, Scalar, Sequence, tree_of
from tminus.runbook.readers.plan_format import OBJECTS, Field, Kind
from tminus.runbook.readers.plan_values import BadValue, is_null, value_of, words_of

_MAKE: dict[str, Callable[..., Any]] = {
    "application": ApplicationPatch,
    "environment": EnvironmentPatch,
    "environmentRole": EnvironmentRolePatch,
    "type": TypePatch,
    "control": ControlPatch,
    "team": TeamPatch,
    "macroPhase": MacroPhasePatch,
    "chapter": ChapterPatch,
    "step": StepPatch,
    "task": TaskPatch,
}
_WORDS = {
    "macroPhase": "macro-phase",
    "file": "plan file",
    "type": "step type",
    "environmentRole": "environment role",
}


_LISTS = ("teams", "applications", "environments", "environment_roles", "types", "controls", "macro_phases")


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A file that was read: what it says (None where nothing could be made of it) and what was found.

    `collector` knows the places, for findings made later.
    """

    patch: PlanPatch | None
    collector: Collector

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found so far, by line."""
        return self.collector.all()


def read_plan_file(name: str, data: bytes) -> PlanFile:
    """Read the bytes of a plan file; never raises for what is in them."""
    collector = Collector(name)
    try:
        root = tree_of(text_of(data))
    except Unreadable as error:
        collector.add(error.finding)
        return PlanFile(None, collector)
    return PlanFile(_Reader(collector).plan(root), collector)


class _Reader:
    def __init__(self, collector: Collector) -> None:
        self._found = collector
        self._places = collector.places
        self._within = Subject("file", "")

    def plan(self, root: Node) -> PlanPatch | None:
        said = self._object(root, "file", Subject("file", ""))
        if said is None or said.get("plan") is None:
            return None
        about: dict[str, Any] = said["plan"]
        migration = said.get("migration")
        return PlanPatch(
            name=about.pop("name", ""),
            migration=MigrationRef(**migration) if migration and migration.get("key") else None,
            **{name: said[name] for name in _LISTS if name in said},
            **about,
        )

    def _object(self, node: Node, kind: str, subject: Subject) -> dict[str, Any] | None:
        """Return the values the node gives for the keys of an object of this kind."""
        if not isinstance(node, Mapping):
            word = _WORDS.get(kind, kind)
            self._error("wrong_type", f"Here should be a {word} with its keys (“key: value”).", node.place)
            return None
        fields = {field.key: field for field in OBJECTS[kind]}
        said: dict[str, Any] = {}
        for key, value in self._pairs(node, fields, kind):
            here = Subject(subject.kind, subject.code, key)
            self._places.note(here, value.place)
            said[fields[key].attribute] = self._value(fields[key], value, here)
        if kind not in _MAKE:
            self._demand(fields, said, node.place, kind)
        return said

    def _pairs(self, node: Mapping, fields: dict[str, Field], kind: str) -> list[tuple[str, Node]]:
        pairs: dict[str, Node] = {}
        for key, value in node.pairs:
            text = key.text if isinstance(key, Scalar) else "?"
            if text in pairs:
                again = f"“{text}” stands here a second time; first on line {pairs[text].place.line}."
                self._error("duplicate_key", again, key.place, "Keep one of the two.")
            elif text not in fields:
                word = _WORDS.get(kind, kind)
                hint = did_you_mean(text, fields) or "Its keys are " + ", ".join(fields) + "."
                self._error("unknown_field", f"A {word} has no “{text[:60]}”.", key.place, hint)
            else:
                pairs[text] = value
        return list(pairs.items())

    def _demand(self, fields: dict[str, Field], said: dict[str, Any], place: Place, kind: str) -> None:
        for field in fields.values():
            if field.needed and field.attribute not in said:
                word = _WORDS.get(kind, kind)
                self._error("missing_field", f"The {word} has no “{field.key}”.", place, field.meaning)
                said[field.attribute] = None if field.kind is Kind.OBJECT else ""

    def _value(self, field: Field, node: Node, here: Subject) -> Any:
        if is_null(node):
            return self._nothing(field, node)
        if field.kind is Kind.LIST:
            return self._things(field, node)
        if field.kind is Kind.OBJECT:
            return self._object(node, field.of, Subject(field.of, ""))
        if field.kind is Kind.LINKS:
            return self._links(field, node, here)
        if field.kind in (Kind.CODES, Kind.WORDS):
            return self._words(field, node, here)
        try:
            return value_of(field, node)
        except BadValue as error:
            self._error(error.code, error.message, node.place, error.suggestion)
            return "" if field.needed else field.empty

    def _nothing(self, field: Field, node: Node) -> Any:
        if field.needed:
            self._error("missing_value", f"“{field.key}” must not be empty.", node.place)
            return None if field.kind is Kind.OBJECT else ""
        return () if field.kind is Kind.LIST else field.empty

    def _items(self, field: Field, node: Node) -> list[Node]:
        if isinstance(node, Sequence):
            return node.items
        self._error("wrong_type", f"“{field.key}” takes a list (lines that begin with “- ”).", node.place)
        return []

    def _things(self, field: Field, node: Node) -> tuple[Any, ...]:
        return tuple(
            thing for item in self._items(field, node) if (thing := self._thing(field.of, item)) is not None
        )

    def _thing(self, kind: str, node: Node) -> Any:
        subject = Subject(kind, self._code(kind, node))
        again = self._places.first(subject)
        self._places.note(subject, node.place)
        around, self._within = self._within, subject
        said = self._object(node, kind, subject)
        self._within = around
        if said is None:
            self._found.spoil(around)
            return None
        if again:
            word = _WORDS.get(kind, kind)
            message = f"{word.capitalize()} “{subject.code}” is there twice; first on line {again.line}."
            self._error("duplicate_code", message, node.place, "Give one of the two a code of its own.")
            return None
        return _MAKE[kind](**said | {"code": subject.code})

    def _code(self, kind: str, node: Node) -> str:
        """Return the thing's code; one that has none is called by its line, so that reading goes on."""
        if isinstance(node, Mapping):
            for key, value in node.pairs:
                if isinstance(key, Scalar) and key.text == "code" and isinstance(value, Scalar):
                    return value.text.strip() or self._by_line(node)
            word = _WORDS.get(kind, kind)
            self._error("missing_field", f"This {word} has no “code”.", node.place)
        return self._by_line(node)

    @staticmethod
    def _by_line(node: Node) -> str:
        return f"(line {node.place.line}, column {node.place.column})"

    def _links(self, field: Field, node: Node, here: Subject) -> tuple[Dependency, ...]:
        links: dict[tuple[str, LinkKind], Dependency] = {}
        for item in self._items(field, node):
            link = self._link(item)
            if link and (link.code, link.kind) in links:
                self._error(
                    "duplicate_link", f"It waits for “{link.code}” already.", item.place, "Leave one out."
                )
            elif link:
                links[link.code, link.kind] = link
                self._places.note(Subject(here.kind, here.code, f"{field.key}.{link.code}"), item.place)
        return tuple(sorted(links.values(), key=lambda link: (link.code, link.kind)))

    def _words(self, field: Field, node: Node, here: Subject) -> tuple[str, ...]:
        words: dict[str, None] = {}
        for item in self._items(field, node):
            try:
                word = words_of(field, item) if isinstance(item, Scalar) else None
            except BadValue as error:
                self._error(error.code, error.message, item.place, error.suggestion)
                continue
            if word is None:
                self._error("wrong_type", f"“{field.key}” is a list of words; here is none.", item.place)
                continue
            words[word] = None
            self._places.note(Subject(here.kind, here.code, f"{field.key}.{word}"), item.place)
        return tuple(sorted(words))

    def _link(self, node: Node) -> Dependency | None:
        if isinstance(node, Scalar):
            code = self._value(OBJECTS["link"][0], node, Subject("link", ""))
            return Dependency(code) if code else None
        said = self._object(node, "link", Subject("link", ""))
        return Dependency(**said) if said and said.get("code") else None

    def _error(self, code: str, message: str, place: Place, suggestion: str | None = None) -> None:
        self._found.spoil(self._within)
        self._found.add(
            Finding(code, Severity.ERROR, message, suggestion, line=place.line, column=place.column)
        )
