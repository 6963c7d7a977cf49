"""Substitutes for a night, and passwords."""

from alembic import op
import sqlalchemy as sa

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('substitutes',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('migration_id', sa.Uuid(), nullable=False),
    sa.Column('absent_id', sa.Uuid(), nullable=False),
    sa.Column('substitute_id', sa.Uuid(), nullable=False),
    sa.Column('iteration_id', sa.Uuid(), nullable=True, comment='the iteration it is said for; the rights are for the migration'),
    sa.Column('begins_at', sa.DateTime(timezone=True), nullable=False, comment="by Tminus's clock"),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False, comment='the first moment it no longer holds'),
    sa.Column('made_by', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True, comment='ended or called off before its time'),
    sa.Column('ended_by', sa.Text(), nullable=True),
    sa.CheckConstraint('absent_id <> substitute_id', name=op.f('ck_substitutes_not_oneself')),
    sa.CheckConstraint('begins_at < ends_at', name=op.f('ck_substitutes_some_time')),
    sa.ForeignKeyConstraint(['absent_id'], ['users.id'], name=op.f('fk_substitutes_absent_id')),
    sa.ForeignKeyConstraint(['migration_id'], ['migrations.id'], name=op.f('fk_substitutes_migration_id')),
    sa.ForeignKeyConstraint(['substitute_id'], ['users.id'], name=op.f('fk_substitutes_substitute_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_substitutes'))
    )
    op.create_index('ix_substitutes_migration_id', 'substitutes', ['migration_id'], unique=False)
    op.create_index('ix_substitutes_substitute_id', 'substitutes', ['substitute_id'], unique=False, postgresql_where=sa.text('ended_at IS NULL'))
    op.create_table('passwords',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('hash', sa.Text(), nullable=False, comment='Argon2id, with its parameters and salt'),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False, comment='wall time'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_passwords_user_id')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_passwords'))
    )
