"""Settings: secrets and addresses come from the environment, everything else is written here."""

import os
import secrets
from datetime import date
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("CLEARLINES_VAR", ROOT / "var"))
VAR.mkdir(parents=True, exist_ok=True)

PROGRAMME_DIR = Path(os.environ.get("PROGRAMME_DIR", ROOT / "programme" / "example"))
# The example programme is written under past dates; no other programme may be.
IS_EXAMPLE = PROGRAMME_DIR.resolve() == (ROOT / "programme" / "example").resolve()
# Where the example's calendar stands while it is shown, so that its people are not four years overdue.
EXAMPLE_DAY = date.fromisoformat(os.environ["CLEARLINES_DAY"]) if os.environ.get("CLEARLINES_DAY") else None


def secret_key() -> str:
    """The key in the environment, or one made once and kept beside the database."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    kept = VAR / "secret_key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = secret_key()
DEBUG = os.environ.get("CLEARLINES_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]
IS_HTTPS = os.environ.get("CLEARLINES_HTTPS") == "1"

ROOMS = [
    "ledger", "access", "keys", "web", "places", "people", "sharing", "meetings", "lines", "reports", "triage", "referrals",
    "safeguarding", "screening", "visits", "care", "hotspots", "evaluation", "returns", "governance", "desk",
]  # fmt: skip

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Before allauth, so that our sign-in pages are found before its own.
    *[f"clearlines.{room}" for room in ROOMS],
    "allauth",
    "allauth.account",
    "csp",
    # Last, so that our widgets are found before the framework's.
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "clearlines.access.middleware.WhoIsAsking",
    "clearlines.keys.middleware.WhoOpens",
    "clearlines.web.middleware.PlainRefusals",
    "clearlines.web.middleware.NeverCached",
]

ROOT_URLCONF = "clearlines.urls"
WSGI_APPLICATION = "clearlines.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "clearlines.web.context.everywhere",
            ],
        },
    }
]
FORM_RENDERER = "clearlines.web.forms.Renderer"

DATABASES = {
    "default": dj_database_url.config(default=f"sqlite:///{VAR / 'clearlines.sqlite3'}", conn_max_age=60),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "clearlines.access.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_HSTS_SECONDS = 63072000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "clearlines.web.errors.stale_form"

# The operator's own basemap, if there is one; none ships with the product.
BASEMAP_TILES = os.environ.get("BASEMAP_TILES", "")
TILE_HOSTS = ["/".join(BASEMAP_TILES.split("/")[:3])] if BASEMAP_TILES else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *TILE_HOSTS],
        "font-src": [SELF],
        "connect-src": [SELF, *TILE_HOSTS],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR / "files"

# Each controller's own key, outside the database: a file each in a folder, or a command that prints it.
KEYS_DIR = Path(os.environ.get("KEYS_DIR", VAR / "keys"))
KEYS_COMMAND = os.environ.get("KEYS_COMMAND", "")
KEYS_HOLDER = os.environ.get("KEYS_HOLDER") or f"clearlines.keys.holders.{'KeyCommand' if KEYS_COMMAND else 'KeyFiles'}"
# Only the example programme makes the keys of its own controllers.
KEYS_MADE_AT_NEED = IS_EXAMPLE
# Whose key seals a whole backup: the host's, which opens no note.
KEYS_FOR_BACKUPS = os.environ.get("KEYS_FOR_BACKUPS", "host")
# How long an unwrapped data key stays in the memory of a process.
KEYS_KEPT_SECONDS = 300
INCIDENTS_DIR = VAR / "incidents"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
