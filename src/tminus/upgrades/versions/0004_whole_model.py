"""The whole model: links at every level, scope, controls, environments, labels; versions that never change."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('applications',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.ForeignKeyConstraint(['migration_id'], ['migrations.id'], name=op.f('fk_applications_migration_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_applications')),
    sa.UniqueConstraint('migration_id', 'code', name=op.f('uq_applications_migration_id_code'))
    )
    op.create_table('environment_roles',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.ForeignKeyConstraint(['migration_id'], ['migrations.id'], name=op.f('fk_environment_roles_migration_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_environment_roles')),
    sa.UniqueConstraint('migration_id', 'code', name=op.f('uq_environment_roles_migration_id_code'))
    )
    op.create_table('environments',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.ForeignKeyConstraint(['migration_id'], ['migrations.id'], name=op.f('fk_environments_migration_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_environments')),
    sa.UniqueConstraint('migration_id', 'code', name=op.f('uq_environments_migration_id_code'))
    )
    op.create_table('controls',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_version_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('producer_team_id', sa.Uuid(), nullable=True),
    sa.Column('validator_team_id', sa.Uuid(), nullable=True),
    sa.Column('critical', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.ForeignKeyConstraint(['plan_version_id'], ['plan_versions.id'], name=op.f('fk_controls_plan_version_id')),
    sa.ForeignKeyConstraint(['producer_team_id'], ['teams.id'], name=op.f('fk_controls_producer_team_id')),
    sa.ForeignKeyConstraint(['validator_team_id'], ['teams.id'], name=op.f('fk_controls_validator_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_controls')),
    sa.UniqueConstraint('plan_version_id', 'code', name=op.f('uq_controls_plan_version_id_code'))
    )
    op.create_table('group_dependencies',
    sa.Column('predecessor_id', sa.Uuid(), nullable=False),
    sa.Column('successor_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), server_default=sa.text("'FS'"), nullable=False),
    sa.Column('lag_seconds', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('plan_version_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("kind IN ('FS','SS','FF','SF')", name=op.f('ck_group_dependencies_kind')),
    sa.CheckConstraint('predecessor_id <> successor_id', name=op.f('ck_group_dependencies_not_itself')),
    sa.ForeignKeyConstraint(['plan_version_id'], ['plan_versions.id'], name=op.f('fk_group_dependencies_plan_version_id')),
    sa.PrimaryKeyConstraint('predecessor_id', 'successor_id', 'kind', name=op.f('pk_group_dependencies'))
    )
    op.create_index('ix_group_dependencies_plan_version_id', 'group_dependencies', ['plan_version_id'], unique=False)
    op.create_table('plan_edits',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_version_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False, comment='1, 2, 3… in its version'),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('title', sa.Text(), nullable=False, comment='what was done, in words'),
    sa.Column('edits', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('inverse', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='the edits that take it back'),
    sa.Column('undone_by', sa.Integer(), nullable=True, comment='number of the edit that took it back'),
    sa.ForeignKeyConstraint(['plan_version_id'], ['plan_versions.id'], name=op.f('fk_plan_edits_plan_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_edits')),
    sa.UniqueConstraint('plan_version_id', 'number', name=op.f('uq_plan_edits_plan_version_id_number'))
    )
    op.create_table('step_types',
    sa.Column('plan_version_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('behaviour', sa.Text(), nullable=False),
    sa.CheckConstraint("behaviour IN ('work','checkpoint','gate','milestone')", name=op.f('ck_step_types_behaviour')),
    sa.ForeignKeyConstraint(['plan_version_id'], ['plan_versions.id'], name=op.f('fk_step_types_plan_version_id')),
    sa.PrimaryKeyConstraint('plan_version_id', 'code', name=op.f('pk_step_types'))
    )
    op.create_table('iteration_controls',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.Column('source_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('producer_team_id', sa.Uuid(), nullable=True),
    sa.Column('validator_team_id', sa.Uuid(), nullable=True),
    sa.Column('critical', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Text(), server_default=sa.text("'pending'"), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.CheckConstraint("state IN ('pending','passed','failed','cancelled')", name=op.f('ck_iteration_controls_state')),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_iteration_controls_iteration_id')),
    sa.ForeignKeyConstraint(['producer_team_id'], ['teams.id'], name=op.f('fk_iteration_controls_producer_team_id')),
    sa.ForeignKeyConstraint(['validator_team_id'], ['teams.id'], name=op.f('fk_iteration_controls_validator_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_iteration_controls')),
    sa.UniqueConstraint('iteration_id', 'code', name=op.f('uq_iteration_controls_iteration_id_code'))
    )
    op.create_table('iteration_environments',
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False, comment='code of the role'),
    sa.Column('role_name', sa.Text(), nullable=False),
    sa.Column('environment', sa.Text(), nullable=False, comment='code of the environment'),
    sa.Column('environment_name', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_iteration_environments_iteration_id')),
    sa.PrimaryKeyConstraint('iteration_id', 'role', name=op.f('pk_iteration_environments'))
    )
    op.create_table('iteration_group_dependencies',
    sa.Column('predecessor_id', sa.Uuid(), nullable=False),
    sa.Column('successor_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('lag_seconds', sa.Integer(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_iteration_group_dependencies_iteration_id')),
    sa.PrimaryKeyConstraint('predecessor_id', 'successor_id', 'kind', name=op.f('pk_iteration_group_dependencies'))
    )
    op.create_index('ix_iteration_group_dependencies_iteration_id', 'iteration_group_dependencies', ['iteration_id'], unique=False)
    op.create_index('ix_iteration_group_dependencies_predecessor_id', 'iteration_group_dependencies', ['predecessor_id'], unique=False)
    op.create_index('ix_iteration_group_dependencies_successor_id', 'iteration_group_dependencies', ['successor_id'], unique=False)
    op.create_table('iteration_groups',
    sa.Column('id', sa.Uuid(), nullable=False, comment="the chapter's or macro-phase's key in this iteration"),
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('duration_seconds', sa.Integer(), nullable=False, comment='planned span, first start to last end'),
    sa.Column('total_count', sa.Integer(), nullable=False, comment='its steps'),
    sa.Column('open_count', sa.Integer(), nullable=False, comment='those of them neither complete nor skipped'),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=True, comment='when its first step began'),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True, comment='when its last step was done and nothing held its end'),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True, comment="when time alone will let it finish; the ticker's"),
    sa.CheckConstraint("level IN ('chapter','macro_phase')", name=op.f('ck_iteration_groups_level')),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_iteration_groups_iteration_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_iteration_groups'))
    )
    op.create_index('ix_iteration_groups_iteration_id', 'iteration_groups', ['iteration_id'], unique=False)
    op.create_index('ix_iteration_groups_opens_at', 'iteration_groups', ['opens_at'], unique=False, postgresql_where=sa.text('opens_at IS NOT NULL'))
    op.create_table('step_applications',
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('plan_version_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_step_applications_application_id')),
    sa.ForeignKeyConstraint(['plan_version_id'], ['plan_versions.id'], name=op.f('fk_step_applications_plan_version_id')),
    sa.ForeignKeyConstraint(['step_id'], ['steps.id'], name=op.f('fk_step_applications_step_id')),
    sa.PrimaryKeyConstraint('step_id', 'application_id', name=op.f('pk_step_applications'))
    )
    op.create_index('ix_step_applications_application_id', 'step_applications', ['application_id'], unique=False)
    op.create_index('ix_step_applications_plan_version_id', 'step_applications', ['plan_version_id'], unique=False)
    op.create_table('step_impacted_teams',
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=False),
    sa.Column('plan_version_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['plan_version_id'], ['plan_versions.id'], name=op.f('fk_step_impacted_teams_plan_version_id')),
    sa.ForeignKeyConstraint(['step_id'], ['steps.id'], name=op.f('fk_step_impacted_teams_step_id')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_step_impacted_teams_team_id')),
    sa.PrimaryKeyConstraint('step_id', 'team_id', name=op.f('pk_step_impacted_teams'))
    )
    op.create_index('ix_step_impacted_teams_plan_version_id', 'step_impacted_teams', ['plan_version_id'], unique=False)
    op.create_index('ix_step_impacted_teams_team_id', 'step_impacted_teams', ['team_id'], unique=False)
    op.create_table('step_iteration_scope',
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('part_of', sa.Text(), nullable=False, comment='a kind of iteration, or the name of one'),
    sa.Column('plan_version_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['plan_version_id'], ['plan_versions.id'], name=op.f('fk_step_iteration_scope_plan_version_id')),
    sa.ForeignKeyConstraint(['step_id'], ['steps.id'], name=op.f('fk_step_iteration_scope_step_id')),
    sa.PrimaryKeyConstraint('step_id', 'part_of', name=op.f('pk_step_iteration_scope'))
    )
    op.create_index('ix_step_iteration_scope_plan_version_id', 'step_iteration_scope', ['plan_version_id'], unique=False)
    op.create_table('plan_proposals',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('step_code', sa.Text(), nullable=False),
    sa.Column('field', sa.Text(), nullable=True, comment="the member of the plan's step it would change; null: a lesson in words"),
    sa.Column('value', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('lesson', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), server_default=sa.text("'open'"), nullable=False),
    sa.Column('decided_by_name', sa.Text(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.CheckConstraint("state IN ('open','accepted','declined')", name=op.f('ck_plan_proposals_state')),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_plan_proposals_iteration_id')),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_plan_proposals_plan_id')),
    sa.ForeignKeyConstraint(['step_id'], ['iteration_steps.id'], name=op.f('fk_plan_proposals_step_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_proposals'))
    )
    op.create_index('ix_plan_proposals_plan_id', 'plan_proposals', ['plan_id'], unique=False)
    op.create_index('ix_plan_proposals_step_id', 'plan_proposals', ['step_id'], unique=False)
    op.create_table('task_controls',
    sa.Column('task_id', sa.Uuid(), nullable=False),
    sa.Column('control_id', sa.Uuid(), nullable=False),
    sa.Column('plan_version_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['control_id'], ['controls.id'], name=op.f('fk_task_controls_control_id')),
    sa.ForeignKeyConstraint(['plan_version_id'], ['plan_versions.id'], name=op.f('fk_task_controls_plan_version_id')),
    sa.ForeignKeyConstraint(['task_id'], ['tasks.id'], name=op.f('fk_task_controls_task_id')),
    sa.PrimaryKeyConstraint('task_id', 'control_id', name=op.f('pk_task_controls'))
    )
    op.create_index('ix_task_controls_control_id', 'task_controls', ['control_id'], unique=False)
    op.create_index('ix_task_controls_plan_version_id', 'task_controls', ['plan_version_id'], unique=False)
    op.create_table('iteration_task_controls',
    sa.Column('task_id', sa.Uuid(), nullable=False),
    sa.Column('control_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['control_id'], ['iteration_controls.id'], name=op.f('fk_iteration_task_controls_control_id')),
    sa.ForeignKeyConstraint(['task_id'], ['iteration_tasks.id'], name=op.f('fk_iteration_task_controls_task_id')),
    sa.PrimaryKeyConstraint('task_id', 'control_id', name=op.f('pk_iteration_task_controls'))
    )
    op.create_index('ix_iteration_task_controls_control_id', 'iteration_task_controls', ['control_id'], unique=False)
    op.add_column('iteration_steps', sa.Column('macro_phase_id', sa.Uuid(), nullable=True))
    op.execute(
        '''
        UPDATE iteration_steps AS s SET macro_phase_id = c.macro_phase_id
        FROM iteration_chapters AS c WHERE c.id = s.chapter_id
        '''
    )
    op.alter_column('iteration_steps', 'macro_phase_id', nullable=False)
    op.create_index('ix_iteration_steps_macro_phase_id', 'iteration_steps', ['macro_phase_id'], unique=False)
    op.add_column(
        'iteration_steps',
        sa.Column('begun_at', sa.DateTime(timezone=True), comment='when it first began, whatever followed'),
    )
    op.execute(
        '''
        UPDATE iteration_steps AS s SET begun_at = coalesce(
            (SELECT min(a.started_at) FROM step_attempts AS a WHERE a.step_id = s.id), s.started_at)
        '''
    )
    op.alter_column(
        'iteration_steps', 'started_at', existing_type=sa.DateTime(timezone=True), comment='of the running attempt'
    )
    op.add_column('iteration_steps', sa.Column('in_scope', sa.Boolean(), server_default=sa.text('true'), nullable=False, comment='false: not part of this iteration; behaves as a milestone of no length'))
    op.add_column('iteration_steps', sa.Column('labels', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False))
    op.add_column('iteration_steps', sa.Column('impacted_team_ids', postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False))
    op.add_column('iteration_steps', sa.Column('applications', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False))
    op.add_column('iteration_steps', sa.Column('environment_role', sa.Text(), nullable=True))
    op.add_column('iteration_steps', sa.Column('environment', sa.Text(), nullable=True, comment='what the role is in this iteration, by code'))
    op.add_column('iteration_steps', sa.Column('not_before', sa.DateTime(timezone=True), nullable=True, comment='soft: planned and forecast no earlier'))
    op.add_column('iteration_steps', sa.Column('fixed_start', sa.DateTime(timezone=True), nullable=True, comment='locked until then'))
    op.add_column('iteration_steps', sa.Column('not_before_rule', sa.Text(), nullable=True, comment='what the plan says, for when the planned start moves'))
    op.add_column('iteration_steps', sa.Column('fixed_start_rule', sa.Text(), nullable=True))
    op.create_foreign_key(op.f('fk_iteration_steps_macro_phase_id'), 'iteration_steps', 'iteration_macro_phases', ['macro_phase_id'], ['id'])
    op.add_column('iteration_tasks', sa.Column('nominee', sa.Text(), nullable=True, comment='the person meant to do it: a mail address or a name'))
    op.add_column('plan_versions', sa.Column('based_on', sa.Uuid(), nullable=True, comment='the version it was copied from'))
    op.alter_column('plan_versions', 'content_hash',
               existing_type=postgresql.BYTEA(),
               comment='SHA-256 of the canonical plan file; of a draft that is being edited, a mark that changes with it',
               existing_comment='SHA-256 of the canonical plan file',
               existing_nullable=False)
    op.add_column('steps', sa.Column('labels', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False))
    op.add_column('steps', sa.Column('environment_role_id', sa.Uuid(), nullable=True))
    op.add_column('steps', sa.Column('not_before', sa.Text(), nullable=True, comment='a moment of any iteration: T+14h, Sun 06:00'))
    op.add_column('steps', sa.Column('fixed_start', sa.Text(), nullable=True, comment='likewise; locks the step until then'))
    op.create_foreign_key(op.f('fk_steps_environment_role_id'), 'steps', 'environment_roles', ['environment_role_id'], ['id'])
    op.add_column('tasks', sa.Column('nominee', sa.Text(), nullable=True, comment='the person meant to do it: a mail address or a name'))
    _keep_approved_versions()


CONTENT = (
    "macro_phases", "chapters", "steps", "tasks", "step_types", "controls", "step_dependencies", "group_dependencies",
    "task_controls", "step_impacted_teams", "step_applications", "step_iteration_scope",
)
"""What a plan version consists of: none of it changes once the version is no draft."""


def _keep_approved_versions() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_unless_draft() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT FROM (SELECT DISTINCT plan_version_id FROM touched) AS t
                       JOIN plan_versions AS v ON v.id = t.plan_version_id WHERE v.status <> 'draft') THEN
                RAISE EXCEPTION 'A plan version that is not a draft never changes: % on % is refused.',
                    TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
            END IF;
            RETURN NULL;
        END
        $$
        """
    )
    for table in CONTENT:
        for event, touched in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            op.execute(
                f"""
                CREATE TRIGGER {table}_{event.lower()}_{touched.lower()}_of_draft AFTER {event} ON {table}
                REFERENCING {touched} TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION refuse_unless_draft()
                """
            )
