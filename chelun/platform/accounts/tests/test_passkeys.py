"""Passkeys: what proves a log-in, what does not, and who may add and remove them."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from chelun.core.errors import NotFound, Refused
from chelun.platform.accounts import sessions, totp
from chelun.platform.accounts.ceremonies import LONGEST
from chelun.platform.accounts.challenges import ADD, LASTING, USE, Challenge, challenge_give, challenge_take
from chelun.platform.accounts.models import Passkey, RecoveryCode, SecondFactor, Session, User
from chelun.platform.accounts.parties import Party
from chelun.platform.accounts.services.factors import (
    factor_begin,
    factor_check,
    factor_reset,
    factor_secret,
    recovery_renew,
)
from chelun.platform.accounts.services.passkeys import MOST, passkey_add, passkey_check, passkey_remove
from chelun.platform.accounts.sessions import SessionStore
from chelun.platform.accounts.tests.factories import PASSWORD, logged_in, user_with
from chelun.platform.accounts.tests.soft import HOST, ORIGIN, PRESENT, VERIFIED, SoftKey
from chelun.platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
PARTY, ADDRESS = Party(HOST, ORIGIN), "10.0.0.1"
VALUE = b"a challenge of thirty-two bytes!"
CREATE = {"challenge": "YSBjaGFsbGVuZ2Ugb2YgdGhpcnR5LXR3byBieXRlcyE", "rp": {"id": HOST}}
GET = {"challenge": CREATE["challenge"], "rpId": HOST}
NEW, NEW_OPTIONS = "/accounts/passkeys/new/", "/accounts/passkeys/new/options/"
USED, USE_OPTIONS = "/accounts/passkeys/use/", "/accounts/passkeys/use/options/"


def added(user: User, key: SoftKey, name: str = "钥匙", party: Party = PARTY) -> list[str]:
    return passkey_add(user=user, answer=key.made(CREATE), challenge=Challenge(VALUE, name), party=party)


def checked(user: User, answer: str, value: bytes | None = VALUE) -> str:
    """'' when the answer proves the second factor, else the code of the refusal."""
    challenge = Challenge(value) if value else None
    try:
        passkey_check(user=user, answer=answer, challenge=challenge, party=PARTY, address=ADDRESS)
    except Refused as refusal:
        return refusal.code
    return ""


def with_key(role: str = "registrar", **bent: Any) -> tuple[User, SoftKey]:
    user, key = user_with(role), SoftKey(**bent)
    added(user, key)
    return user, key


def last_action() -> str:
    return AuditEntry.objects.latest("seq").action


def browser(user: User | None = None) -> Client:
    """A browser at http://localhost, where passkeys work without TLS."""
    client = Client(SERVER_NAME=HOST)
    return logged_in(client, user) if user else client


def half_in(user: User) -> Client:
    """The log-in of somebody whose second factor is still asked for."""
    client = browser()
    client.post("/accounts/login/", {"username": user.username, "password": PASSWORD})
    return client


def options(client: Client, path: str, **sent: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.post(path, sent).content)
    return found


