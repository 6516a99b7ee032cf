"""The proxies that the environment names, as curl and most others understand it."""

import os
from urllib.parse import unquote, urlsplit

from tui.core.problems import Reason
from tui.core.values import dataclass
from tui.web.connections import BrokenError
from tui.web.urls import RefusedError, Url, checked_host

_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}


class NoProxyError(BrokenError):
    """What the environment names is no proxy; the reason says what to do."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where to go instead."""

    scheme: str
    host: str
    port: int
    auth: tuple[bytes, bytes] | None = None

    @property
    def address(self) -> str:
        """As a URL, without what authorises us."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


def proxy_for(url: Url) -> Proxy | None:
    """Return the proxy for an address: HTTP_PROXY, HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the host.

    Raises NoProxyError if the variable means nothing.
    """
    names = (f"{url.scheme}_proxy", "all_proxy")
    variable, named = next(((name, value) for name in names if (value := _variable(name))), ("", ""))
    if not named or _is_exempt(url.host, _variable("no_proxy")):
        return None
    try:
        parts = urlsplit(named if "://" in named else f"http://{named}")
        port = parts.port or _PORTS[parts.scheme]
        host = checked_host(parts.hostname or "", variable)
    except (KeyError, ValueError, RefusedError):
        # Not quoted: it may hold a password.
        raise NoProxyError(Reason("no_proxy_address", {"variable": variable})) from None
    auth = (unquote(parts.username).encode(), unquote(parts.password or "").encode()) if parts.username else None
    return Proxy(parts.scheme, host, port, auth)


def _variable(name: str) -> str:
    """The value of a variable, in lower case first; HTTP_PROXY in capitals is not taken from a CGI request."""
    if name == "http_proxy" and "REQUEST_METHOD" in os.environ:
        return os.environ.get(name, "")
    return os.environ.get(name) or os.environ.get(name.upper(), "")


def _is_exempt(host: str, exempt: str) -> bool:
    """Say whether NO_PROXY names a host: by its name, a domain above it, or `*`."""
    for part in exempt.lower().replace(",", " ").split():
        name = part.removeprefix("*").lstrip(".").partition(":")[0] if part != "*" else part
        if part == "*" or host == name or host == part.strip("[]") or (name and host.endswith(f".{name}")):
            return True
    return False
