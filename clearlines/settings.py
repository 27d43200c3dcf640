"""Settings: secrets and addresses come from the environment, everything else is written here."""

import os
import secrets
from datetime import date, timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from clearlines.access import single_sign_on

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
    "ledger", "access", "keys", "web", "places", "people", "sharing", "meetings", "safeguarding", "aftercare", "lines",
    "reports", "triage", "groups", "disruptions", "referrals", "screening", "visits", "care", "calls", "hotspots",
    "evaluation", "returns", "conflicts", "openings", "staff", "governance", "desk",
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
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    # Last, so that our widgets are found before the framework's.
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clearlines.web.middleware.Headers",
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
    "clearlines.staff.doorkeeper.Doorkeeper",
    "clearlines.web.middleware.PlainRefusals",
    # Last, so that what stands above it sees the page of somebody locked out.
    "axes.middleware.AxesMiddleware",
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
        # FULL: what was answered "saved" is on the disk, whatever becomes of the power (PROMISES 8).
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = [
    # Refuses before the password is looked at, while somebody is locked out.
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "clearlines.access.starting.NotTheExamples"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "clearlines.access.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# The address is kept for an hour in the cache; five wrong codes for one account stop for five minutes.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "60/m/ip,5/5m/key"}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

# Nobody outside the example reads anything with a password alone.
REQUIRE_SECOND_FACTOR = not IS_EXAMPLE
MFA_ADAPTER = "clearlines.access.second_factor.Adapter"
MFA_FORMS = {
    "authenticate": "clearlines.access.second_factor.Code",
    "reauthenticate": "clearlines.access.second_factor.CodeAgain",
    "authenticate_webauthn": "clearlines.access.second_factor.Passkey",
    "login_webauthn": "clearlines.access.second_factor.PasskeyAlone",
    "reauthenticate_webauthn": "clearlines.access.second_factor.PasskeyAgain",
    "add_webauthn": "clearlines.access.second_factor.AddPasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# The phone asks for its own PIN, finger or face: a passkey alone is two factors.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
MFA_TOTP_ISSUER = "Clearlines"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# How long a link to begin, given by an administrator, can be used.
PASSWORD_RESET_TIMEOUT = 72 * 60 * 60

SOCIALACCOUNT_ADAPTER = "clearlines.access.sign_in.SingleSignOn"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SINGLE_SIGN_ON = single_sign_on.read(PROGRAMME_DIR, os.environ)
SOCIALACCOUNT_PROVIDERS = single_sign_on.for_allauth(SINGLE_SIGN_ON)

# Five wrong passwords for one name from one address, then a quarter of an hour. What was typed is never kept in clear.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "clearlines.access.sign_in.name_tried"
AXES_CLIENT_IP_CALLABLE = "clearlines.access.sign_in.address_of"
AXES_LOCKOUT_CALLABLE = "clearlines.access.sign_in.locked_out"
AXES_CLIENT_STR_CALLABLE = "clearlines.access.sign_in.nobody_named"
AXES_SENSITIVE_PARAMETERS = ["login", "username", "password", "next", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# How many reverse proxies stand in front; the address is taken from what the outermost of them says.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("CLEARLINES_PROXIES", "0"))

# Shared by every worker: a one-time code used at one is used at all of them.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "staff_once"},
}

SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
# A browser takes a cookie so named from this host alone, over https alone: no other host of the domain can plant one.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-session", "__Host-csrf") if IS_HTTPS else ("session", "csrf")
SECURE_HSTS_SECONDS = 63072000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
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
        # A browser holds the redirect that follows a form to this list too.
        "form-action": [SELF, *single_sign_on.origins(SINGLE_SIGN_ON)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-src": [NONE],
        "media-src": [NONE],
        "upgrade-insecure-requests": IS_HTTPS,
    }
}

# Words: more than anybody types, so that too much is answered on its own form. Files: one photograph and room to spare.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS, DATA_UPLOAD_MAX_NUMBER_FILES = 1000, 5
MOST_SENT_AT_ONCE = 16 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["clearlines.web.uploads.InMemoryOnly"]

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

# The end of each of the ledger's chains, outside the database: best on another disk, and copied off the machine.
LEDGER_ANCHOR = os.environ.get("LEDGER_ANCHOR", str(VAR / "ledger-anchor.txt"))
LEDGER_ANCHOR_SECONDS = 5
# A process that writes also seals what it wrote, if nothing else has within the second.
LEDGER_SEALS_ITSELF = True

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
