"""`chelun account`: the first accounts of an installation."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from chelun.platform.accounts.models import SecondFactor, User
from chelun.platform.accounts.tests.factories import enrolled, user_with
from chelun.platform.audit.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def test_account_create_opens_the_first_account(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    call_command(
        "account", "create", "wang", "--name", "王某", "--role", "system_admin", "--region", "美姑县"
    )
    link = re.search(r"/accounts/invitation/\S+", capsys.readouterr().out)
    assert link
    assert client.get(link[0]).status_code == 200
    user = User.objects.get(username="wang")
    assert (user.region_code, user.has("accounts.manage")) == ("513436", True)
    assert AuditEntry.objects.filter(actor__startswith="chelun account (os: ").count() == 3


def test_account_grant_keeps_administrators_apart() -> None:
    user_with("clerk", username="wang")
    call_command("account", "grant", "WANG", "--role", "counter", "--region", "513436")
    with pytest.raises(CommandError, match="必须分开"):
        call_command("account", "grant", "wang", "--role", "audit_admin", "--region", "513436")


def test_account_invite_and_reset(capsys: pytest.CaptureFixture[str]) -> None:
    enrolled(user_with("registrar", username="wang"))
    call_command("account", "invite", "wang")
    assert "/accounts/invitation/" in capsys.readouterr().out
    call_command("account", "reset-factor", "wang")
    assert not SecondFactor.objects.exists()


def test_account_says_what_it_does_not_know() -> None:
    with pytest.raises(CommandError, match="nobody"):
        call_command("account", "invite", "nobody")
    with pytest.raises(CommandError, match="六位地区代码"):
        call_command("account", "create", "wang", "--name", "王某", "--region", "nowhere")
