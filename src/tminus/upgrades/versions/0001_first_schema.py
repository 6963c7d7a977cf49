"""first schema"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('access_log',
    sa.Column('id', sa.BigInteger(), autoincrement=True, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False, comment='sign_in | sign_out | sign_in_refused | refused | token…'),
    sa.Column('user_id', sa.Uuid(), nullable=True),
    sa.Column('address', sa.Text(), nullable=True),
    sa.Column('detail', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_log'))
    )
    op.create_index('ix_access_log_at', 'access_log', ['at'], unique=False)
    op.create_table('api_tokens',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('secret', sa.LargeBinary(), nullable=False, comment='SHA-256 of the token'),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_tokens')),
    sa.UniqueConstraint('secret', name=op.f('uq_api_tokens_secret'))
    )
    op.create_index('ix_api_tokens_user_id', 'api_tokens', ['user_id'], unique=False)
    op.create_table('consumer_cursors',
    sa.Column('consumer', sa.Text(), nullable=False),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('consumer', 'stream', name=op.f('pk_consumer_cursors'))
    )
    op.create_table('idempotency_keys',
    sa.Column('user_key', sa.Text(), nullable=False, comment="whose key: a person or the machine's user"),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('fingerprint', sa.LargeBinary(), nullable=False, comment='SHA-256 of method, path and body'),
    sa.Column('answer', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('user_key', 'key', name=op.f('pk_idempotency_keys'))
    )
    op.create_index('ix_idempotency_keys_at', 'idempotency_keys', ['at'], unique=False)
    op.create_table('iteration_step_texts',
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('instructions', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('step_id', name=op.f('pk_iteration_step_texts'))
    )
    op.create_table('outbox',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=True),
    sa.Column('step_id', sa.Uuid(), nullable=True),
    sa.Column('channel', sa.Text(), server_default=sa.text("'mail'"), nullable=False),
    sa.Column('recipient', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('body_text', sa.Text(), nullable=False),
    sa.Column('body_html', sa.Text(), nullable=True),
    sa.Column('message_id', sa.Text(), nullable=False, comment='the stable Message-ID'),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('attempts', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('queued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_attempt_at', sa.DateTime(timezone=True), nullable=False, comment='wall time of the sender, not the moved clock'),
    sa.Column('claimed_by', sa.Text(), nullable=True),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.CheckConstraint("status IN ('queued','sending','sent','failed','suppressed','uncertain')", name=op.f('ck_outbox_status')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('message_id', name=op.f('uq_outbox_message_id'))
    )
    op.create_index('ix_outbox_due', 'outbox', ['next_attempt_at'], unique=False, postgresql_where=sa.text("status = 'queued'"))
    op.create_index('ix_outbox_iteration', 'outbox', ['iteration_id', 'queued_at'], unique=False)
    op.create_index('ix_outbox_sending', 'outbox', ['claimed_at'], unique=False, postgresql_where=sa.text("status = 'sending'"))
    op.create_table('server_clock',
    sa.Column('id', sa.Boolean(), server_default=sa.text('true'), nullable=False),
    sa.Column('shift', sa.Interval(), server_default=sa.text("'0'"), nullable=False),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=True, comment='tests stop the clock here; null = it runs'),
    sa.CheckConstraint('id', name=op.f('ck_server_clock_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_server_clock'))
    )
    op.create_table('sessions',
    sa.Column('id', sa.LargeBinary(), nullable=False, comment="SHA-256 of the cookie's value"),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('address', sa.Text(), nullable=True),
    sa.Column('agent', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sessions'))
    )
    op.create_index('ix_sessions_user_id', 'sessions', ['user_id'], unique=False)
    op.create_table('sign_in_attempts',
    sa.Column('key', sa.Text(), nullable=False, comment='address or account the attempts are counted for'),
    sa.Column('window_start', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('key', 'window_start', name=op.f('pk_sign_in_attempts'))
    )
    op.create_table('sign_in_links',
    sa.Column('id', sa.LargeBinary(), nullable=False, comment="SHA-256 of the link's secret"),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_links'))
    )
    op.create_table('stream_heads',
    sa.Column('stream', sa.Uuid(), nullable=False, comment="a migration's key, or zeros for the system stream"),
    sa.Column('seq', sa.BigInteger(), server_default=sa.text('0'), nullable=False),
    sa.Column('hash', sa.LargeBinary(), server_default=sa.text("'\\x'::bytea"), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), server_default=sa.text("'-infinity'"), nullable=False),
    sa.PrimaryKeyConstraint('stream', name=op.f('pk_stream_heads'))
    )
    op.create_table('users',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False, comment='stored in lower case'),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('is_admin', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('active', sa.Boolean(), server_default=sa.text('true'), nullable=False),
    sa.Column('default_migration_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('email', name=op.f('uq_users_email'))
    )
    op.create_table('event_log',
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False, comment='gap-free in its stream'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('type', sa.Text(), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True, comment="null: the system or the machine's own user"),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=True),
    sa.Column('step_id', sa.Uuid(), nullable=True),
    sa.Column('detail', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('canonical', sa.LargeBinary(), nullable=False, comment='the bytes that were hashed'),
    sa.Column('prev_hash', sa.LargeBinary(), nullable=False),
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['stream'], ['stream_heads.stream'], name=op.f('fk_event_log_stream')),
    sa.PrimaryKeyConstraint('stream', 'seq', name=op.f('pk_event_log'))
    )
    op.create_index('ix_event_log_iteration', 'event_log', ['iteration_id', 'seq'], unique=False, postgresql_where=sa.text('iteration_id IS NOT NULL'))
    op.create_index('ix_event_log_step', 'event_log', ['step_id', 'seq'], unique=False, postgresql_where=sa.text('step_id IS NOT NULL'))
    op.create_table('iteration_heads',
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False, comment="the iteration's newest number in its stream"),
    sa.ForeignKeyConstraint(['stream'], ['stream_heads.stream'], name=op.f('fk_iteration_heads_stream')),
    sa.PrimaryKeyConstraint('iteration_id', name=op.f('pk_iteration_heads'))
    )
    op.create_index('ix_iteration_heads_stream', 'iteration_heads', ['stream'], unique=False)
    op.create_table('migrations',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False, comment='short human code, used in URLs'),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('status', sa.Text(), server_default=sa.text("'planning'"), nullable=False),
    sa.Column('zone', sa.Text(), nullable=False, comment='IANA zone its people think in'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.CheckConstraint("status IN ('planning','in_progress','completed','failed')", name=op.f('ck_migrations_status')),
    sa.ForeignKeyConstraint(['id'], ['stream_heads.stream'], name=op.f('fk_migrations_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_migrations')),
    sa.UniqueConstraint('key', name=op.f('uq_migrations_key'))
    )
    op.create_table('migration_roles',
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.CheckConstraint("role IN ('viewer','member','data_lead','pilot','approver')", name=op.f('ck_migration_roles_role')),
    sa.ForeignKeyConstraint(['migration_id'], ['migrations.id'], name=op.f('fk_migration_roles_migration_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_migration_roles_user_id')),
    sa.PrimaryKeyConstraint('migration_id', 'user_id', 'role', name=op.f('pk_migration_roles'))
    )
    op.create_index('ix_migration_roles_user_id', 'migration_roles', ['user_id'], unique=False)
    op.create_table('plan_imports',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('file_hash', sa.LargeBinary(), nullable=False),
    sa.Column('base_hash', sa.LargeBinary(), nullable=True, comment='content hash the difference was made against'),
    sa.Column('plan', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='the checked plan in its canonical form'),
    sa.Column('created_by', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('committed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['migration_id'], ['migrations.id'], name=op.f('fk_plan_imports_migration_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_imports'))
    )
    op.create_table('plans',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.ForeignKeyConstraint(['migration_id'], ['migrations.id'], name=op.f('fk_plans_migration_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plans')),
    sa.UniqueConstraint('migration_id', 'name', name=op.f('uq_plans_migration_id_name'))
    )
    op.create_table('teams',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.ForeignKeyConstraint(['migration_id'], ['migrations.id'], name=op.f('fk_teams_migration_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_teams')),
    sa.UniqueConstraint('migration_id', 'code', name=op.f('uq_teams_migration_id_code'))
    )
    op.create_table('plan_versions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('status', sa.Text(), server_default=sa.text("'draft'"), nullable=False),
    sa.Column('content_hash', sa.LargeBinary(), nullable=False, comment='SHA-256 of the canonical plan file'),
    sa.Column('created_by', sa.Uuid(), nullable=True, comment="null: the machine's own user, named in created_by_name"),
    sa.Column('created_by_name', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('approved_by', sa.Uuid(), nullable=True),
    sa.Column('approved_by_name', sa.Text(), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.CheckConstraint("status IN ('draft','approved','superseded')", name=op.f('ck_plan_versions_status')),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_plan_versions_plan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_versions')),
    sa.UniqueConstraint('plan_id', 'number', name=op.f('uq_plan_versions_plan_id_number'))
    )
    op.create_table('team_members',
    sa.Column('team_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_team_members_team_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_team_members_user_id')),
    sa.PrimaryKeyConstraint('team_id', 'user_id', name=op.f('pk_team_members'))
    )
    op.create_index('ix_team_members_user_id', 'team_members', ['user_id'], unique=False)
    op.create_table('iterations',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('plan_version_id', sa.Uuid(), nullable=False),
    sa.Column('plan_name', sa.Text(), nullable=False),
    sa.Column('plan_number', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('comms', sa.Text(), nullable=True, comment='chosen at start'),
    sa.Column('planned_start', sa.DateTime(timezone=True), nullable=False),
    sa.Column('planned_end', sa.DateTime(timezone=True), nullable=False),
    sa.Column('window_end', sa.DateTime(timezone=True), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('started_by', sa.Uuid(), nullable=True),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False, comment='when it came into its state'),
    sa.Column('state_by', sa.Text(), nullable=False, comment='who moved it there'),
    sa.Column('state_reason', sa.Text(), nullable=True, comment='and why: of a hold'),
    sa.Column('content_hash', sa.Text(), nullable=False, comment='SHA-256 of what was frozen'),
    sa.Column('total_count', sa.Integer(), nullable=False, comment='steps that count: not dormant, not out of scope'),
    sa.Column('done_count', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('total_seconds', sa.BigInteger(), nullable=False, comment='baseline weights; see progress'),
    sa.Column('done_seconds', sa.BigInteger(), server_default=sa.text('0'), nullable=False),
    sa.Column('counts', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='steps by state, of those that count'),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.CheckConstraint("comms IN ('off','test','on')", name=op.f('ck_iterations_comms')),
    sa.CheckConstraint("kind IN ('run','dress_rehearsal','cutover')", name=op.f('ck_iterations_kind')),
    sa.CheckConstraint("state IN ('planning','scheduled','live','on_hold','complete','closed','backing_out','backed_out','abandoned')", name=op.f('ck_iterations_state')),
    sa.ForeignKeyConstraint(['migration_id'], ['migrations.id'], name=op.f('fk_iterations_migration_id')),
    sa.ForeignKeyConstraint(['plan_version_id'], ['plan_versions.id'], name=op.f('fk_iterations_plan_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_iterations')),
    sa.UniqueConstraint('migration_id', 'name', name=op.f('uq_iterations_migration_id_name'))
    )
    op.create_table('macro_phases',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_version_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['plan_version_id'], ['plan_versions.id'], name=op.f('fk_macro_phases_plan_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_macro_phases')),
    sa.UniqueConstraint('plan_version_id', 'code', name=op.f('uq_macro_phases_plan_version_id_code'))
    )
    op.create_table('chapters',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_version_id', sa.Uuid(), nullable=False),
    sa.Column('macro_phase_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('rollback', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['macro_phase_id'], ['macro_phases.id'], name=op.f('fk_chapters_macro_phase_id')),
    sa.ForeignKeyConstraint(['plan_version_id'], ['plan_versions.id'], name=op.f('fk_chapters_plan_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chapters')),
    sa.UniqueConstraint('plan_version_id', 'code', name=op.f('uq_chapters_plan_version_id_code'))
    )
    op.create_table('iteration_macro_phases',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.Column('source_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_iteration_macro_phases_iteration_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_iteration_macro_phases')),
    sa.UniqueConstraint('iteration_id', 'code', name=op.f('uq_iteration_macro_phases_iteration_id_code'))
    )
    op.create_table('progress_points',
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False, comment='event number the point was taken at'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_count', sa.Integer(), nullable=False),
    sa.Column('total_count', sa.Integer(), nullable=False),
    sa.Column('percent', sa.Float(), nullable=True, comment='null: nothing to weigh'),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_progress_points_iteration_id')),
    sa.PrimaryKeyConstraint('iteration_id', 'seq', name=op.f('pk_progress_points'))
    )
    op.create_table('iteration_chapters',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.Column('macro_phase_id', sa.Uuid(), nullable=False),
    sa.Column('source_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('rollback', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_iteration_chapters_iteration_id')),
    sa.ForeignKeyConstraint(['macro_phase_id'], ['iteration_macro_phases.id'], name=op.f('fk_iteration_chapters_macro_phase_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_iteration_chapters')),
    sa.UniqueConstraint('iteration_id', 'code', name=op.f('uq_iteration_chapters_iteration_id_code'))
    )
    op.create_table('steps',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_version_id', sa.Uuid(), nullable=False),
    sa.Column('chapter_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('type', sa.Text(), nullable=False),
    sa.Column('behaviour', sa.Text(), nullable=False),
    sa.Column('instructions', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=True),
    sa.Column('duration_seconds', sa.Integer(), nullable=False),
    sa.Column('auto_activate', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('point_of_no_return', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint('duration_seconds >= 0', name=op.f('ck_steps_duration')),
    sa.ForeignKeyConstraint(['chapter_id'], ['chapters.id'], name=op.f('fk_steps_chapter_id')),
    sa.ForeignKeyConstraint(['plan_version_id'], ['plan_versions.id'], name=op.f('fk_steps_plan_version_id')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_steps_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_steps')),
    sa.UniqueConstraint('plan_version_id', 'code', name=op.f('uq_steps_plan_version_id_code'))
    )
    op.create_table('iteration_steps',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.Column('chapter_id', sa.Uuid(), nullable=False),
    sa.Column('source_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('type', sa.Text(), nullable=False),
    sa.Column('behaviour', sa.Text(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=True),
    sa.Column('duration_seconds', sa.Integer(), nullable=False),
    sa.Column('auto_activate', sa.Boolean(), nullable=False),
    sa.Column('point_of_no_return', sa.Boolean(), nullable=False),
    sa.Column('dormant', sa.Boolean(), nullable=False, comment='of a rollback chapter that has not woken'),
    sa.Column('position', sa.Integer(), nullable=False, comment='in the whole iteration, top to bottom'),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('attempt', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('baseline_start', sa.DateTime(timezone=True), nullable=True),
    sa.Column('baseline_end', sa.DateTime(timezone=True), nullable=True),
    sa.Column('planned_start', sa.DateTime(timezone=True), nullable=True),
    sa.Column('planned_end', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True, comment="when time alone will open it; the ticker's"),
    sa.Column('ready_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('activated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('start_assumed', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('work_ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('last_actor', sa.Text(), nullable=True),
    sa.Column('last_action', sa.Text(), nullable=True),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision_id', sa.Uuid(), nullable=True, comment='the decision that closes it, of a gate'),
    sa.Column('tasks_total', sa.Integer(), nullable=False),
    sa.Column('tasks_done', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('tasks_open', sa.Integer(), nullable=False, comment='required tasks that are still open'),
    sa.Column('tasks_required', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.CheckConstraint("state IN ('not_ready','ready','activated','in_progress','verifying','complete','blocked','failed','skipped','cancelled')", name=op.f('ck_iteration_steps_state')),
    sa.ForeignKeyConstraint(['chapter_id'], ['iteration_chapters.id'], name=op.f('fk_iteration_steps_chapter_id')),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_iteration_steps_iteration_id')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_iteration_steps_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_iteration_steps')),
    sa.UniqueConstraint('iteration_id', 'code', name=op.f('uq_iteration_steps_iteration_id_code'))
    )
    op.create_index('ix_iteration_steps_chapter_id', 'iteration_steps', ['chapter_id'], unique=False)
    op.create_index('ix_iteration_steps_opens_at', 'iteration_steps', ['opens_at'], unique=False, postgresql_where=sa.text('opens_at IS NOT NULL'))
    op.create_index('ix_iteration_steps_team_id', 'iteration_steps', ['team_id', 'state'], unique=False)
    op.create_table('step_dependencies',
    sa.Column('predecessor_id', sa.Uuid(), nullable=False),
    sa.Column('successor_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), server_default=sa.text("'FS'"), nullable=False),
    sa.Column('lag_seconds', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('plan_version_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("kind IN ('FS','SS','FF','SF')", name=op.f('ck_step_dependencies_kind')),
    sa.CheckConstraint('predecessor_id <> successor_id', name=op.f('ck_step_dependencies_not_itself')),
    sa.ForeignKeyConstraint(['plan_version_id'], ['plan_versions.id'], name=op.f('fk_step_dependencies_plan_version_id')),
    sa.ForeignKeyConstraint(['predecessor_id'], ['steps.id'], name=op.f('fk_step_dependencies_predecessor_id')),
    sa.ForeignKeyConstraint(['successor_id'], ['steps.id'], name=op.f('fk_step_dependencies_successor_id')),
    sa.PrimaryKeyConstraint('predecessor_id', 'successor_id', 'kind', name=op.f('pk_step_dependencies'))
    )
    op.create_index('ix_step_dependencies_plan_version_id', 'step_dependencies', ['plan_version_id'], unique=False)
    op.create_index('ix_step_dependencies_successor_id', 'step_dependencies', ['successor_id'], unique=False)
    op.create_table('tasks',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_version_id', sa.Uuid(), nullable=False),
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('instructions', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=True),
    sa.Column('required', sa.Boolean(), server_default=sa.text('true'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['plan_version_id'], ['plan_versions.id'], name=op.f('fk_tasks_plan_version_id')),
    sa.ForeignKeyConstraint(['step_id'], ['steps.id'], name=op.f('fk_tasks_step_id')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_tasks_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tasks')),
    sa.UniqueConstraint('plan_version_id', 'code', name=op.f('uq_tasks_plan_version_id_code'))
    )
    op.create_index('ix_tasks_step_id', 'tasks', ['step_id'], unique=False)
    op.create_table('decisions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=True),
    sa.Column('step_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False, comment='gate; further kinds follow'),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False, comment='who may answer'),
    sa.Column('quorum', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('deadline', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_on', postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment='what was known then, with its hash'),
    sa.CheckConstraint("outcome IN ('go','no_go')", name=op.f('ck_decisions_outcome')),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_decisions_iteration_id')),
    sa.ForeignKeyConstraint(['migration_id'], ['migrations.id'], name=op.f('fk_decisions_migration_id')),
    sa.ForeignKeyConstraint(['step_id'], ['iteration_steps.id'], name=op.f('fk_decisions_step_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decisions'))
    )
    op.create_index('ix_decisions_step_id', 'decisions', ['step_id'], unique=False)
    op.create_table('guards',
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False, comment='who holds the step: a gate, a data condition, a fixed time'),
    sa.Column('open', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('as_of', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['step_id'], ['iteration_steps.id'], name=op.f('fk_guards_step_id')),
    sa.PrimaryKeyConstraint('step_id', 'source', name=op.f('pk_guards'))
    )
    op.create_table('iteration_dependencies',
    sa.Column('predecessor_id', sa.Uuid(), nullable=False),
    sa.Column('successor_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('lag_seconds', sa.Integer(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_iteration_dependencies_iteration_id')),
    sa.ForeignKeyConstraint(['predecessor_id'], ['iteration_steps.id'], name=op.f('fk_iteration_dependencies_predecessor_id')),
    sa.ForeignKeyConstraint(['successor_id'], ['iteration_steps.id'], name=op.f('fk_iteration_dependencies_successor_id')),
    sa.PrimaryKeyConstraint('predecessor_id', 'successor_id', 'kind', name=op.f('pk_iteration_dependencies'))
    )
    op.create_index('ix_iteration_dependencies_iteration_id', 'iteration_dependencies', ['iteration_id'], unique=False)
    op.create_index('ix_iteration_dependencies_successor_id', 'iteration_dependencies', ['successor_id'], unique=False)
    op.create_table('iteration_tasks',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('source_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('instructions', sa.Text(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=True),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('state', sa.Text(), server_default=sa.text("'open'"), nullable=False),
    sa.Column('done_by', sa.Text(), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.CheckConstraint("state IN ('open','done','failed','not_applicable')", name=op.f('ck_iteration_tasks_state')),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_iteration_tasks_iteration_id')),
    sa.ForeignKeyConstraint(['step_id'], ['iteration_steps.id'], name=op.f('fk_iteration_tasks_step_id')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_iteration_tasks_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_iteration_tasks')),
    sa.UniqueConstraint('iteration_id', 'code', name=op.f('uq_iteration_tasks_iteration_id_code'))
    )
    op.create_index('ix_iteration_tasks_step_id', 'iteration_tasks', ['step_id'], unique=False)
    op.create_table('step_attempts',
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('ready_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('activated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('start_assumed', sa.Boolean(), nullable=False),
    sa.Column('work_ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['step_id'], ['iteration_steps.id'], name=op.f('fk_step_attempts_step_id')),
    sa.PrimaryKeyConstraint('step_id', 'attempt', name=op.f('pk_step_attempts'))
    )
    op.create_table('decision_answers',
    sa.Column('decision_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('user_name', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("answer IN ('go','no_go')", name=op.f('ck_decision_answers_answer')),
    sa.ForeignKeyConstraint(['decision_id'], ['decisions.id'], name=op.f('fk_decision_answers_decision_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_decision_answers_user_id')),
    sa.PrimaryKeyConstraint('decision_id', 'user_id', name=op.f('pk_decision_answers'))
    )

