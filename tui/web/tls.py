"""TLS: whom to trust, why somebody is not trusted, and what was agreed on."""

import contextlib
import ssl
from functools import cache
from pathlib import Path
from typing import Any

from tui.core.problems import Reason

_REASONS = {
    9: Reason("not_yet_valid"),
    10: Reason("expired"),
    18: Reason("self_signed"),
    19: Reason("unknown_authority"),
    20: Reason("unknown_authority"),
    21: Reason("unknown_authority"),
    23: Reason("revoked"),
    62: Reason("other_host"),
    64: Reason("other_address"),
}
"""What OpenSSL's X509_V_ERR codes mean."""


@cache
def context() -> ssl.SSLContext:
    """Trust whom the system trusts (also SSL_CERT_FILE and SSL_CERT_DIR), or Mozilla's list where it has none; from TLS 1.2 on."""
    made = ssl.create_default_context()
    if not made.cert_store_stats()["x509_ca"] and not _has_folder(ssl.get_default_verify_paths().capath):
        import certifi

        made.load_verify_locations(certifi.where())
    return made


def _has_folder(path: str | None) -> bool:
    if path is None:
        return False
    with contextlib.suppress(OSError):
        return any(Path(path).iterdir())
    return False


def why(error: BaseException) -> Reason | None:
    """Return why a handshake failed, looking through the causes of `error`; None if TLS is not to blame."""
    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, ssl.SSLError):
        seen = seen.__cause__ or seen.__context__
    if seen is None:
        return None
    if isinstance(seen, ssl.SSLCertVerificationError):
        return _REASONS.get(seen.verify_code, Reason("not_trusted", {"error": seen.verify_message}))
    if seen.reason in ("UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "WRONG_SSL_VERSION"):
        return Reason("unsafe_tls")
    if seen.reason in ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE"):
        return Reason("no_tls")
    return Reason("tls_failed", {"error": (seen.reason or str(seen)).replace("_", " ").lower()})


def facts(connection: Any) -> tuple[tuple[str, str], ...]:
    """What was agreed on, and the certificate: version, cipher, subject, issuer, expires; empty without TLS."""
    if connection is None:
        return ()
    certificate = connection.getpeercert(False) or {}
    cipher = connection.cipher()
    found = {
        "version": connection.version() or "",
        "cipher": cipher[0] if cipher else "",
        "subject": _name(certificate.get("subject", ())),
        "issuer": _name(certificate.get("issuer", ())),
        "expires": certificate.get("notAfter", ""),
    }
    return tuple((key, value) for key, value in found.items() if value)


def _name(parts: Any) -> str:
    names = {key: value for part in parts for key, value in part}
    return str(names.get("commonName") or names.get("organizationName") or "")
