"""What server and browser say to one another about a passkey (WebAuthn), over py_webauthn. No tables, no session.

That somebody is there is required; that it is he (by PIN, finger or face) is asked for and not required: the password
has been given before (docs/decisions/0014-passkeys.md).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from chelun.platform.accounts.parties import Party

T = TypeVar("T")
NAME = "Chelun"
# No authenticator's answer is as long; nor is the number that it gives a key.
LONGEST, LONGEST_ID = 20_000, 1_023
WAIT_MS = 180_000
VERIFYING = UserVerificationRequirement.PREFERRED


class Unproven(Exception):
    """The answer does not prove what it should: another address, another challenge, another key, or no answer at all."""


@dataclass(frozen=True, slots=True)
class Known:
    """A passkey as a browser must know it to find it again."""

    credential_id: str
    transports: str


@dataclass(frozen=True, slots=True)
class Made:
    """What an authenticator says of a passkey that it has made."""

    known: Known
    public_key: bytes
    sign_count: int


def creation_options(
    party: Party, challenge: bytes, *, handle: bytes, username: str, has: Sequence[Known]
) -> str:
    """What a browser needs to make a passkey, as JSON. The authenticator, or its maker, learns the log-in name and no other."""
    made = generate_registration_options(
        rp_id=party.host,
        rp_name=NAME,
        user_id=handle,
        user_name=username,
        challenge=challenge,
        timeout=WAIT_MS,
        exclude_credentials=_described(has),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=VERIFYING
        ),
    )
    return options_to_json(made)


def use_options(party: Party, challenge: bytes, has: Sequence[Known]) -> str:
    """What a browser needs to have a challenge signed by one of these passkeys, as JSON."""
    made = generate_authentication_options(
        rp_id=party.host,
        challenge=challenge,
        timeout=WAIT_MS,
        allow_credentials=_described(has),
        user_verification=VERIFYING,
    )
    return options_to_json(made)


def read_creation(party: Party, challenge: bytes, answer: str) -> Made:
    """The passkey that this answer brings. Unproven when it is not the answer to this challenge at this address."""
    return _proven(lambda: _made(party, challenge, _bounded(answer)))


def named_by(answer: str) -> str:
    """Which passkey an answer says that it is from; nothing is proven yet."""
    return _proven(lambda: parse_authentication_credential_json(_bounded(answer)).id)


def read_use(party: Party, challenge: bytes, answer: str, *, public_key: bytes, handle: bytes) -> int:
    """The count of signatures that the passkey states. Unproven when it has not signed this challenge at this address.

    Whether the count goes on from the last one is for the caller to say, who knows by then that the key itself states it.
    """
    return _proven(lambda: _counted(party, challenge, _bounded(answer), public_key, handle))


def _made(party: Party, challenge: bytes, answer: str) -> Made:
    credential = parse_registration_credential_json(answer)
    found = verify_registration_response(
        credential=credential,
        expected_challenge=challenge,
        expected_rp_id=party.host,
        expected_origin=party.origin,
    )
    if len(found.credential_id) > LONGEST_ID:
        raise Unproven
    ways = ",".join(sorted({way.value for way in credential.response.transports or ()}))
    known = Known(bytes_to_base64url(found.credential_id), ways)
    return Made(known, found.credential_public_key, found.sign_count)


def _counted(party: Party, challenge: bytes, answer: str, public_key: bytes, handle: bytes) -> int:
    credential = parse_authentication_credential_json(answer)
    if credential.response.user_handle not in (None, b"", handle):
        raise Unproven
    found = verify_authentication_response(
        credential=credential,
        expected_challenge=challenge,
        expected_rp_id=party.host,
        expected_origin=party.origin,
        credential_public_key=public_key,
        credential_current_sign_count=0,
    )
    return found.new_sign_count


def _bounded(answer: str) -> str:
    if not 0 < len(answer) <= LONGEST:
        raise Unproven
    return answer


def _proven(read: Callable[[], T]) -> T:
    """The library reads what a stranger may have made up: whatever breaks on it proves nothing."""
    try:
        return read()
    except Exception as error:
        raise Unproven from error


def _described(has: Sequence[Known]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(one.credential_id),
            transports=[AuthenticatorTransport(way) for way in one.transports.split(",") if way],
        )
        for one in has
    ]
