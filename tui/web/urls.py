"""Addresses of pages: parsed strictly, spelled in one way, joined with what a server or a page says."""

import re
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from tui.core.errors import SourceError
from tui.core.problems import Reason
from tui.core.values import dataclass

MAX_CHARS = 8192
"""Code points of an address; servers take less."""
DEFAULT_PORTS = {"http": 80, "https": 443}
_TARGET_SAFE = "/?:@!$&'()*+,;=%-._~[]|"
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}+(?:\.[a-z0-9_-]{1,63}+)*+\.?\Z")
"""Labels of 1 to 63 characters: with others, Python's resolver raises UnicodeError."""
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
"""A host whose last label is one is an IPv4 address (WHATWG URL, "ends in a number")."""
_NO_TEXT = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class RefusedError(SourceError):
    """An address that is not fetched."""


@dataclass(frozen=True, slots=True)
class Url:
    """An http(s) address, taken apart."""

    scheme: str
    host: str
    """ASCII, lower case, IPv6 without brackets."""
    port: int
    target: str
    """Path and query, ASCII."""
    userinfo: str = ""
    """`user:password` as it was typed, unquoted; empty: none. Never a part of `text`."""

    @property
    def authority(self) -> str:
        """Host and port as a Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: who answers."""
        return f"{self.scheme}://{self.authority}"

    @property
    def text(self) -> str:
        """The address as it is shown and stored: without fragment, user name and password."""
        return self.origin + self.target


def parse(address: str) -> Url:
    """Take an address apart. Raises RefusedError if it is none that can be fetched.

    >>> parse("HTTP://Bücher.example:80/straße?q=ä b#top").text
    'http://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4%20b'
    >>> parse("https://u:p@[::1]:8443").text
    'https://[::1]:8443/'
    >>> parse("http://0x7f.1/").text
    'http://127.0.0.1/'
    """
    quoted = _short(address)
    if len(address) > MAX_CHARS:
        raise RefusedError(Reason("too_long_address", {"most": MAX_CHARS}), quoted)
    if _NO_TEXT.search(address):
        raise RefusedError(Reason("no_text_address"), quoted)
    if _CONTROL.search(address.strip()):
        raise RefusedError(Reason("control_characters"), quoted)
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise RefusedError(Reason("no_address", {"error": str(error)}), quoted) from error
    if parts.scheme not in DEFAULT_PORTS:
        raise RefusedError(Reason("only_http", {"scheme": parts.scheme or Reason("no_scheme")}), quoted)
    host = checked_host(parts.hostname or "", quoted)
    target = quote(parts.path or "/", _TARGET_SAFE) + (f"?{quote(parts.query, _TARGET_SAFE)}" if parts.query else "")
    return Url(parts.scheme, host, DEFAULT_PORTS[parts.scheme] if port is None else port, target, _userinfo(parts))


def join(base: Url, reference: str) -> Url:
    """Return where a link or a redirect leads. Raises RefusedError for anything but a plain http(s) address.

    >>> join(parse("http://a.example/x/y"), "../z#part").text
    'http://a.example/z'
    """
    try:
        joined = urljoin(base.text, reference.strip())
    except ValueError as error:
        raise RefusedError(Reason("no_address", {"error": str(error)}), _short(reference)) from error
    url = parse(joined)
    if url.userinfo:
        raise RefusedError(Reason("deceptive_link"), url.text)
    return url


def checked_host(host: str, quoted: str) -> str:
    """Return a host as it is asked for. Raises RefusedError, which names it as `shown`, if it is no name or address."""
    if ":" in host:
        return _ipv6(host, quoted)
    if not host.isascii():
        import idna  # few addresses need its tables

        try:
            host = idna.encode(host, uts46=True, transitional=False).decode("ascii")
        except (idna.IDNAError, UnicodeError) as error:
            raise RefusedError(Reason("bad_host", {"error": str(error)}), quoted) from error
    host = host.lower()
    if not _HOST.match(host) or len(host) > 253:
        raise RefusedError(Reason("odd_host" if host else "no_host"), quoted)
    last_label = host.removesuffix(".").rpartition(".")[2]
    return _ipv4(host, quoted) if _NUMBER.fullmatch(last_label) else host


def _ipv4(host: str, quoted: str) -> str:
    """Spell an IPv4 address in four decimal numbers: 127.1, 0177.0.0.1 and 0x7f000001 are the same one."""
    from socket import inet_aton, inet_ntoa  # few addresses are numbers

    try:
        return inet_ntoa(inet_aton(host.removesuffix(".")))
    except OSError as error:
        raise RefusedError(Reason("odd_host"), quoted) from error


def _ipv6(host: str, quoted: str) -> str:
    from ipaddress import AddressValueError, IPv6Address

    try:
        return str(IPv6Address(host))
    except AddressValueError as error:
        raise RefusedError(Reason("bad_ipv6", {"error": str(error)}), quoted) from error


def _userinfo(parts: SplitResult) -> str:
    if parts.username is None:
        return ""
    return f"{unquote(parts.username)}:{unquote(parts.password or '')}"


def _short(address: str) -> str:
    """An address for messages, without user name and password."""
    plain = re.sub(r"\A([^/?#]*//)[^/?#]*@", r"\1", address)
    return plain if len(plain) <= 200 else plain[:199] + "…"
