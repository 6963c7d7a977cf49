"""Every setting, in one place, read from the environment (`TMINUS_…`) once at start."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator may set; the defaults run a demo on one machine."""

    model_config = SettingsConfigDict(env_prefix="TMINUS_", frozen=True)

    home: Path = Field(default_factory=lambda: user_data_path("tminus"))
    """Folder of everything Tminus keeps outside the database: its embedded server, anchors, logs."""
    object_store: str = ""
    """Where files of evidence are kept: `s3://bucket/path`, `az://…`, `gs://…` (keys and region from the environment,
    as each cloud's own tools do); empty = the folder `objects` under `home`."""
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    """What links in mails start with; empty = `http://host:port`."""
    database_url: SecretStr | None = None
    """PostgreSQL 15+ as the app's role; none = the embedded server under `home`."""
    owner_url: SecretStr | None = None
    """The role that owns the tables and runs upgrades; none = the same as `database_url`."""
    pg_bin: Path | None = None
    """Folder with PostgreSQL's programs, for the embedded server."""
    pg_port: int | None = None
    """Port of the embedded server; none = a free one."""
    pool_size: int = 10
    """Database connections a web process may hold."""
    smtp_host: str = ""
    """Empty = no mail server: messages stay queued, and the page says so."""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: str = Field(default="starttls-if-offered", pattern="^(none|starttls-if-offered|starttls|tls)$")
    mail_from: str = "Tminus <tminus@localhost>"
    mail_attempts: int = 8
    """How often a message is tried before it counts as failed; the waits between double from 5 s to 10 min."""
    test_recipient: str = ""
    """Whom messages reach when an iteration's comms are on *test*; empty = whoever started it."""
    demo: bool = False
    """Shows the mail catcher and lets people move the clock."""
    session_hours: int = 12
    breached_passwords_url: str = ""
    """Range service that knows passwords which leaked elsewhere: the first five hex digits of a SHA-1 are appended.
    Empty = the list that comes with Tminus decides alone."""
    forwarded_for: str = ""
    """Address of a trusted reverse proxy whose X-Forwarded-For is believed; empty = none."""

    @property
    def base_url(self) -> str:
        """Where people reach the page, without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secure_cookies(self) -> bool:
        """Cookies travel over TLS alone wherever the page is served over TLS."""
        return self.base_url.startswith("https://")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process."""
    return Settings()
