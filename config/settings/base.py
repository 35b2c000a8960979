"""What all installations share. Nothing here is secret, nothing here is open to the world."""

import os
from pathlib import Path
from typing import cast

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("CHELUN_VAR", BASE_DIR / "var"))


def whole(name: str, default: int) -> int:
    """A whole number from the environment, 0 or more; docs/operations.md lists them all."""
    text = os.environ.get(name, "").strip() or str(default)
    if not text.isascii() or not text.isdecimal():
        raise ImproperlyConfigured(
            f"环境变量 {name} 应是不小于 0 的整数，现在是“{text}”。/ The variable must be a whole number, 0 or more."
        )
    return int(text)


SECRET_KEY = os.environ.get("CHELUN_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "template_partials",
    "chelun.core",
    "chelun.platform.audit",
    "chelun.platform.regions",
    "chelun.platform.accounts",
    "chelun.platform.jobs",
    "chelun.platform.privacy",
    "chelun.platform.sheets",
    "chelun.platform.fields",
    "chelun.platform.archives",
    "chelun.platform.evidence",
    "chelun.people",
    "chelun.firms",
    "chelun.desk",
    "chelun.families",
    "chelun.cockpit",
    "scenarios",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "chelun.core.middleware.Unkept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "chelun.platform.accounts.middleware.ChosenLanguage",
    "chelun.core.language.MarkedChinese",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "chelun.platform.accounts.middleware.IdleLogout",
    "chelun.platform.accounts.middleware.SecondFactorFirst",
    "chelun.core.middleware.OneLook",
    "chelun.core.middleware.SpokenErrors",
]

FORM_RENDERER = "chelun.core.ui.controls.QuickRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "chelun.core.menu.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# Chinese is the language of the texts in the code; English is a complete translation.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "chelun.core.staticfinder.VendorFinder",
]
NODE_MODULES = BASE_DIR / "frontend" / "node_modules"


def database(url: str) -> dict[str, object]:
    """Django's settings for a database address: with what SQLite needs to serve several processes, and PostgreSQL's planner
    told that a page out of turn costs little more than the next one, as it does in memory and on flash. It would else read a
    million cards to count the first ten thousand of a kind. What the address itself says in `options` counts more.
    """
    found: dict[str, object] = dict(dj_database_url.parse(url, conn_max_age=60))
    if found["ENGINE"] == "django.db.backends.sqlite3":
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
                "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=80000; PRAGMA secure_delete=ON;"
            ),
        }
    if found["ENGINE"] == "django.db.backends.postgresql":
        said = cast("dict[str, object]", found.get("OPTIONS", {}))
        found["OPTIONS"] = {"options": "-c random_page_cost=1.1", **said}
    return found


DATABASES = {"default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR}/chelun.sqlite3")}

LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["chelun.platform.accounts.backends.Accounts"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "person_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "chelun.platform.accounts.validators.SeveralKinds"},
    {"NAME": "chelun.platform.accounts.validators.NotUsedBefore"},
]
SESSION_ENGINE = "chelun.platform.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

# Strict: nothing inline, nothing evaluated, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

CHELUN_CRYPTO_PROVIDER = os.environ.get("CHELUN_CRYPTO_PROVIDER") or "chelun.core.crypto.SoftProvider"
CHELUN_KEYS = os.environ.get("CHELUN_KEYS", "")
CHELUN_METRICS_TOKEN = os.environ.get("CHELUN_METRICS_TOKEN", "")
CHELUN_ANCHOR_DIR = Path(os.environ.get("CHELUN_ANCHOR_DIR", VAR_DIR / "anchors"))
# Who was erased, by keyed digests: what a restored backup must erase again. Belongs on another machine, like the anchors.
CHELUN_TOMBSTONE_DIR = Path(os.environ.get("CHELUN_TOMBSTONE_DIR", VAR_DIR / "tombstones"))
CHELUN_FILES_DIR = Path(os.environ.get("CHELUN_FILES_DIR", VAR_DIR / "files"))
CHELUN_GEODATA_DIR = Path(os.environ.get("CHELUN_GEODATA_DIR", BASE_DIR / "var" / "geodata"))
# A folder with an approved set of outlines (district.geojson, notice.txt); without one the vendored sketch is shown.
CHELUN_OUTLINES_DIR = os.environ.get("CHELUN_OUTLINES_DIR", "")
CHELUN_OUTLINE_CACHE = Path(os.environ.get("CHELUN_OUTLINE_CACHE", VAR_DIR / "outlines"))
# Area codes that no authority ever issued are accepted only where persons are invented.
CHELUN_DEMO_AREAS = False
CHELUN_REVEALS_A_DAY = whole("CHELUN_REVEALS_A_DAY", 30)
CHELUN_LOOKUPS_A_DAY = whole("CHELUN_LOOKUPS_A_DAY", 200)
# Smaller numbers are hidden wherever somebody reads who may not open the rows behind them.
CHELUN_SMALLEST_SHOWN = whole("CHELUN_SMALLEST_SHOWN", 10)
CHELUN_IDLE_MINUTES = whole("CHELUN_IDLE_MINUTES", 30)
# Log-in: so many failures of a name, or of a network address, within so many minutes lock it for as long.
CHELUN_LOCK_FAILURES = whole("CHELUN_LOCK_FAILURES", 5)
CHELUN_LOCK_ADDRESS_FAILURES = whole("CHELUN_LOCK_ADDRESS_FAILURES", 50)
CHELUN_LOCK_MINUTES = whole("CHELUN_LOCK_MINUTES", 15)
CHELUN_INVITATION_HOURS = whole("CHELUN_INVITATION_HOURS", 72)
# How many proxies stand before the server and may be believed about the reader's address.
CHELUN_PROXIES = whole("CHELUN_PROXIES", 0)
# Only where persons are invented: log-ins of the demo work, and their one-time codes can be printed.
CHELUN_DEMO = False
# How many processes beside its own a worker may keep busy with a large import.
CHELUN_PROCESSES = whole("CHELUN_PROCESSES", min(1, (os.cpu_count() or 1) - 1))
# What a guess at the passphrase of a backup or an archive costs: scrypt with 32 MB, about a tenth of a second.
CHELUN_SEALING_COST = 1 << 15
CHELUN_UPLOAD_DAYS = whole("CHELUN_UPLOAD_DAYS", 30)
# A million rows of CSV are up to 150 MB; whoever sends more has not sent a roster.
CHELUN_MAX_UPLOAD_BYTES = 150 * 1024 * 1024
# Uploads are sealed while they stream; Django's own handlers would leave them in the clear in a temporary folder.
FILE_UPLOAD_HANDLERS = ["chelun.platform.sheets.uploads.SealedUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 5
# A mapping page has a field for each column of each table.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# Finished background jobs are kept so long; what they did stands in the audit trail.
CHELUN_JOB_DAYS = whole("CHELUN_JOB_DAYS", 90)
