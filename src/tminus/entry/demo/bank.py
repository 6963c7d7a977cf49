"""The third example, *bank in two weekends*: made from a seed, as large as such plans are.

About 1,200 steps in 65 chapters and five macro-phases, done by 60 teams. The same seed gives the same plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from tminus.entry.demo.bank_words import (
    APPLICATIONS,
    AREA_TEAMS,
    AREAS,
    CENTRAL_TEAMS,
    CONTROLS,
    HOW,
    MOVES,
    TASKS,
    Area,
    Move,
)
from tminus.runbook.domain.moment import parse_moment
from tminus.runbook.domain.plan import (
    STANDARD_TYPES,
    Application,
    Behaviour,
    Chapter,
    Control,
    Dependency,
    Environment,
    EnvironmentRole,
    LinkKind,
    MacroPhase,
    MigrationRef,
    Plan,
    Step,
    StepType,
    Task,
    Team,
)

SEED = 1_870
MIGRATION = MigrationRef(
    "BANK",
    "Bank in two weekends",
    "Europe/Berlin",
    "A bank leaves its old core: master data and ledgers on the first weekend, accounts and payments on the second.",
)
TYPES = {
    one.code: one
    for one in (
        StepType("LOD", "Data load"),
        StepType("REC", "Reconciliation"),
        StepType("SWT", "Switch"),
        StepType("CTL", "Control point", Behaviour.CHECKPOINT),
    )
}
# Which areas go through which moves, phase by phase: 65 chapters.
PHASES: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("PREP", "Preparation", (
        ("IDM", "freeze"), ("CRM", "freeze"), ("GLE", "freeze"), ("DWH", "freeze"), ("REG", "freeze"),
        ("IDM", "extract"), ("IDM", "load"), ("IDM", "prove"), ("BRA", "prove"), ("ATM", "prove"),
    )),
    ("WE1", "First weekend", (
        ("CRM", "extract"), ("CRM", "load"), ("CRM", "reconcile"), ("GLE", "extract"), ("GLE", "load"),
        ("GLE", "reconcile"), ("REG", "extract"), ("REG", "load"), ("TRE", "freeze"), ("TRE", "extract"),
        ("TRE", "load"), ("TRE", "reconcile"), ("SEC", "freeze"), ("SEC", "extract"), ("SEC", "load"),
        ("SEC", "reconcile"),
    )),
    ("WEEK", "Between the weekends", (
        ("CRM", "prove"), ("GLE", "prove"), ("TRE", "connect"), ("SEC", "connect"), ("SEC", "prove"),
        ("TRE", "open"), ("SEC", "open"), ("DWH", "extract"),
    )),
    ("WE2", "Second weekend", (
        ("ACC", "freeze"), ("PAY", "freeze"), ("SAV", "freeze"), ("CAR", "freeze"), ("LEN", "freeze"),
        ("ACC", "extract"), ("SAV", "extract"), ("CAR", "extract"), ("LEN", "extract"), ("MOR", "extract"),
        ("ACC", "load"), ("SAV", "load"), ("CAR", "load"), ("LEN", "load"), ("MOR", "load"), ("PAY", "load"),
        ("ACC", "reconcile"), ("SAV", "reconcile"), ("LEN", "reconcile"), ("PAY", "connect"), ("CAR", "connect"),
        ("ACC", "back"), ("PAY", "back"),
    )),
    ("OPEN", "Opening", (
        ("PAY", "prove"), ("CAR", "prove"), ("CHA", "connect"), ("CHA", "open"), ("BRA", "open"), ("ATM", "open"),
        ("PAY", "open"), ("DWH", "load"),
    )),
)  # fmt: skip
NOT_BEFORE = {"WE1": "T+58h", "WEEK": "T+108h", "WE2": "T+226h"}
"""T-0 is a Wednesday, 08:00: the weekends begin on Friday at 18:00, the week between them on Monday at 20:00."""
FIXED = {("WEEK", "TRE", "open"): "T+119h", ("OPEN", "BRA", "open"): "T+288h"}
"""The money market opens on Tuesday at 07:00, the branches on the second Monday at 08:00."""
NO_RETURN = ("WE2", "PAY", "connect")


def bank_plan(seed: int = SEED) -> Plan:
    """Return the plan."""
    return _Bank(Random(seed)).plan()  # noqa: S311 - a made-up plan, no secret


class _Bank:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.areas = {area.code: area for area in AREAS}
        self.last_of: dict[str, str] = {}
        self.carried: set[str] = set()
        self.moved: dict[tuple[str, str], list[str]] = defaultdict(list)

    def plan(self) -> Plan:
        phases = tuple(self._phase(number, *phase) for number, phase in enumerate(PHASES))
        return Plan(
            "Bank in two weekends",
            "Wednesday to the Monday after next. After the payments are connected there is no way back.",
            MIGRATION,
            tuple(_teams()),
            phases,
            tuple(TYPES.values()),
            tuple(control for control in _controls() if control.code in self.carried),
            tuple(Application(code, name) for code, name in APPLICATIONS.items()),
            (
                Environment("PROD", "Production"),
                Environment("REH", "Rehearsal"),
                Environment("DR", "Second site"),
            ),
            (
                EnvironmentRole("NEW", "Where the new systems run"),
                EnvironmentRole("OLD", "Where the old core runs"),
                EnvironmentRole("REPORT", "Where reports are made"),
            ),
        )

    def _phase(self, number: int, code: str, name: str, parts: tuple[tuple[str, str], ...]) -> MacroPhase:
        chapters = tuple(
            self._chapter(code, f"{number}{place:02}", self.areas[area], move)
            for place, (area, move) in enumerate(parts)
        )
        before = (Dependency(PHASES[number - 1][0]),) if number else ()
        return MacroPhase(code, name, chapters, before)

    def _chapter(self, phase: str, number: str, area: Area, key: str) -> Chapter:
        move, code = MOVES[key], f"{phase}-{area.code}-{key.upper()}"
        steps = list(self._steps(number, area, move))
        first = steps[0]
        if phase in NOT_BEFORE:
            first = replace(first, not_before=parse_moment(NOT_BEFORE[phase]))
        if (phase, area.code, key) in FIXED:
            first = replace(first, fixed_start=parse_moment(FIXED[phase, area.code, key]), not_before=None)
        if (phase, area.code, key) == NO_RETURN:
            first = replace(first, point_of_no_return=True)
        back = key == "back"
        after = () if back else self._after(phase, area, key)
        if not back:
            self.last_of[area.code] = code
        return Chapter(code, move.name.format(area=area.name), back, (first, *steps[1:]), after)

    def _after(self, phase: str, area: Area, key: str) -> tuple[Dependency, ...]:
        """A chapter follows the one before of its area; some only its start or, for their end, its end."""
        before = self.last_of.get(area.code)
        if before is None:
            return ()
        if key == "load" and before.startswith(phase) and self.random.random() < 0.5:
            return (Dependency(before, LinkKind.SS, 3_600), Dependency(before, LinkKind.FF, 1_800))
        return (Dependency(before, lag_seconds=900 if key == "reconcile" else 0),)

    def _steps(self, number: str, area: Area, move: Move) -> Iterator[Step]:
        count = iter(range(1, 100))

        def code(type_: str) -> str:
            return f"{type_}-{number}{next(count):02}"

        last: list[str] = []
        for line in move.first:
            step = self._step(code(line[0]), line, area, move, "", last)
            last = [step.code]
            yield step
        opened, done = last, list[str]()
        for thing in area.things:
            before = opened
            for place, line in enumerate(move.each):
                step = self._step(code(line[0]), line, area, move, thing, before)
                if place and line[0] == "REC" and "while" in line[3]:
                    # Counting runs beside the extract, and ends after it.
                    beside = (
                        Dependency(before[0], LinkKind.FF, 300),
                        Dependency(before[0], LinkKind.SS, 600),
                    )
                    step = replace(step, after=beside)
                before = [step.code]
                yield step
            done += before
        last = done
        for line in move.last:
            step = self._step(code(line[0]), line, area, move, "", last)
            last = [step.code]
            yield step

    def _step(
        self,
        code: str,
        line: tuple[str, str, int, str],
        area: Area,
        move: Move,
        thing: str,
        before: list[str],
    ) -> Step:
        type_, team, minutes, words = line
        filled = {
            "thing": thing or area.name.lower(),
            "area": area.name,
            "app": APPLICATIONS[area.application],
        }
        kind = TYPES.get(type_) or STANDARD_TYPES[type_]
        name = words.format(**filled)
        step = Step(code, name[0].upper() + name[1:], kind, after=tuple(Dependency(one) for one in before))
        if kind.behaviour is Behaviour.MILESTONE:
            return step
        owner = team if team in CENTRAL_TEAMS else f"{area.code}-{team}"
        how = self.random.sample(HOW, 3)
        step = replace(
            step,
            team=owner,
            duration_seconds=60 * max(5, round(minutes * self.random.uniform(0.7, 1.4) / 5) * 5),
            instructions="\n".join(one.format(**filled) for one in how),
            labels=tuple(sorted({move.label, *(["critical"] if self.random.random() < 0.08 else [])})),
            applications=tuple(sorted({area.application, *(["OLDCORE"] if move.role == "OLD" else [])})),
            environment="REPORT" if area.application == "REPORTS" and move.role == "NEW" else move.role,
            impacted_teams=self._impacted(area, owner),
            scope=self._scope(type_, team),
            auto_activate=type_ == "LOD" and self.random.random() < 0.5,
            evidence_required=type_ == "REC",
        )
        step = self._undoing(step, area, thing)
        return (
            step if kind.behaviour is Behaviour.GATE else replace(step, tasks=self._tasks(step, area, type_))
        )

    def _undoing(self, step: Step, area: Area, thing: str) -> Step:
        """What is switched back to the old core undoes the load and the switch of the same thing."""
        key = area.code, thing
        if "rollback" in step.labels:
            return replace(step, undoes=tuple(sorted(self.moved[key]))) if thing else step
        if thing and step.environment != "OLD" and step.type.code in ("LOD", "SWT"):
            self.moved[key].append(step.code)
        return step

    def _impacted(self, area: Area, owner: str) -> tuple[str, ...]:
        if self.random.random() > 0.3:
            return ()
        others = [f"{area.code}-{letter}" for letter in AREA_TEAMS if f"{area.code}-{letter}" != owner]
        return tuple(sorted({self.random.choice(others), self.random.choice(["DESK", "CUT"])} - {owner}))

    def _scope(self, type_: str, team: str) -> tuple[str, ...]:
        """Customers and partners hear of the real thing alone; a rehearsal leaves out some of the rest."""
        if team == "COM":
            return ("cutover",)
        if type_ == "BUS" and self.random.random() < 0.1:
            return ("cutover", "dress_rehearsal")
        return ()

    def _tasks(self, step: Step, area: Area, type_: str) -> tuple[Task, ...]:
        titles = TASKS[type_]
        most = self.random.choice([1, 2, 2, 3, 3, 4])
        chosen = titles[: min(most, len(titles))]
        return tuple(
            Task(
                f"{step.code}-{n}",
                title,
                required=n == 1 or self.random.random() < 0.8,
                nominee=f"{area.code.lower()}.lead@bank.example" if self.random.random() < 0.1 else None,
                controls=self._carried(area, type_, n),
            )
            for n, title in enumerate(chosen, 1)
        )

    def _carried(self, area: Area, type_: str, n: int) -> tuple[str, ...]:
        """The first task of a reconciliation, a switch and a control point carries the controls of its area."""
        carried = {"REC": (1, 2), "SWT": (4,), "CTL": (3, 5)}.get(type_, ()) if n == 1 else ()
        codes = tuple(f"C{_number(area)}{one}" for one in carried)
        self.carried |= set(codes)
        return codes


def _number(area: Area) -> int:
    return 100 + AREAS.index(area)


def _teams() -> Iterator[Team]:
    for code, name in CENTRAL_TEAMS.items():
        yield Team(code, name, f"{code.lower()}@bank.example", f"+49 69 555 01{len(code)}{len(name):02}")
    for area in AREAS:
        for letter, word in AREA_TEAMS.items():
            code = f"{area.code}-{letter}"
            yield Team(code, f"{area.name}, {word}", f"{code.lower()}@bank.example")


def _controls() -> Iterator[Control]:
    for area in AREAS:
        for n, (words, critical) in enumerate(CONTROLS, 1):
            yield Control(
                f"C{_number(area)}{n}",
                words.format(area=area.name),
                producer=f"{area.code}-O",
                validator=("FIN", "AUD", "RISK")[n % 3],
                critical=critical,
            )