def refused(act: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as caught:
        act(**kwargs)
    return caught.value.code


def test_first_passkey_puts_the_factor_into_force_with_recovery_codes() -> None:
    user, key = user_with("registrar"), SoftKey()
    assert len(added(user, key)) == 10
    assert added(user, SoftKey(), "第二把") == []
    factor = SecondFactor.objects.get(user=user)
    assert (factor.confirmed_at is None, factor.codes_at, RecoveryCode.objects.count()) == (False, None, 10)
    assert last_action() == "accounts.passkey.added"
    kept = Passkey.objects.get(name="钥匙")
    assert (kept.host, kept.transports, kept.used_at) == (HOST, "internal", None)


def test_passkey_proves_the_factor_and_the_use_is_written_down() -> None:
    user, key = with_key(handle=b"")
    key.handle = user.pk.bytes
    assert checked(user, key.signed(GET)) == ""
    assert last_action() == "accounts.passkey.used"
    assert Passkey.objects.get().used_at is not None


def test_passkey_without_pin_is_enough_and_without_presence_is_not() -> None:
    user, key = with_key(flags=PRESENT)
    assert checked(user, key.signed(GET)) == ""
    key.flags = VERIFIED
    assert checked(user, key.signed(GET)) == "accounts.passkey.failed"


@pytest.mark.parametrize(
    "bent",
    [
        {"origin": "https://localhost"},
        {"origin": "http://localhost:81"},
        {"origin": "http://localhost.example.org"},
        {"host": "example.org"},
        {"handle": b"somebody else's."},
    ],
    ids=str,
)
def test_answer_from_elsewhere_proves_nothing(bent: dict[str, Any]) -> None:
    user, key = with_key()
    for name, value in bent.items():
        setattr(key, name, value)
    assert checked(user, key.signed(GET)) == "accounts.passkey.failed"
    assert last_action() == "accounts.passkey.failed"
    if "handle" not in bent:
        code = refused(added, user=user, key=key, name="另一把")
        assert (code, last_action()) == ("accounts.passkey.unmade", "accounts.passkey.failed")


def test_answer_to_another_challenge_proves_nothing() -> None:
    user, key = with_key()
    assert checked(user, key.signed(GET), b"another challenge") == "accounts.passkey.failed"
    assert checked(user, key.signed(GET), None) == "accounts.passkey.failed"
    made = key.made(CREATE)
    assert (
        refused(passkey_add, user=user, answer=made, challenge=None, party=PARTY) == "accounts.passkey.unmade"
    )


def test_answer_of_another_key_proves_nothing() -> None:
    user, key = with_key()
    forger = SoftKey(id=key.id)
    assert checked(user, forger.signed(GET)) == "accounts.passkey.failed"


def test_passkey_of_somebody_else_proves_nothing() -> None:
    user, _own = with_key()
    _other, foreign = with_key("clerk")
    assert checked(user, foreign.signed(GET)) == "accounts.passkey.failed"
    assert refused(added, user=user, key=foreign, name="别人的") == "accounts.passkey.present"


def test_passkey_of_another_host_proves_nothing_here() -> None:
    user, key = user_with("registrar"), SoftKey(host="chelun.lan", origin="https://chelun.lan")
    added(user, key, party=Party("chelun.lan", "https://chelun.lan"))
    key.host, key.origin = HOST, ORIGIN
    assert checked(user, key.signed(GET)) == "accounts.passkey.failed"


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{}",
        "[]",
        "null",
        "x" * (LONGEST + 1),
        "[" * 5000,
        '{"id": 1}',
        '{"id":"é","rawId":"é","type":"public-key"}',
    ],
    ids=lambda text: text[:20],
)
def test_nonsense_proves_nothing(answer: str) -> None:
    user, _key = with_key()
    assert checked(user, answer) == "accounts.passkey.failed"
    challenge = Challenge(VALUE, "坏")
    assert refused(passkey_add, user=user, answer=answer, challenge=challenge, party=PARTY).endswith("unmade")


def test_broken_parts_prove_nothing() -> None:
    user, key = with_key()
    whole = json.loads(key.signed(GET))
    for part in ("clientDataJSON", "authenticatorData", "signature"):
        broken = {**whole, "response": {**whole["response"], part: "AAAA"}}
        assert checked(user, json.dumps(broken)) == "accounts.passkey.failed", part
    assert checked(user, json.dumps(whole)) == ""


def test_count_that_goes_backwards_is_refused_and_written_down() -> None:
    user, key = with_key(count=7)
    assert [checked(user, key.signed(GET)), checked(user, key.signed(GET))] == ["", ""]
    assert Passkey.objects.get().sign_count == 9
    for stated in (9, 3, 0):
        key.count = stated - 1 if stated else 0
        assert checked(user, key.signed(GET)) == "accounts.passkey.copied"
        assert last_action() == "accounts.passkey.copied"
    assert Passkey.objects.get().sign_count == 9
    key.count = 9
    assert checked(user, key.signed(GET)) == ""


