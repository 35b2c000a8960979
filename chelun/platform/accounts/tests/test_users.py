"""Accounts and rights: the three administrators apart, each in his own place."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from chelun.core.actors import SystemActor
from chelun.core.errors import NotFound, Refused
from chelun.platform.accounts.models import Grant, Session, User
from chelun.platform.accounts.selectors.locks import lock_list
from chelun.platform.accounts.selectors.users import user_get, user_list
from chelun.platform.accounts.services.grants import grant_give, grant_withdraw
from chelun.platform.accounts.services.invitations import invitation_send
from chelun.platform.accounts.services.login import login_check
from chelun.platform.accounts.services.users import user_create, user_disable
from chelun.platform.accounts.tests.factories import PASSWORD, UserFactory, logged_in, user_with
from chelun.platform.audit.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
MEIGU, ZIYANG, LIANGSHAN, SICHUAN = "513436", "610924", "513400", "510000"
TOWNSHIP = "513436105"


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("seq").values_list("action", flat=True))


def refusal(act: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as caught:
        act(**kwargs)  # type: ignore[operator]
    return caught.value.code


def test_user_create_gives_a_link_and_no_rights() -> None:
    admin = user_with("system_admin")
    user, token = user_create(actor=admin, username="Xiao.Li", person_name="李某", region=MEIGU)
    assert (user.username, user.region_code, user.has_usable_password()) == ("xiao.li", MEIGU, False)
    assert len(token) == 32
    assert not user.current_grants()
    assert actions() == ["accounts.user.created", "accounts.invitation.sent"]


def test_user_create_warns_of_a_second_account() -> None:
    admin = user_with("system_admin")
    UserFactory.create(person_name="李某")
    user_create(actor=admin, username="li.two", person_name="李某", region=MEIGU)
    assert "accounts.user.shared_person" in actions()


def test_user_create_refuses_taken_names_and_foreign_places() -> None:
    admin = user_with("system_admin")
    given = {"actor": admin, "username": admin.username, "person_name": "李某", "region": MEIGU}
    assert refusal(user_create, **given) == "accounts.user.taken"
    assert refusal(user_create, **{**given, "region": ZIYANG}) == "accounts.region"
    assert refusal(user_create, **{**given, "region": "nowhere"}) == "accounts.region"


def test_users_are_seen_by_office() -> None:
    county, province, other = (user_with("system_admin", code) for code in (MEIGU, SICHUAN, ZIYANG))
    scope = county.scope_for("accounts.manage")
    assert set(user_list(scope=scope)) == {county}
    assert set(user_list(scope=province.scope_for("accounts.manage"))) == {county, province}
    with pytest.raises(NotFound):
        user_get(scope=scope, pk=other.pk)


def test_grant_give_and_withdraw() -> None:
    admin, user = user_with("security_admin", LIANGSHAN), UserFactory.create()
    grant = grant_give(actor=admin, user=user, role="clerk", region=MEIGU)
    assert grant.node_key == MEIGU
    again = {"actor": admin, "user": user, "role": "clerk", "region": MEIGU}
    assert refusal(grant_give, **again) == "accounts.grant.present"
    grant_withdraw(actor=admin, user=user, pk=grant.pk)
    assert actions() == ["accounts.grant.given", "accounts.grant.withdrawn"]
    with pytest.raises(NotFound):
        grant_withdraw(actor=admin, user=user, pk=grant.pk)


def test_grant_give_refuses_oneself_and_mixtures() -> None:
    admin, clerk = user_with("security_admin"), user_with("clerk")
    own = {"actor": admin, "user": admin, "role": "audit_admin", "region": MEIGU}
    assert refusal(grant_give, **own) == "accounts.grant.own"
    mixed = {**own, "user": clerk}
    assert refusal(grant_give, **mixed) == "accounts.grant.apart"
    assert refusal(grant_give, **{**mixed, "role": "king"}) == "accounts.grant.role"
    assert refusal(grant_withdraw, actor=admin, user=admin, pk=uuid.uuid4()) == "accounts.grant.own"


def test_grant_stays_inside_the_givers_scope() -> None:
    admin, user = user_with("security_admin", MEIGU), UserFactory.create()
    for region in (LIANGSHAN, ZIYANG, SICHUAN):
        code = refusal(grant_give, actor=admin, user=user, role="clerk", region=region)
        assert code == "accounts.region"
    foreign = Grant.objects.create(user=user, role="clerk", node_key=ZIYANG)
    with pytest.raises(NotFound):
        grant_withdraw(actor=admin, user=user, pk=foreign.pk)


def test_grant_notes_one_person_with_two_accounts() -> None:
    admin = user_with("security_admin")
    UserFactory.create(person_name="李某")
    user = UserFactory.create(person_name="李某")
    grant_give(actor=admin, user=user, role="audit_admin", region=MEIGU)
    assert actions()[-1] == "accounts.grant.shared_person"


def test_disable_ends_sessions_and_is_not_for_oneself(client: Client) -> None:
    admin, user = user_with("system_admin"), user_with("clerk")
    logged_in(client, user)
    user_disable(actor=admin, user=user)
    assert not Session.objects.filter(user=user).exists()
    assert refusal(user_disable, actor=admin, user=admin) == "accounts.user.own"


def test_user_pages_from_list_to_link(client: Client) -> None:
    admin = user_with("system_admin")
    logged_in(client, admin)
    sent = {"username": "xiao.li", "person_name": "李某", "region": MEIGU}
    shown = client.post(reverse("accounts:user_new"), sent).content.decode()
    assert "http://testserver/accounts/invitation/" in shown
    user = User.objects.get(username="xiao.li")
    listed = client.get(reverse("accounts:user_list"), {"text": "xiao"}).content.decode()
    assert "xiao.li" in listed
    assert admin.username not in listed.split("<main", 1)[1]
    assert "等待设密码" in client.get(reverse("accounts:user_detail", args=[user.pk])).content.decode()
    client.post(reverse("accounts:user_disable", args=[user.pk]))
    assert client.post(reverse("accounts:invitation_send", args=[user.pk])).status_code == 422
    client.post(reverse("accounts:user_enable", args=[user.pk]))
    assert client.post(reverse("accounts:invitation_send", args=[user.pk])).status_code == 200
    assert client.post(reverse("accounts:user_new"), sent).status_code == 422


def test_user_pages_hide_other_offices(client: Client) -> None:
    logged_in(client, user_with("system_admin"))
    foreign = user_with("clerk", ZIYANG)
    assert client.get(reverse("accounts:user_detail", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("accounts:user_disable", args=[foreign.pk])).status_code == 404


def test_rights_pages_give_withdraw_reset_and_end(client: Client) -> None:
    logged_in(client, user_with("security_admin"))
    user = user_with("counter")
    other = logged_in(Client(), user)
    detail = reverse("accounts:rights_detail", args=[user.pk])
    assert client.get(reverse("accounts:rights_list")).status_code == 200
    assert client.post(detail, {"role": "clerk", "region": "美姑县"})["Location"] == detail
    assert client.post(detail, {"role": "clerk", "region": "美姑县"}).status_code == 422
    shown = client.get(detail).content.decode()
    assert shown.count("/withdraw/") == 2
    for grant in Grant.objects.filter(user=user):
        client.post(reverse("accounts:grant_withdraw", args=[user.pk, grant.pk]))
    assert not Grant.objects.filter(user=user).exists()
    number = Session.objects.get(user=user).number
    client.post(reverse("accounts:user_session_end", args=[user.pk, number]))
    assert other.get("/accounts/me/").status_code == 302
    client.post(reverse("accounts:user_sessions_end", args=[user.pk]))
    assert client.post(reverse("accounts:factor_reset", args=[user.pk])).status_code == 302


def test_lock_is_shown_and_lifted(client: Client, settings: Settings) -> None:
    admin, user, foreign = user_with("security_admin"), user_with("clerk"), user_with("clerk", ZIYANG)
    for name in (user.username, foreign.username, "nobody"):
        for _ in range(settings.CHELUN_LOCK_FAILURES):
            with pytest.raises(Refused):
                login_check(username=name, password="x", address="10.0.0.1")
    locks = lock_list(scope=admin.scope_for("security.manage"))
    assert {lock.user for lock in locks} == {user, None}
    logged_in(client, admin)
    page = client.get(reverse("accounts:lock_list")).content.decode()
    assert (user.username in page, foreign.username in page) == (True, False)
    for lock in locks:
        client.post(reverse("accounts:lock_lift"), {"kind": lock.kind, "key": lock.key})
    assert not lock_list(scope=admin.scope_for("security.manage"))
    assert login_check(username=user.username, password=PASSWORD, address="10.0.0.1") == user
    assert client.post(reverse("accounts:lock_lift"), {"kind": "name", "key": "x"}).status_code == 404


def test_address_lock_is_lifted(client: Client, settings: Settings) -> None:
    settings.CHELUN_LOCK_ADDRESS_FAILURES = 2
    admin = user_with("security_admin")
    for number in range(2):
        with pytest.raises(Refused):
            login_check(username=f"nobody{number}", password="x", address="10.0.0.9")
    lock = lock_list(scope=admin.scope_for("security.manage"))[0]
    assert (lock.kind, lock.label) == ("address", "10.0.0.9")
    logged_in(client, admin)
    client.post(reverse("accounts:lock_lift"), {"kind": lock.kind, "key": lock.key})
    assert not lock_list(scope=admin.scope_for("security.manage"))


def test_own_sessions_are_listed_and_ended(client: Client) -> None:
    user = user_with("clerk")
    others = [logged_in(Client(), user) for _ in range(2)]
    logged_in(client, user)
    assert client.get(reverse("accounts:me")).content.decode().count("/end/") == 3
    numbers = list(Session.objects.order_by("seen_at").values_list("number", flat=True))
    mine = uuid.UUID(client.session["number"])
    first = next(number for number in numbers if number != mine)
    client.post(reverse("accounts:session_end", args=[first]))
    assert Session.objects.count() == 2
    client.post(reverse("accounts:sessions_end"))
    assert list(Session.objects.values_list("number", flat=True)) == [mine]
    assert [other.get("/accounts/me/").status_code for other in others] == [302, 302]


def test_session_of_somebody_else_is_not_found(client: Client) -> None:
    stranger = user_with("clerk")
    logged_in(Client(), stranger)
    logged_in(client, user_with("clerk"))
    number = Session.objects.get(user=stranger).number
    assert client.post(reverse("accounts:session_end", args=[number])).status_code == 404


@pytest.mark.parametrize("code", ["510100999", "610999", "110100", "000000", "all", "*"])
def test_grant_on_what_is_no_region_is_refused(code: str) -> None:
    admin, user = user_with("security_admin", SICHUAN), UserFactory.create()
    assert refusal(grant_give, actor=admin, user=user, role="clerk", region=code) == "accounts.region"
    assert (
        refusal(grant_give, actor=SystemActor("test"), user=user, role="clerk", region=code)
        == "accounts.region"
    )


def test_grant_on_a_township_is_for_readers_only() -> None:
    admin, user = user_with("security_admin", SICHUAN), UserFactory.create()
    for role in ("clerk", "registrar", "counter"):
        assert refusal(grant_give, actor=admin, user=user, role=role, region=TOWNSHIP) == "accounts.region"
    assert grant_give(actor=admin, user=user, role="member", region=TOWNSHIP).node_key == TOWNSHIP


def test_invitation_opens_no_more_places_than_its_sender_manages() -> None:
    """An office in the county, a role in the whole province: the county's administrator could use the link himself."""
    user = user_with("clerk", SICHUAN, city="513400", county=MEIGU)
    assert (
        refusal(invitation_send, actor=user_with("system_admin", MEIGU), user=user)
        == "accounts.invitation.beyond"
    )
    assert invitation_send(actor=user_with("system_admin", SICHUAN), user=user)
    assert invitation_send(actor=SystemActor("test"), user=user)
