"""Where passkeys work: browsers bind them to the name of a host, and know them only behind TLS or on the machine itself."""

from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

LOCAL = "localhost"


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a passkey is for: the host's name (the relying party's id), and the origin at which the browser stands."""

    host: str
    origin: str


def party_of(request: HttpRequest) -> Party | None:
    """The party of this address, which is one of ALLOWED_HOSTS; None where browsers know no passkeys."""
    address = request.get_host().lower()
    host = split_domain_port(address)[0]
    if _is_number(host) or not (request.is_secure() or host == LOCAL):
        return None
    return Party(host, f"{request.scheme}://{address}")


def local_door(request: HttpRequest) -> str:
    """The same installation by name, for who came by the machine's own number (127.0.0.1); '' where there is none."""
    host, port = split_domain_port(request.get_host())
    if not _is_number(host) or not ip_address(host.strip("[]")).is_loopback:
        return ""
    if LOCAL not in settings.ALLOWED_HOSTS:
        return ""
    return f"{request.scheme}://{LOCAL}{f':{port}' if port else ''}"


def _is_number(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
