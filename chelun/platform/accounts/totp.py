"""One-time codes by time (RFC 6238: 30 seconds, 6 digits, SHA-1, as every authenticator app has them). No tables."""

import base64
import hmac
import secrets
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP_SECONDS = 30
DIGITS = 6
KEY_BYTES = 20
# A phone's clock may be off by one step either way.
DRIFT = 1


def new_secret() -> bytes:
    """A fresh key of 160 bits (RFC 4226 §4 R6)."""
    return secrets.token_bytes(KEY_BYTES)


def code_at(secret: bytes, moment: float) -> str:
    """The six digits that hold at `moment` (Unix seconds)."""
    return TOTP(secret, DIGITS, SHA1(), STEP_SECONDS).generate(int(moment)).decode()  # noqa: S303


def matching_step(secret: bytes, code: str, moment: float, last_step: int) -> int | None:
    """The step whose code this is, near `moment` and after `last_step`; None when there is none.

    A step that was used is never accepted again (RFC 6238 §5.2).
    """
    here = int(moment) // STEP_SECONDS
    for step in range(here - DRIFT, here + DRIFT + 1):
        right = code_at(secret, step * STEP_SECONDS)
        if step > last_step and hmac.compare_digest(right.encode(), code.encode()):
            return step
    return None


def readable_secret(secret: bytes) -> str:
    """The key in groups of four letters, to be typed where no camera is at hand."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def enrolment_address(secret: bytes, username: str, issuer: str) -> str:
    """The otpauth:// address that an authenticator app reads from the QR picture."""
    label = quote(f"{issuer}:{username}")
    key = base64.b32encode(secret).decode().rstrip("=")
    return f"otpauth://totp/{label}?{urlencode({'secret': key, 'issuer': issuer})}"