def test_key_without_a_counter_says_nought_each_time() -> None:
    user, key = with_key()
    assert [checked(user, key.signed(GET)) for _ in range(2)] == ["", ""]
    key.count = 4
    assert checked(user, key.signed(GET)) == ""
    key.count = 0
    assert checked(user, key.signed(GET)) == "accounts.passkey.copied"


def test_wrong_passkeys_and_wrong_codes_lock_together(settings: Settings) -> None:
    user, key = with_key()
    enrolled_beside(user)
    stranger = SoftKey()
    for _ in range(settings.CHELUN_LOCK_FAILURES - 1):
        assert checked(user, stranger.signed(GET)) == "accounts.passkey.failed"
    assert refused(factor_check, user=user, code="000000", address=ADDRESS) == "accounts.factor"
    assert checked(user, key.signed(GET)) == "accounts.login"


def enrolled_beside(user: User) -> None:
    SecondFactor.objects.filter(user=user).update(codes_at=timezone.now())


def test_codes_of_a_key_that_was_only_shown_open_nothing() -> None:
    """The page of one-time codes was looked at and left; who photographed it has nothing."""
    user, _key = with_key()
    secret, now = factor_secret(factor_begin(user=user)), timezone.now()
    code = totp.code_at(secret, now.timestamp())
    assert refused(factor_check, user=user, code=code, address=ADDRESS, now=now) == "accounts.factor"


def test_recovery_code_opens_where_the_passkey_is_lost() -> None:
    user, _key = with_key()
    code = recovery_renew(user=user)[0]
    assert factor_check(user=user, code=code, address=ADDRESS).user_id == user.pk
    assert refused(factor_check, user=user, code=code, address=ADDRESS) == "accounts.factor"


def test_reset_takes_passkeys_away_and_says_which() -> None:
    user, _key = with_key()
    factor_reset(actor=user_with("security_admin"), user=user)
    assert not Passkey.objects.exists()
    entry = AuditEntry.objects.latest("seq")
    assert (entry.action, "钥匙" in entry.old) == ("accounts.factor.reset", True)


def test_removal_asks_for_the_password_and_ends_other_log_ins() -> None:
    user, _key = with_key()
    added(user, SoftKey(), "第二把")
    for _ in range(2):
        browser(user)
    kept = Session.objects.filter(user=user).latest("started_at")
    first = Passkey.objects.get(name="钥匙")
    asked: dict[str, Any] = {"user": user, "address": ADDRESS, "but": kept.number}
    assert refused(passkey_remove, pk=first.pk, present="wrong", **asked) == "accounts.password.mistaken"
    passkey_remove(pk=first.pk, present=PASSWORD, **asked)
    assert list(Session.objects.filter(user=user)) == [kept]
    assert last_action() == "accounts.passkey.removed"
    with pytest.raises(NotFound):
        passkey_remove(pk=first.pk, present=PASSWORD, **asked)


def test_last_proof_stays() -> None:
    user, _key = with_key("clerk")
    asked: dict[str, Any] = {
        "user": user,
        "pk": Passkey.objects.get().pk,
        "present": PASSWORD,
        "address": ADDRESS,
    }
    assert refused(passkey_remove, **asked) == "accounts.passkey.last"
    enrolled_beside(user)
    passkey_remove(**asked)
    assert not Passkey.objects.exists()


def test_removal_of_somebody_elses_finds_nothing() -> None:
    user, other = user_with("clerk"), with_key()[0]
    with pytest.raises(NotFound):
        passkey_remove(user=user, pk=Passkey.objects.get().pk, present=PASSWORD, address=ADDRESS)
    assert browser(user).get(f"/accounts/passkeys/{Passkey.objects.get().pk}/remove/").status_code == 404
    assert Passkey.objects.filter(factor__user=other).exists()


