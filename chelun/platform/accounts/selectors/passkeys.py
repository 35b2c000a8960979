"""Passkeys of a user: as pages show them, and as browsers must know them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chelun.core.errors import NotFound
from chelun.core.ui import minute
from chelun.platform.accounts.ceremonies import Known
from chelun.platform.accounts.models import Passkey, User
from chelun.platform.accounts.parties import Party


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    """One passkey: how its owner calls it, where it works, since when and when last."""

    pk: UUID
    name: str
    host: str
    added: str
    used: str


def passkey_list(*, user: User) -> list[PasskeyLine]:
    """The user's passkeys, the oldest first."""
    return [_line(row) for row in _of(user).order_by("added_at", "pk")]


def passkey_get(*, user: User, pk: UUID) -> Passkey:
    """One passkey of the user; NotFound when it is none of his."""
    found = _of(user).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def passkeys_known(*, user: User, party: Party) -> list[Known]:
    """Those of the user's passkeys that work at this host."""
    rows = _of(user).filter(host=party.host).order_by("pk").values_list("credential_id", "transports")
    return [Known(*row) for row in rows]


def _of(user: User) -> QuerySet[Passkey]:
    return Passkey.objects.filter(factor__user=user)


def _line(row: Passkey) -> PasskeyLine:
    used = minute(row.used_at) if row.used_at else _("还没用过")
    return PasskeyLine(row.pk, row.name, row.host, minute(row.added_at), used)
