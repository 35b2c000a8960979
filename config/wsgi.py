"""The door for the web server. Stays shut when one of our own checks fails (an undeclared page, demo accounts in earnest)."""

import os

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from chelun.core.runtime import settle


def refuse_failed_checks() -> None:
    """ImproperlyConfigured with every failed check of the house; web servers do not run checks by themselves."""
    failed = [str(message) for message in run_checks(tags=["chelun"]) if message.is_serious()]
    if failed:
        raise ImproperlyConfigured("\n".join(failed))


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()
refuse_failed_checks()
settle()