def test_names_and_numbers_of_passkeys_are_bounded() -> None:
    user, key = with_key()
    assert refused(added, user=user, key=SoftKey(), name="钥匙") == "accounts.passkey.name"
    assert refused(added, user=user, key=key, name="同一把") == "accounts.passkey.present"
    for number in range(MOST - 1):
        added(user, SoftKey(), f"第{number}把")
    assert refused(added, user=user, key=SoftKey(), name="再一把") == "accounts.passkey.many"
    assert refused(added, user=user, key=SoftKey(id=bytes(1024)), name="太长") == "accounts.passkey.unmade"


def opened_session(user: User) -> SessionStore:
    store = SessionStore()
    store[sessions.USER] = str(user.pk)
    store.save()
    return store


@pytest.mark.parametrize(
    ("act", "own", "later", "good"),
    [
        (USE, True, timedelta(0), True),
        (USE, True, LASTING, True),
        (USE, True, LASTING + timedelta(seconds=1), False),
        (ADD, True, timedelta(0), False),
        (USE, False, timedelta(0), False),
    ],
)
def test_challenge_is_good_once_for_its_act_its_user_and_not_for_long(
    act: str, own: bool, later: timedelta, good: bool
) -> None:
    user, now = user_with("clerk"), timezone.now()
    store = opened_session(user)
    value = challenge_give(store, act=USE, user=user, now=now)
    store.save()
    asker = user if own else user_with("clerk")
    found = challenge_take(store, act=act, user=asker, now=now + later)
    assert (found.value if found else None) == (value if good else None)
    assert challenge_take(store, act=USE, user=user, now=now) is None


def test_challenges_differ() -> None:
    user = user_with("clerk")
    store = opened_session(user)
    assert challenge_give(store, act=USE, user=user) != challenge_give(store, act=USE, user=user)


def test_whole_way_from_the_password_to_the_page() -> None:
    """A role that needs a second factor sets up a passkey and nothing else, logs out, and in again."""
    user, key = user_with("audit_admin"), SoftKey()
    client = half_in(user)
    assert client.get("/accounts/me/")["Location"] == "/accounts/code/new/"
    assert NEW in client.get("/accounts/code/new/").content.decode()
    told = options(client, NEW_OPTIONS, name="办公室电脑", present=PASSWORD)
    assert (told["user"]["name"], told["user"]["displayName"]) == (user.username, user.username)
    assert told["authenticatorSelection"]["userVerification"] == "preferred"
    done = client.post(NEW, {"credential": key.made(told)})
    assert done.content.decode().count("<code>") == 10
    assert "办公室电脑" in client.get("/accounts/me/").content.decode()
    client = half_in(user)
    asked = client.get("/accounts/audit/")["Location"]
    assert asked == "/accounts/code/?next=%2Faccounts%2Faudit%2F"
    assert client.get("/accounts/code/new/")["Location"].startswith("/accounts/code/?")
    assert client.post(NEW_OPTIONS, {"name": "偷加", "present": PASSWORD}).status_code == 302
    assert 'data-passkey="get"' in client.get(asked).content.decode()
    told = options(client, USE_OPTIONS)
    assert [each["transports"] for each in told["allowCredentials"]] == [["internal"]]
    number = client.session[sessions.NUMBER]
    done = client.post(USED, {"credential": key.signed(told), "next": "/accounts/audit/"})
    assert done["Location"] == "/accounts/audit/"
    assert client.get("/accounts/audit/").status_code == 200
    assert client.session[sessions.NUMBER] != number


def test_answer_cannot_be_sent_again() -> None:
    user, key = with_key()
    client = half_in(user)
    answer = key.signed(options(client, USE_OPTIONS))
    assert client.post(USED, {"credential": answer}).status_code == 302
    again = client.post(USED, {"credential": answer})
    assert (again.status_code, last_action()) == (422, "accounts.passkey.failed")
    other = half_in(user)
    options(other, USE_OPTIONS)
    assert other.post(USED, {"credential": answer}).status_code == 422
    assert other.get("/accounts/me/")["Location"].startswith("/accounts/code/")


