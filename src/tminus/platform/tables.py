"""The platform's own tables: the log and its heads, outbox, cursors, sessions, tokens, clock."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Interval,
    LargeBinary,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from tminus.platform.database import metadata

instant = DateTime(timezone=True)

stream_heads = Table(
    "stream_heads",
    metadata,
    Column("stream", Uuid, primary_key=True, comment="a migration's key, or zeros for the system stream"),
    Column("seq", BigInteger, nullable=False, server_default=text("0")),
    Column("hash", LargeBinary, nullable=False, server_default=text("'\\x'::bytea")),
    Column("last_at", instant, nullable=False, server_default=text("'-infinity'")),
)

iteration_heads = Table(
    "iteration_heads",
    metadata,
    Column("iteration_id", Uuid, primary_key=True),
    Column("stream", Uuid, ForeignKey("stream_heads.stream"), nullable=False),
    Column("seq", BigInteger, nullable=False, comment="the iteration's newest number in its stream"),
    Index("ix_iteration_heads_stream", "stream"),
)

event_log = Table(
    "event_log",
    metadata,
    Column("stream", Uuid, ForeignKey("stream_heads.stream"), primary_key=True),
    Column("seq", BigInteger, primary_key=True, comment="gap-free in its stream"),
    Column("at", instant, nullable=False),
    Column("type", Text, nullable=False),
    Column("actor_id", Uuid, comment="null: the system or the machine's own user"),
    Column("actor", Text, nullable=False),
    Column("iteration_id", Uuid),
    Column("step_id", Uuid),
    Column("detail", JSONB, nullable=False),
    Column("canonical", LargeBinary, nullable=False, comment="the bytes that were hashed"),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_event_log_iteration", "iteration_id", "seq", postgresql_where=text("iteration_id IS NOT NULL")),
    Index("ix_event_log_step", "step_id", "seq", postgresql_where=text("step_id IS NOT NULL")),
)

consumer_cursors = Table(
    "consumer_cursors",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("stream", Uuid, primary_key=True),
    Column("seq", BigInteger, nullable=False),
)

access_log = Table(
    "access_log",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=True),
    Column("at", instant, nullable=False, server_default=func.now()),
    Column("kind", Text, nullable=False, comment="sign_in | sign_out | sign_in_refused | refused | token…"),
    Column("user_id", Uuid),
    Column("address", Text),
    Column("detail", JSONB, nullable=False, server_default=text("'{}'")),
    Index("ix_access_log_at", "at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("migration_id", Uuid, nullable=False),
    Column("iteration_id", Uuid),
    Column("step_id", Uuid),
    Column("channel", Text, nullable=False, server_default=text("'mail'")),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body_text", Text, nullable=False),
    Column("body_html", Text),
    Column("message_id", Text, nullable=False, unique=True, comment="the stable Message-ID"),
    Column("status", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("queued_at", instant, nullable=False),
    Column(
        "next_attempt_at", instant, nullable=False, comment="wall time of the sender, not the moved clock"
    ),
    Column("claimed_by", Text),
    Column("claimed_at", instant),
    Column("sent_at", instant),
    Column("last_error", Text),
    Column("occasion", Text, comment="what it tells of: activated, blocked, hold…"),
    Column("team_id", Uuid, comment="the team it is for, where it is for one"),
    Column(
        "secret",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="holds a personal link: its body is kept only until it is sent",
    ),
    Column("resend_of", Uuid, comment="the message it repeats, by order of a pilot"),
    Column(
        "handled_at",
        instant,
        comment="a pilot saw to it otherwise: failed or uncertain no longer asks for care",
    ),
    Column("handled_by", Text),
    Column("handled_note", Text),
    CheckConstraint("status IN ('queued','sending','sent','failed','suppressed','uncertain')", name="status"),
    Index("ix_outbox_due", "next_attempt_at", postgresql_where=text("status = 'queued'")),
    Index("ix_outbox_sending", "claimed_at", postgresql_where=text("status = 'sending'")),
    Index("ix_outbox_iteration", "iteration_id", "queued_at"),
)

server_clock = Table(
    "server_clock",
    metadata,
    Column("id", Boolean, primary_key=True, server_default=text("true")),
    Column("shift", Interval, nullable=False, server_default=text("'0'")),
    Column("frozen_at", instant, comment="tests stop the clock here; null = it runs"),
    CheckConstraint("id", name="one_row"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", LargeBinary, primary_key=True, comment="SHA-256 of the cookie's value"),
    Column("user_id", Uuid, nullable=False),
    Column("created_at", instant, nullable=False),
    Column("expires_at", instant, nullable=False),
    Column("address", Text),
    Column("agent", Text),
    Index("ix_sessions_user_id", "user_id"),
)

sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("id", LargeBinary, primary_key=True, comment="SHA-256 of the link's secret"),
    Column("user_id", Uuid, nullable=False),
    Column("created_at", instant, nullable=False),
    Column("expires_at", instant, nullable=False),
    Column("used_at", instant),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("secret", LargeBinary, nullable=False, unique=True, comment="SHA-256 of the token"),
    Column("user_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", instant, nullable=False),
    Column("expires_at", instant),
    Column("last_used_at", instant),
    Column("revoked_at", instant),
    Index("ix_api_tokens_user_id", "user_id"),
)

attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("key", Text, primary_key=True, comment="address or account the attempts are counted for"),
    Column("window_start", instant, primary_key=True),
    Column("count", Integer, nullable=False),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("user_key", Text, primary_key=True, comment="whose key: a person or the machine's user"),
    Column("key", Text, primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False, comment="SHA-256 of method, path and body"),
    Column("answer", JSONB, nullable=False),
    Column("at", instant, nullable=False),
    Index("ix_idempotency_keys_at", "at"),
)
