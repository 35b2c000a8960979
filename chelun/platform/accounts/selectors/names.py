"""What the people behind log-in names are called, for pages that say who did something."""

from collections import Counter
from collections.abc import Iterable

from chelun.core.ui import aside
from chelun.platform.accounts.models import User


def person_names(logins: Iterable[str]) -> dict[str, str]:
    """Each log-in name with the name of its person; two of one name are told apart. One query, none for nobody.

    Who has no account here – a command, somebody of long ago – stands as he was written. Only for rows that never come
    from another installation: there the same log-in may be somebody else's.
    """
    asked = {login for login in logins if login}
    rows = User.objects.filter(username__in=asked).values_list("username", "person_name") if asked else ()
    known = {login: name for login, name in rows if name}
    borne = Counter(known.values())
    return {login: _called(login, known.get(login, ""), borne) for login in asked} | {"": ""}


def _called(login: str, name: str, borne: Counter[str]) -> str:
    if not name:
        return login
    return name if borne[name] == 1 else aside(name, login)
