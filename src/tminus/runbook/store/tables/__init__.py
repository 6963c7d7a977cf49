"""Tables of the runbook: plans and their versions, iterations frozen from them, and what both name."""

from tminus.runbook.store.tables.catalogue import applications, environment_roles, environments
from tminus.runbook.store.tables.chapter_schedules import chapter_schedules
from tminus.runbook.store.tables.conversation import comment_mentions, comments, impediments
from tminus.runbook.store.tables.decisions import decision_answers, decision_voters, decisions, guards
from tminus.runbook.store.tables.evidence import evidence
from tminus.runbook.store.tables.forecasts import forecasts
from tminus.runbook.store.tables.imports import (
    import_batches,
    import_changes,
    import_copied,
    import_files,
    import_findings,
    import_links,
    import_rows,
    import_thing_links,
    import_things,
)
from tminus.runbook.store.tables.iteration_controls import iteration_controls, iteration_task_controls
from tminus.runbook.store.tables.iteration_links import (
    iteration_dependencies,
    iteration_group_dependencies,
    iteration_groups,
    iteration_step_undoes,
)
from tminus.runbook.store.tables.iteration_steps import iteration_steps, iteration_tasks, step_attempts
from tminus.runbook.store.tables.iterations import (
    iteration_chapters,
    iteration_environments,
    iteration_macro_phases,
    iterations,
    progress_points,
    step_texts,
)
from tminus.runbook.store.tables.plan_controls import controls, task_controls
from tminus.runbook.store.tables.plan_edits import plan_edits, plan_proposals
from tminus.runbook.store.tables.plan_links import group_dependencies, step_dependencies
from tminus.runbook.store.tables.plan_steps import (
    step_applications,
    step_impacted_teams,
    step_iteration_scope,
    step_types,
    step_undoes,
    steps,
    tasks,
)
from tminus.runbook.store.tables.plans import chapters, macro_phases, plan_imports, plan_versions, plans
from tminus.runbook.store.tables.roll_calls import roll_call_teams, roll_calls

__all__ = [
    "applications",
    "chapter_schedules",
    "chapters",
    "comment_mentions",
    "comments",
    "controls",
    "decision_answers",
    "decision_voters",
    "decisions",
    "environment_roles",
    "environments",
    "evidence",
    "forecasts",
    "group_dependencies",
    "guards",
    "impediments",
    "import_batches",
    "import_changes",
    "import_copied",
    "import_files",
    "import_findings",
    "import_links",
    "import_rows",
    "import_thing_links",
    "import_things",
    "iteration_chapters",
    "iteration_controls",
    "iteration_dependencies",
    "iteration_environments",
    "iteration_group_dependencies",
    "iteration_groups",
    "iteration_macro_phases",
    "iteration_step_undoes",
    "iteration_steps",
    "iteration_task_controls",
    "iteration_tasks",
    "iterations",
    "macro_phases",
    "plan_edits",
    "plan_imports",
    "plan_proposals",
    "plan_versions",
    "plans",
    "progress_points",
    "roll_call_teams",
    "roll_calls",
    "step_applications",
    "step_attempts",
    "step_dependencies",
    "step_impacted_teams",
    "step_iteration_scope",
    "step_texts",
    "step_types",
    "step_undoes",
    "steps",
    "task_controls",
    "tasks",
]
