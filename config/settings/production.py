"""For a bureau's server. Refuses to start without keys, hosts and a database (SQLite is fine for a small office)."""

import os

from django.core.exceptions import ImproperlyConfigured

from chelun.core.crypto.keys import is_weak, parse_ring
from config.settings.base import *  # noqa: F403
from config.settings.base import whole

MISSING = [
    name
    for name in ("CHELUN_SECRET_KEY", "CHELUN_KEYS", "CHELUN_HOSTS", "DATABASE_URL")
    if not os.environ.get(name, "").strip()
]
if MISSING:
    raise ImproperlyConfigured(
        f"缺少环境变量 {' '.join(MISSING)}，请按 docs/operations.md 设置后再启动。/ These variables are missing; "
        "set them as docs/operations.md says, then start again."
    )

ALLOWED_HOSTS = [host.strip() for host in os.environ["CHELUN_HOSTS"].split(",") if host.strip()]
if "*" in ALLOWED_HOSTS or len(os.environ["CHELUN_SECRET_KEY"]) < 50:
    raise ImproperlyConfigured(
        "CHELUN_HOSTS 不能是 *，CHELUN_SECRET_KEY 不能短于 50 个字符。"
        "/ CHELUN_HOSTS must not be *, CHELUN_SECRET_KEY must have 50 characters or more."
    )
if is_weak(parse_ring(os.environ["CHELUN_KEYS"])):
    raise ImproperlyConfigured(
        "CHELUN_KEYS 太弱或者是演示用的，请用 chelun keys new 生成。"
        "/ CHELUN_KEYS is weak or belongs to a demonstration; make a ring with `chelun keys new`."
    )

CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
# HTTPS ends at a proxy before the server (docs/operations.md), which also knows the reader's address.
CHELUN_PROXIES = whole("CHELUN_PROXIES", 1)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
# Under these names browsers take a cookie only from this very host.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "chelun.core.staticfinder.ManifestStorage"},
}
# A monitor on the machine itself asks without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
# Whether the office's other names may be bound to HTTPS, or put on a browser's list, is not ours to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# To standard error, which systemd keeps. No line holds anybody's data (chelun/core/trouble.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "quiet": {
            "()": "chelun.core.trouble.QuietFormatter",
            "format": "%(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "chelun": {"level": "INFO"},
        # Strangers who try other names are refused; that is not worth a line each.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
