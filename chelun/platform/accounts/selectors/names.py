"""What the people behind log-in names are called, for pages that say who did something."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from chelun.core.ui import aside
from chelun.platform.accounts.models import User

COMMAND = " ("
"""What follows the log-in of somebody who acted by a command: xiaomei (chelun import, os: chelun)."""


def person_names(logins: Iterable[str]) -> dict[str, str]:
    """Each log-in name with the name of its person; two of one name are told apart. One query, none for nobody.

    Who acted by a command on the server is told as such. Who has no account here – a command without one, somebody of long
    ago – stands as he was written. Only for rows that never come from another installation: there the same log-in may be
    somebody else's.
    """
    asked = {login for login in logins if login}
    bare = {login: login.partition(COMMAND)[0] for login in asked}
    wanted = set(bare.values())
    rows = User.objects.filter(username__in=wanted).values_list("username", "person_name") if wanted else ()
    known = {login: name for login, name in rows if name}
    borne = Counter(known.values())
    return {login: _called(login, bare[login], known, borne) for login in asked} | {"": ""}


def _called(login: str, bare: str, known: dict[str, str], borne: Counter[str]) -> str:
    name = known.get(bare, "")
    if not name:
        return login
    called = name if borne[name] == 1 else aside(name, bare)
    return called if login == bare else aside(called, _("用命令"))
