"""For work on the code and for the demo: invented persons, keys that are no secret."""

import os

from config.settings.base import *  # noqa: F403

DEBUG = os.environ.get("CHELUN_DEBUG") == "1"
SECRET_KEY = SECRET_KEY or "dev-only-not-a-secret"  # noqa: F405
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
CHELUN_DEMO_AREAS = True
WHITENOISE_USE_FINDERS = True
CHELUN_DEMO = True
DEV_KEYS = (
    '{"data": {"dev": "00112233445566778899aabbccddeeff"}, "active": "dev",'
    ' "index": "1111111111111111", "short": "2222222222222222", "audit": "3333333333333333"}'
)
CHELUN_KEYS = CHELUN_KEYS or DEV_KEYS  # noqa: F405
