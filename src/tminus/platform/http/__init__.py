"""The HTTP base every slice's routes stand on."""

from tminus.platform.http.install import install

__all__ = ["install"]
