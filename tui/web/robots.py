"""What a site lets programs fetch: its robots.txt, as RFC 9309 says."""

from typing import Any

from tui.core.problems import Problem, Reason
from tui.values import dataclass
from tui.web.headers import USER_AGENT

MAX_BYTES = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, 2.5)."""
MAX_DELAY_S = 30.0
"""Seconds between two requests that a site may ask for."""
AGENT = USER_AGENT.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site."""

    parsed: Any
    """A Protego; None: the same for all."""
    is_closed: bool = False
    """Nothing may be fetched: the rules can't be had."""
    reason: Reason | Problem | None = None
    """Why they can't be had; None: they can."""

    def allow(self, url: str) -> bool:
        """Say whether we may fetch an address."""
        return not self.is_closed and (self.parsed is None or bool(self.parsed.can_fetch(url, AGENT)))

    @property
    def delay_s(self) -> float:
        """Seconds that the site wants between two requests; 0: it doesn't say."""
        wished = self.parsed.crawl_delay(AGENT) if self.parsed is not None else None
        return min(max(float(wished or 0), 0.0), MAX_DELAY_S)


def rules(status: int, content: bytes, reason: Problem | None = None) -> Rules:
    """Return the rules that an answer gives; status 0: there was none, for this reason.

    Where there is no such file, all is allowed; where the server fails, nothing is (RFC 9309, 2.3.1).

    >>> rules(200, b"User-agent: *\\nDisallow: /private").allow("https://a.example/private/x")
    False
    >>> rules(404, b"").allow("https://a.example/"), rules(503, b"").allow("https://a.example/")
    (True, False)
    """
    if status == 0 or status >= 500 or status == 429:
        return Rules(None, is_closed=True, reason=reason or Reason("server_says", {"status": status}))
    if status != 200:
        return Rules(None)
    from protego import Protego  # only who gathers needs it

    return Rules(Protego.parse(content[:MAX_BYTES].decode("utf-8", "replace")))