def test_answer_is_good_for_its_own_log_in_alone() -> None:
    """Whoever is asked in one browser cannot have the answer given in another."""
    user, key = with_key()
    mine, theirs = half_in(user), half_in(user)
    answer = key.signed(options(mine, USE_OPTIONS))
    options(theirs, USE_OPTIONS)
    assert theirs.post(USED, {"credential": answer}).status_code == 422
    assert mine.post(USED, {"credential": answer}).status_code == 302


def test_adding_asks_for_the_password_and_a_name() -> None:
    client = browser(user_with("clerk"))
    wrong = client.post(NEW_OPTIONS, {"name": "钥匙", "present": "wrong"})
    assert (wrong.status_code, "密码不对" in wrong.json()["told"]) == (422, True)
    bare = client.post(NEW_OPTIONS, {"name": " ", "present": PASSWORD})
    assert (bare.status_code, "名称" in bare.json()["told"]) == (422, True)
    assert sessions.CHALLENGE not in client.session
    unasked = client.post(NEW, {"credential": SoftKey().made(CREATE)})
    assert (unasked.status_code, Passkey.objects.count()) == (422, 0)


def test_removal_page_asks_for_the_password() -> None:
    user, _key = with_key()
    enrolled_beside(user)
    client, page = browser(user), f"/accounts/passkeys/{Passkey.objects.get().pk}/remove/"
    assert page in client.get("/accounts/me/").content.decode()
    assert "钥匙" in client.get(page).content.decode()
    assert client.post(page, {"present": "wrong"}).status_code == 422
    assert client.post(page, {"present": PASSWORD})["Location"] == "/accounts/me/"
    assert not Passkey.objects.exists()
    assert client.get("/accounts/me/").status_code == 200


def test_codes_can_be_set_up_beside_a_passkey() -> None:
    user, _key = with_key()
    client = browser(user)
    assert client.get("/accounts/code/new/").status_code == 200
    factor = SecondFactor.objects.get(user=user)
    code = totp.code_at(factor_secret(factor), timezone.now().timestamp())
    assert client.post("/accounts/code/new/", {"code": code})["Location"] == "/accounts/me/"
    assert client.get("/accounts/code/new/")["Location"] == "/accounts/me/"
    assert RecoveryCode.objects.filter(factor=factor).count() == 10


@pytest.mark.parametrize(
    ("address", "works", "led"),
    [
        ("localhost", True, False),
        ("localhost:8000", True, False),
        ("127.0.0.1:8000", False, True),
        ("[::1]:8000", False, True),
        ("chelun.lan", False, False),
        ("10.1.2.3", False, False),
    ],
)
def test_page_says_where_passkeys_work(settings: Settings, address: str, works: bool, led: bool) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "chelun.lan", "10.1.2.3"]
    client = browser(user_with("clerk"))
    page = client.get(NEW, headers={"host": address}).content.decode()
    assert ("data-passkey" in page) == works
    assert ('href="http://localhost:8000/accounts/me/"' in page) == led
    answer = client.post(NEW_OPTIONS, {"name": "钥匙", "present": PASSWORD}, headers={"host": address})
    assert answer.status_code == (200 if works else 422)


def test_passkeys_work_by_name_behind_tls(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["chelun.lan"]
    user = user_with("clerk")
    client, key = browser(user), SoftKey(host="", origin="https://chelun.lan")
    asked = client.post(
        NEW_OPTIONS, {"name": "钥匙", "present": PASSWORD}, secure=True, headers={"host": "chelun.lan"}
    ).json()
    assert asked["rp"]["id"] == "chelun.lan"
    client.post(NEW, {"credential": key.made(asked)}, secure=True, headers={"host": "chelun.lan"})
    assert Passkey.objects.get().host == "chelun.lan"
    settings.ALLOWED_HOSTS = ["chelun.lan", "localhost"]
    page = half_in(user).get("/accounts/code/").content.decode()
    assert ("data-passkey" in page, "chelun.lan" in page) == (False, True)
    assert half_in(user).post(USE_OPTIONS).status_code == 422
