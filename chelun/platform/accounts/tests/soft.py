"""An authenticator in software for tests: makes passkeys and signs challenges as a browser with a key would."""

import hashlib
import json
import secrets
import struct
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url, encode_cbor

HOST, ORIGIN = "localhost", "http://localhost"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class SoftKey:
    """One authenticator with one passkey. What it says can be bent, to see whether it is believed."""

    origin: str = ORIGIN
    host: str = HOST
    count: int = 0
    flags: int = PRESENT | VERIFIED
    handle: bytes = b""
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    secret: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def made(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.create`."""
        said = self._said("webauthn.create", options)
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + self._public()
        data = self._data(options["rp"]["id"], self.flags | ATTESTED) + attested
        statement = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        return self._told(
            {"clientDataJSON": said, "attestationObject": statement}, transports=["internal", "new"]
        )

    def signed(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.get`; a key that counts has counted one further."""
        self.count += bool(self.count)
        said, data = self._said("webauthn.get", options), self._data(options["rpId"], self.flags)
        signature = self.secret.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        parts = {"clientDataJSON": said, "authenticatorData": data, "signature": signature}
        return self._told(parts | ({"userHandle": self.handle} if self.handle else {}))

    def _said(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _data(self, asked: str, flags: int) -> bytes:
        host = self.host or asked
        return hashlib.sha256(host.encode()).digest() + struct.pack(">BI", flags, self.count)

    def _public(self) -> bytes:
        numbers = self.secret.public_key().public_numbers()
        return encode_cbor(
            {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        )

    def _told(self, parts: dict[str, bytes], **more: Any) -> str:
        response = {name: bytes_to_base64url(part) for name, part in parts.items()} | more
        own = bytes_to_base64url(self.id)
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": response})
