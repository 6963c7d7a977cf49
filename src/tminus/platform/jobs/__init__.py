"""Jobs in the same database: deferred by name inside a command's transaction, done by the worker."""

from tminus.platform.jobs.queue import defer_job, make_app

__all__ = ["defer_job", "make_app"]
