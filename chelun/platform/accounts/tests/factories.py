"""Users for the tests of every room: `user_with(role, region)` and `logged_in(client, user)`."""

import time

import factory.django
from django.test import Client
from django.utils import timezone
from factory.declarations import Sequence

from chelun.core.crypto import seal
from chelun.platform.accounts import sessions
from chelun.platform.accounts.models import Grant, SecondFactor, User
from chelun.platform.regions.models import level_of

PASSWORD = "Ceshi-mima-2026"
REGION_CODE = "513436"
TOTP_SECRET = b"0123456789abcdefghij"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A user with the password PASSWORD, in the county 513436, without any role."""

    class Meta:
        model = User

    username = Sequence(lambda n: f"yonghu{n}")  # type: ignore[no-untyped-call]
    person_name = Sequence(lambda n: f"用户{n}")  # type: ignore[no-untyped-call]
    province = "510000"
    city = "513400"
    county = "513436"

    @classmethod
    def _create(cls, model_class: type[User], *args: object, **kwargs: object) -> User:
        fields = {"password": PASSWORD, **kwargs}
        return model_class.objects.create_user(*args, **fields)  # type: ignore[arg-type]


def place_columns(code: str) -> dict[str, str]:
    """The level columns of a region by the form of its code; enough for tests without a table of regions."""
    level = level_of(code)
    columns = {"province": f"{code[:2]}0000", "city": f"{code[:4]}00", "county": code[:6], "township": code}
    kept = ("province", "city", "county", "township")
    return {name: columns[name] if kept.index(name) <= kept.index(level) else "" for name in kept}


def user_with(role: str, region: str = REGION_CODE, **fields: object) -> User:
    """A user whose office lies in `region` and who holds `role` there."""
    user: User = UserFactory.create(**{**place_columns(region), **fields})
    Grant.objects.create(user=user, role=role, node_key=region)
    return user


def enrolled(user: User) -> SecondFactor:
    """The user's second factor, confirmed, with the key TOTP_SECRET."""
    now = timezone.now()
    factor = SecondFactor(user=user, confirmed_at=now, codes_at=now)
    factor.sealed = seal(TOTP_SECRET, factor.context)
    factor.save()
    return factor


def logged_in(client: Client, user: User) -> Client:
    """The client with an open log-in of `user`, whose second factor is confirmed where his roles ask for one."""
    client.force_login(user)
    session = client.session
    session[sessions.SEEN] = int(time.time())
    factor = SecondFactor.objects.filter(user=user).first()
    if factor is None and user.needs_second_factor():
        factor = enrolled(user)
    if factor:
        session[sessions.FACTOR] = str(factor.pk)
    session.save()
    return client
