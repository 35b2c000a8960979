"""From which network address a request comes, behind as many proxies as the installation says (CHELUN_PROXIES)."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address that the outermost trusted proxy saw; without proxies, the peer's. At most 45 characters."""
    peer: str = request.META.get("REMOTE_ADDR") or ""
    proxies: int = settings.CHELUN_PROXIES
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    return (hops[-proxies] if 0 < proxies <= len(hops) else peer)[:45]
