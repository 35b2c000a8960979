"""The web server does not start when one of our checks fails."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from chelun.platform.accounts.tests.factories import UserFactory
from config.wsgi import refuse_failed_checks


@pytest.mark.django_db
def test_door_opens_in_the_demo_and_stays_shut_in_earnest(settings: Settings) -> None:
    UserFactory.create(is_demo=True)
    refuse_failed_checks()
    settings.CHELUN_DEMO = False
    with pytest.raises(ImproperlyConfigured, match="演示账号"):
        refuse_failed_checks()
