"""Where a request comes from: the peer, or what a trusted proxy says about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from starlette.datastructures import Headers

from tminus.platform.settings import Settings

UNKNOWN = "unknown"


def address_of(scope: Mapping[str, Any], settings: Settings) -> str:
    """Return the client's address; `X-Forwarded-For` is believed from `settings.forwarded_for` alone."""
    client: Sequence[Any] | None = scope.get("client")
    peer = str(client[0]) if client else UNKNOWN
    if not settings.forwarded_for or peer != settings.forwarded_for:
        return peer
    # The last entry is the proxy's own; those before it are whatever the client wrote.
    said = Headers(raw=list(scope["headers"])).get("x-forwarded-for", "").rsplit(",", 1)[-1].strip()
    return said if _is_address(said) else peer


def network_of(address: str) -> str:
    """Return what is counted as one client: an IPv4 address, or the /64 that one IPv6 subscriber holds."""
    if not _is_address(address) or not isinstance(ip_address(address), IPv6Address):
        return address
    return str(ip_network(f"{address.split('%', 1)[0]}/64", strict=False))


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
