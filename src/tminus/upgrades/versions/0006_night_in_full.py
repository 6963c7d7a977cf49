"""The night in full: evidence, controls, conversation, roll-calls, second signatures, templates, waived links."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('message_templates',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('occasion', sa.Text(), nullable=False, comment='what it tells of: activated, blocked, hold…'),
    sa.Column('number', sa.Integer(), nullable=False, comment='1, 2, 3… of its occasion; the highest without an error is used'),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False, comment='plain text; the HTML part is made of it'),
    sa.Column('error', sa.Text(), nullable=True, comment='why it is not used, in words'),
    sa.Column('error_line', sa.Integer(), nullable=True),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['migration_id'], ['migrations.id'], name=op.f('fk_message_templates_migration_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message_templates')),
    sa.UniqueConstraint('migration_id', 'occasion', 'number', name=op.f('uq_message_templates_migration_id_occasion_number'))
    )
    op.create_table('roll_calls',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.Column('opened_by', sa.Text(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True, comment='by when every team should have answered'),
    sa.Column('closed_by', sa.Text(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_roll_calls_iteration_id')),
    sa.ForeignKeyConstraint(['migration_id'], ['migrations.id'], name=op.f('fk_roll_calls_migration_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roll_calls'))
    )
    op.create_index('ix_roll_calls_iteration_id', 'roll_calls', ['iteration_id'], unique=False)
    op.create_index('uq_roll_calls_open', 'roll_calls', ['iteration_id'], unique=True, postgresql_where=sa.text('closed_at IS NULL'))
    op.create_table('roll_call_teams',
    sa.Column('roll_call_id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=False),
    sa.Column('here_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('here_by', sa.Text(), nullable=True),
    sa.Column('on_behalf', sa.Boolean(), server_default=sa.text('false'), nullable=False, comment='said by a pilot for it'),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['roll_call_id'], ['roll_calls.id'], name=op.f('fk_roll_call_teams_roll_call_id')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_roll_call_teams_team_id')),
    sa.PrimaryKeyConstraint('roll_call_id', 'team_id', name=op.f('pk_roll_call_teams'))
    )
    op.create_table('comments',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.Column('step_id', sa.Uuid(), nullable=True, comment='null: of the whole iteration'),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True, comment='its words stand in the log alone'),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.CheckConstraint("kind IN ('comment','handover')", name=op.f('ck_comments_kind')),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_comments_iteration_id')),
    sa.ForeignKeyConstraint(['migration_id'], ['migrations.id'], name=op.f('fk_comments_migration_id')),
    sa.ForeignKeyConstraint(['step_id'], ['iteration_steps.id'], name=op.f('fk_comments_step_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comments'))
    )
    op.create_index('ix_comments_iteration_id', 'comments', ['iteration_id', 'at'], unique=False)
    op.create_index('ix_comments_step_id', 'comments', ['step_id', 'at'], unique=False)
    op.create_table('impediments',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False, comment='1, 2, 3… in its iteration'),
    sa.Column('step_id', sa.Uuid(), nullable=True, comment='null: of the whole iteration'),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('detail', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('severity', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('owner_name', sa.Text(), nullable=True),
    sa.Column('expected_at', sa.DateTime(timezone=True), nullable=True, comment='when it should be resolved'),
    sa.Column('state', sa.Text(), server_default=sa.text("'open'"), nullable=False),
    sa.Column('opened_by', sa.Text(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('resolved_by', sa.Text(), nullable=True),
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('resolution', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.CheckConstraint("severity IN ('CRITICAL','HIGH','MEDIUM','LOW')", name=op.f('ck_impediments_severity')),
    sa.CheckConstraint("state IN ('open','resolved')", name=op.f('ck_impediments_state')),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_impediments_iteration_id')),
    sa.ForeignKeyConstraint(['migration_id'], ['migrations.id'], name=op.f('fk_impediments_migration_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_impediments_owner_id')),
    sa.ForeignKeyConstraint(['step_id'], ['iteration_steps.id'], name=op.f('fk_impediments_step_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_impediments')),
    sa.UniqueConstraint('iteration_id', 'number', name=op.f('uq_impediments_iteration_id_number'))
    )
    op.create_index('ix_impediments_step_id', 'impediments', ['step_id'], unique=False)
    op.create_table('comment_mentions',
    sa.Column('comment_id', sa.Uuid(), nullable=False),
    sa.Column('target', sa.Uuid(), nullable=False, comment='the person or the team'),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False, comment='as it stands in the comment, without the @'),
    sa.CheckConstraint("kind IN ('user','team')", name=op.f('ck_comment_mentions_kind')),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_comment_mentions_comment_id')),
    sa.PrimaryKeyConstraint('comment_id', 'target', name=op.f('pk_comment_mentions'))
    )
    op.create_table('decision_voters',
    sa.Column('decision_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False, comment='in which capacity they are asked, in words'),
    sa.Column('link_hash', sa.LargeBinary(), nullable=True, comment='SHA-256 of the secret in the personal link'),
    sa.Column('link_used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['decision_id'], ['decisions.id'], name=op.f('fk_decision_voters_decision_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_decision_voters_user_id')),
    sa.PrimaryKeyConstraint('decision_id', 'user_id', name=op.f('pk_decision_voters')),
    sa.UniqueConstraint('link_hash', name=op.f('uq_decision_voters_link_hash'))
    )
    op.create_index('ix_decision_voters_user_id', 'decision_voters', ['user_id'], unique=False)
    op.create_table('evidence',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=False),
    sa.Column('step_id', sa.Uuid(), nullable=True, comment='null: of a control alone'),
    sa.Column('attempt', sa.Integer(), nullable=False, comment='of the step'),
    sa.Column('task_id', sa.Uuid(), nullable=True),
    sa.Column('control_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False, comment='the text, the address, or what the file shows'),
    sa.Column('file_name', sa.Text(), nullable=True),
    sa.Column('media_type', sa.Text(), nullable=True, comment='what the content is, by its own bytes'),
    sa.Column('size', sa.BigInteger(), nullable=True, comment='bytes'),
    sa.Column('sha256', sa.LargeBinary(), nullable=True),
    sa.Column('object_key', sa.Text(), nullable=True, comment='where the object store has it'),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True, comment='kept, and no longer counted'),
    sa.Column('withdrawn_by', sa.Text(), nullable=True),
    sa.Column('withdrawn_reason', sa.Text(), nullable=True),
    sa.CheckConstraint("kind IN ('text','link','file')", name=op.f('ck_evidence_kind')),
    sa.CheckConstraint('step_id IS NOT NULL OR control_id IS NOT NULL', name=op.f('ck_evidence_of_something')),
    sa.ForeignKeyConstraint(['control_id'], ['iteration_controls.id'], name=op.f('fk_evidence_control_id')),
    sa.ForeignKeyConstraint(['iteration_id'], ['iterations.id'], name=op.f('fk_evidence_iteration_id')),
    sa.ForeignKeyConstraint(['migration_id'], ['migrations.id'], name=op.f('fk_evidence_migration_id')),
    sa.ForeignKeyConstraint(['step_id'], ['iteration_steps.id'], name=op.f('fk_evidence_step_id')),
    sa.ForeignKeyConstraint(['task_id'], ['iteration_tasks.id'], name=op.f('fk_evidence_task_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence'))
    )
    op.create_index('ix_evidence_control_id', 'evidence', ['control_id'], unique=False)
    op.create_index('ix_evidence_iteration_id', 'evidence', ['iteration_id'], unique=False)
    op.create_index('ix_evidence_step_id', 'evidence', ['step_id'], unique=False)
    op.create_check_constraint(op.f('ck_decisions_kind'), 'decisions', "kind IN ('gate','poll','second_signature')")
    op.add_column('decisions', sa.Column('detail', sa.Text(), server_default=sa.text("''"), nullable=False, comment='the case for it, in words'))
    op.add_column('decisions', sa.Column('asked_by_id', sa.Uuid(), nullable=True, comment='the doer: gives no second signature on it'))
    op.add_column('decisions', sa.Column('asked_by_name', sa.Text(), nullable=True))
    op.add_column('decisions', sa.Column('subject', postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment='what a second signature carries out: action, codes, reason'))
    op.add_column('decisions', sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('decisions', sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('decisions', sa.Column('withdrawn_by', sa.Text(), nullable=True))
    op.add_column('decisions', sa.Column('withdrawn_reason', sa.Text(), nullable=True))
    op.add_column('decisions', sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False))
    op.create_index('ix_decisions_iteration_id', 'decisions', ['iteration_id'], unique=False)
    op.add_column('iteration_controls', sa.Column('by_name', sa.Text(), nullable=True, comment='who brought it into its state; null while it is pending'))
    op.add_column('iteration_controls', sa.Column('at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('iteration_controls', sa.Column('reason', sa.Text(), nullable=True))
    op.add_column('iteration_controls', sa.Column('overridden', sa.Boolean(), server_default=sa.text('false'), nullable=False, comment='passed by order'))
    op.add_column('iteration_dependencies', sa.Column('waived_at', sa.DateTime(timezone=True), nullable=True, comment='satisfied since then by order of a pilot, or by a back-out'))
    op.add_column('iteration_dependencies', sa.Column('waived_by', sa.Text(), nullable=True))
    op.add_column('iteration_dependencies', sa.Column('waived_reason', sa.Text(), nullable=True))
    op.add_column('iteration_group_dependencies', sa.Column('waived_at', sa.DateTime(timezone=True), nullable=True, comment='satisfied since then by order of a pilot, or by a back-out'))
    op.add_column('iteration_group_dependencies', sa.Column('waived_by', sa.Text(), nullable=True))
    op.add_column('iteration_group_dependencies', sa.Column('waived_reason', sa.Text(), nullable=True))
    op.add_column('iteration_steps', sa.Column('evidence_required', sa.Boolean(), server_default=sa.text('false'), nullable=False))
    op.add_column('iteration_steps', sa.Column('evidence_count', sa.Integer(), server_default=sa.text('0'), nullable=False, comment='of this attempt'))
    op.add_column('iteration_steps', sa.Column('controls_open', sa.Integer(), server_default=sa.text('0'), nullable=False, comment='critical ones not passed'))
    op.add_column('iteration_steps', sa.Column('controls_required', sa.Integer(), server_default=sa.text('0'), nullable=False, comment='critical ones that are not cancelled'))
    op.add_column('iteration_steps', sa.Column('blocked_from', sa.Text(), nullable=True, comment='the state that unblocking returns to'))
    op.add_column('iteration_steps', sa.Column('expected_at', sa.DateTime(timezone=True), nullable=True, comment='when it should be unblocked, as far as is known'))
    op.add_column('iteration_steps', sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True, comment='its team said “I have it”'))
    op.add_column('iteration_steps', sa.Column('taken_by', sa.Text(), nullable=True))
    op.add_column('iteration_steps', sa.Column('not_taken_at', sa.DateTime(timezone=True), nullable=True, comment="nobody had taken it in time; the ticker's"))
    op.add_column('iteration_steps', sa.Column('upcoming_told_at', sa.DateTime(timezone=True), nullable=True, comment="its team was told that it comes soon; the ticker's"))
    op.add_column('iteration_steps', sa.Column('start_told_at', sa.DateTime(timezone=True), nullable=True, comment='when the start was reported; later than it: reported late'))
    op.add_column('iteration_steps', sa.Column('end_told_at', sa.DateTime(timezone=True), nullable=True, comment='when the end was reported'))
    op.add_column('iteration_steps', sa.Column('late_reason', sa.Text(), nullable=True, comment='why a start or an end was reported late'))
    op.add_column('iteration_steps', sa.Column('start_carried', sa.Boolean(), server_default=sa.text('false'), nullable=False, comment="the start is an earlier attempt's, whose end was taken back"))
    op.add_column('iteration_steps', sa.Column('done_by_id', sa.Uuid(), nullable=True, comment='who reported it done, and may take that back for a minute'))
    op.add_column('iteration_steps', sa.Column('override_by', sa.Text(), nullable=True, comment='who let it start although it was not ready'))
    op.add_column('iteration_steps', sa.Column('override_reason', sa.Text(), nullable=True))
    op.add_column('iteration_tasks', sa.Column('reason', sa.Text(), nullable=True, comment='why it failed, or does not apply'))
    op.add_column('iterations', sa.Column('take_seconds', sa.Integer(), server_default=sa.text('300'), nullable=False, comment='an activated step that nobody took for so long is told to the next'))
    op.add_column('iterations', sa.Column('upcoming_seconds', sa.Integer(), server_default=sa.text('900'), nullable=False, comment="so long before its planned start a step's team is told"))
    op.add_column('outbox', sa.Column('occasion', sa.Text(), nullable=True, comment='what it tells of: activated, blocked, hold…'))
    op.add_column('outbox', sa.Column('team_id', sa.Uuid(), nullable=True, comment='the team it is for, where it is for one'))
    op.add_column('outbox', sa.Column('secret', sa.Boolean(), server_default=sa.text('false'), nullable=False, comment='holds a personal link: its body is kept only until it is sent'))
    op.add_column('outbox', sa.Column('resend_of', sa.Uuid(), nullable=True, comment='the message it repeats, by order of a pilot'))
    op.add_column('outbox', sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True, comment='a pilot saw to it otherwise: failed or uncertain no longer asks for care'))
    op.add_column('outbox', sa.Column('handled_by', sa.Text(), nullable=True))
    op.add_column('outbox', sa.Column('handled_note', sa.Text(), nullable=True))
    op.add_column('step_attempts', sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('step_attempts', sa.Column('taken_by', sa.Text(), nullable=True))
    op.add_column('step_attempts', sa.Column('start_told_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('step_attempts', sa.Column('end_told_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('step_attempts', sa.Column('late_reason', sa.Text(), nullable=True))
    op.add_column('step_attempts', sa.Column('start_carried', sa.Boolean(), server_default=sa.text('false'), nullable=False))
    op.add_column('step_attempts', sa.Column('override_by', sa.Text(), nullable=True))
    op.add_column('step_attempts', sa.Column('override_reason', sa.Text(), nullable=True))
    op.add_column('steps', sa.Column('evidence_required', sa.Boolean(), server_default=sa.text('false'), nullable=False))
    op.create_index('ix_iteration_steps_untaken', 'iteration_steps', ['activated_at'], unique=False, postgresql_where=sa.text("state = 'activated' AND taken_at IS NULL AND not_taken_at IS NULL"))
    op.create_index('ix_iteration_steps_upcoming', 'iteration_steps', ['planned_start'], unique=False, postgresql_where=sa.text("upcoming_told_at IS NULL AND state IN ('not_ready','ready')"))
    op.execute("COMMENT ON COLUMN decisions.kind IS 'gate, poll or second_signature'")
    op.execute("COMMENT ON COLUMN iteration_tasks.done_by IS 'who brought it into its state; null while it is open'")
