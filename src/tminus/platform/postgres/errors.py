"""What can go wrong with the embedded PostgreSQL; each sentence says what happened and what was not lost."""

from tminus.kernel.errors import TminusError


class BinariesMissing(TminusError):
    """No usable PostgreSQL programs were found where we looked."""

    code = "postgres_binaries_missing"
    status = 500


class BinariesTooOld(TminusError):
    """The PostgreSQL that was found is older than the oldest that Tminus runs on."""

    code = "postgres_too_old"
    status = 500


class FolderInUse(TminusError):
    """Another process runs, or prepares, the PostgreSQL of this folder."""

    code = "postgres_folder_in_use"
    status = 500


class PortInUse(TminusError):
    """The port that was asked for belongs to another program."""

    code = "postgres_port_in_use"
    status = 500


class FolderUnusable(TminusError):
    """The data folder cannot be read, entered or owned by whoever has to run PostgreSQL."""

    code = "postgres_folder_unusable"
    status = 500


class VersionMismatch(TminusError):
    """The data were written by another major version of PostgreSQL than the programs found now."""

    code = "postgres_version_mismatch"
    status = 500


class StartFailed(TminusError):
    """PostgreSQL was launched and did not come to answer; the sentence ends with its last log lines."""

    code = "postgres_start_failed"
    status = 500


class StopFailed(TminusError):
    """A server of this folder would not end, even when told to drop everything."""

    code = "postgres_stop_failed"
    status = 500


class NotRunning(TminusError):
    """An address was asked of a server that is not running."""

    code = "postgres_not_running"
    status = 503


class PasswordsMissing(TminusError):
    """The folder has data, but the file with the passwords of its roles is gone or unreadable."""

    code = "postgres_passwords_missing"
    status = 500
