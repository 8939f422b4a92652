"""Settings of an installation: one file, read from the environment by typed readers.

What each variable means stands in its `about`; `docs/reference/settings.md` is written from there.
"""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from madoguchi.project import env
from madoguchi.project.databases import database
from madoguchi.project.languages import languages
from madoguchi.project.services import SERVICES

ROOT = Path(__file__).resolve().parents[3]
VAR = env.path("VAR", ROOT / "var", about="database, keys, files and mail of this installation")
CITY = env.text("CITY", "musashino", about="which city pack below `cities/`", like="[a-z][a-z0-9-]*", example="example")
CITY_PACK = env.folder(
    "CITY_PACK",
    ROOT / "cities" / CITY,
    about="the city pack, where it is not below `cities/`",
    remedy="set CITY to one of the folders in cities/, or copy cities/example",
)

DEBUG = env.flag("DEBUG", default=False, about="for developers: pages show what went wrong; never where people are")
DEMONSTRATION = env.flag(
    "DEMONSTRATION",
    default=False,
    about="fictional people, stand-in providers, known passwords; only `madoguchi up` on loopback sets it",
)
HOST = env.text(
    "HOST", "127.0.0.1", about="the address the web server listens on", like=r"[0-9A-Za-z.:\[\]-]+", example="127.0.0.1"
)
PORT = env.port("PORT", 8000, about="the port the web server listens on")
SITE_URL = env.url(
    "SITE_URL",
    f"http://localhost:{PORT}",
    about="the address people use; https switches on HSTS, for names below it, too",
)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", about="host names that are answered")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

KEY_DIR = env.path("KEY_DIR", VAR / "keys", about="the keys; keep them apart from the data")
SECRET_KEY = env.secret(
    "SECRET_KEY",
    KEY_DIR / "django.key",
    demonstration=DEMONSTRATION or DEBUG,
    about="signs sessions and forms; `madoguchi keys` writes the file",
    remedy="run `madoguchi keys` once",
)
KMS_URL = env.url(
    "KMS_URL", "", about="the key store that wraps the data keys (Vault Transit API); else the key file", sealed=True
)
KMS_KEY = env.text(
    "KMS_KEY", "transit/madoguchi", about="its mount and key", like=r"[\w-]+/[\w-]+", example="transit/madoguchi"
)
KMS_TOKEN_FILE = env.path("KMS_TOKEN_FILE", VAR / "kms.token", about="where its agent keeps the token fresh")
VAULT_PARTS = ["madoguchi.kernel.files.resealing.FILES"]  # what is sealed outside the database
FILE_DIR = env.path("FILE_DIR", VAR / "files", about="stored files; on several machines a shared folder")
S3_BUCKET = env.text("S3_BUCKET", "", about="the bucket that stored files lie in, sealed; else FILE_DIR")
S3_ENDPOINT = env.url("S3_ENDPOINT", "", about="who runs the bucket; Amazon without a value", sealed=True)
S3_REGION = env.text("S3_REGION", "ap-northeast-1", about="the region of the bucket")
S3_ACCESS_KEY = env.text("S3_ACCESS_KEY", "", about="the name to open it with")
S3_SECRET_KEY = env.token("S3_SECRET_KEY", about="and its secret")
# A unix socket's name holds 107 bytes; a demonstration in a deeper folder scans nothing, and says so.
REHEARSAL_SCANNER = VAR / "scanner.sock" if len(str(VAR)) < 90 else None
SCANNER = env.text(
    "SCANNER",
    "",
    about="clamd, which scans what people send: `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`; `none` opens"
    " files without a scan. Without a value they stay in quarantine (in a demonstration a stand-in scans)",
    like=r"none|unix:/[^\s]{1,107}|tcp:[0-9A-Za-z.-]+:[0-9]{1,5}",
    example="unix:/run/clamav/clamd.ctl",
)
if DEMONSTRATION and not SCANNER:
    SCANNER = f"unix:{REHEARSAL_SCANNER}" if REHEARSAL_SCANNER else "none"

PAPER_FONT_DIR = env.path(
    "PAPER_FONT_DIR",
    ROOT / "node_modules" / "@expo-google-fonts" / "biz-udpgothic",
    about="the font of letters and certificates",
)

BACKUP_DIR = env.text("BACKUP_DIR", "", about="where the backup of every night goes; none is made without")
BACKUP_KEY_DIR = env.text("BACKUP_KEY_DIR", "", about="where it copies the keys, apart from the data; nowhere without")
BACKUP_KEEP = env.number("BACKUP_KEEP", 14, least=1, most=1000, about="how many backups stay in BACKUP_DIR")

TSA_URL = env.text("TSA_URL", "", about="who time-stamps the daily head of the trail (RFC 3161); else nobody does")
TSA_ROOTS = env.path("TSA_ROOTS", KEY_DIR / "tsa-roots.pem", about="the roots (PEM) that vouch for the time-stamps")

DATABASE_URL = env.text("DATABASE_URL", "", about="`postgres://user:password@host:5432/name`; without it SQLite in VAR")
DATABASES = {"default": database(DATABASE_URL, VAR / "madoguchi.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

KERNEL = [
    "registry",
    "vault",
    "audit",
    "citydata",
    "accounts",
    "desk",
    "numbers",
    "jobs",
    "events",
    "files",
    "notify",
    "mandates",
    "emergencies",
    "search",
    "language",
    "speech",
    "evidence",
    "retention",
    "backup",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "madoguchi.ui",
    *(f"madoguchi.kernel.{name}" for name in KERNEL),
    *(f"madoguchi.services.{slug}" for slug in SERVICES),
    "madoguchi.portal",
    "madoguchi.project",
]
AUTH_USER_MODEL = "accounts.Person"

MIDDLEWARE = [
    "madoguchi.portal.requestlog.RequestLogMiddleware",
    "madoguchi.portal.wire.WireMiddleware",
    "madoguchi.portal.pagecache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "madoguchi.kernel.language.middleware.FuriganaMiddleware",
    "madoguchi.ui.ruby.RubyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "madoguchi.portal.too_large.TooLargeMiddleware",
    "madoguchi.kernel.accounts.middleware.AccessMiddleware",
]
ROOT_URLCONF = "madoguchi.project.urls"
WSGI_APPLICATION = "madoguchi.project.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "madoguchi.portal.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "madoguchi.ui.forms.FaceRenderer"

# Words: Japanese is the source language; `ja-easy` is やさしい日本語.
LANGUAGE_CODE = "ja"
LANGUAGES = languages(CITY_PACK)
LOCALE_PATHS = [CITY_PACK / "locale"]
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {"staticfiles": {"BACKEND": "madoguchi.ui.sheets.FaceStorage"}}  # what people send lies with kernel/files
STATICFILES_DIRS = [
    (prefix, directory)
    for prefix, directory in [
        ("vendor/tokens", ROOT / "node_modules" / "@digital-go-jp" / "design-tokens" / "dist"),
        ("theme", CITY_PACK / "theme"),
    ]
    if directory.is_dir()
]

CITYDATA_COLLECTIONS = [  # of the kernel above the city data
    "madoguchi.kernel.search.pack.COLLECTIONS",
    "madoguchi.kernel.language.pack.COLLECTIONS",
    "madoguchi.kernel.speech.pack.COLLECTIONS",
]
CITYDATA_LISTENERS = ["madoguchi.kernel.search.index.refresh_pack_kinds"]  # called in the transaction of a change
EVENT_HEARERS = [  # beside those in the services' manifests
    "madoguchi.kernel.search.hearing.hears",
    "madoguchi.kernel.evidence.hearing.hears",
]
RETENTION_RULES = [  # beside those in the services' manifests
    "madoguchi.kernel.notify.retention.RULES",
    "madoguchi.kernel.accounts.retention.RULES",
    "madoguchi.kernel.mandates.retention.RULES",
    "madoguchi.kernel.emergencies.retention.RULES",
    "madoguchi.kernel.retention.own.RULES",
]
INBOXES = [  # beside those in the services' manifests
    "madoguchi.kernel.mandates.inbox.queues",
    "madoguchi.kernel.emergencies.inbox.queues",
    "madoguchi.kernel.jobs.inbox.queues",
    "madoguchi.kernel.search.inbox.queues",
]
MY_PAGES = ["madoguchi.kernel.mandates.my_page.items"]
UNDO = {"search.word": "madoguchi.kernel.search.missed.take_back"}  # beside those in the services' manifests
TAKEN_GRANTS = ["madoguchi.kernel.emergencies.grants.taken"]  # what adds to a person's posts for a while
SEARCH_SOURCES = ["madoguchi.portal.findable.SOURCES"]  # beside those in the services' manifests

# Sessions and cookies
SESSION_COOKIE_AGE = 12 * 60 * 60  # the cookie; how long a sign-in lives stands in accounts/rules.py
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # the identity provider sends people back with a top-level GET
CSRF_COOKIE_HTTPONLY = True
SECURE = SITE_URL.startswith("https://")
COOKIE_PREFIX = "__Host-" if SECURE else ""  # no other host below the city's domain can set such a cookie
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
FURIGANA_COOKIE_NAME = f"{COOKIE_PREFIX}furigana"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # what we tell people stays with us
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The residents' identity provider (shape: デジタル認証アプリ). In a demonstration it is a stand-in on the next port.
IDENTITY_PORT = env.port("IDENTITY_PORT", min(PORT + 1, 65535), about="where the stand-in of a demonstration listens")
OIDC_RESIDENT: dict[str, Any] = {
    "issuer": env.url(
        "OIDC_ISSUER",
        f"http://localhost:{IDENTITY_PORT}/api/realms/main",
        about="the residents' identity provider; the default is the stand-in",
        sealed=True,
    ),
    "client_id": env.text("OIDC_CLIENT_ID", "madoguchi", about="our name at the residents' identity provider"),
    "client_key": KEY_DIR / "oidc-client.pem",
    "scope": "openid name address birthdate gender",
    "algorithms": ["ES256"],
    "levels": {"aal3": 3, "aal2": 2, "aal1": 1},
}
# The city's own identity provider for staff; without an issuer there is none, and no button for it.
OIDC_STAFF: dict[str, Any] = {
    "issuer": env.url(
        "OIDC_STAFF_ISSUER", "", about="the city's own identity provider for staff; none without", sealed=True
    ),
    "client_id": env.text("OIDC_STAFF_CLIENT_ID", "madoguchi", about="our name at the staff's identity provider"),
    "client_key": KEY_DIR / "oidc-client.pem",
    "scope": env.text("OIDC_STAFF_SCOPE", "openid profile", about="what is asked of it"),
    "algorithms": ["ES256", "RS256"],
    "number_claim": env.text(
        "OIDC_STAFF_NUMBER_CLAIM", "preferred_username", about="the claim that holds the staff number"
    ),
    "strong_acr": set(env.text("OIDC_STAFF_STRONG_ACR", "", about="acr values that count as two factors").split()),
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        # browsers hold this against the redirect to the identity provider, too
        "form-action": [
            SELF,
            *("/".join(issuer.split("/")[:3]) for issuer in (OIDC_RESIDENT["issuer"], OIDC_STAFF["issuer"]) if issuer),
        ],
        "frame-ancestors": [NONE],
    }
}
LOGIN_URL = "accounts:staff_sign_in"
CLIENT_ADDRESS_META = env.text(
    "CLIENT_ADDRESS_META",
    "REMOTE_ADDR",
    about="where the visitor's address stands, for limits on tries; behind a proxy the header it writes",
    like="REMOTE_ADDR|HTTP_[A-Z0-9_]+",
    example="HTTP_X_REAL_IP",
)
REHEARSAL_AUTHENTICATOR = f"http://localhost:{IDENTITY_PORT}/authenticator" if DEMONSTRATION else ""
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "madoguchi.kernel.accounts.passwords.ExpectedWords"},
]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "long"]}}
JOB_LONG_MINUTES = env.number(
    "JOB_LONG_MINUTES",
    120,
    least=10,
    most=1440,
    about="how long a backup or another long job may run before it is stopped and tried again",
)
TIMETABLES = [  # beside those in the services' manifests
    "madoguchi.kernel.audit.recurring.TIMETABLE",
    "madoguchi.kernel.accounts.recurring.TIMETABLE",
    "madoguchi.kernel.desk.recurring.TIMETABLE",
    "madoguchi.kernel.jobs.recurring.TIMETABLE",
    "madoguchi.kernel.events.recurring.TIMETABLE",
    "madoguchi.kernel.files.recurring.TIMETABLE",
    "madoguchi.kernel.notify.recurring.TIMETABLE",
    "madoguchi.kernel.search.recurring.TIMETABLE",
    "madoguchi.kernel.speech.recurring.TIMETABLE",
    "madoguchi.kernel.retention.recurring.TIMETABLE",
    "madoguchi.kernel.backup.recurring.TIMETABLE",
]

EMAIL_HOST = env.text("EMAIL_HOST", "", about="the SMTP server; without it mail is written to VAR/mail")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_PORT = env.port("EMAIL_PORT", 25, about="its port")
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "", about="its user name, where it wants one")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "", about="its password")
EMAIL_USE_TLS = env.flag(
    "EMAIL_USE_TLS",
    default=EMAIL_HOST not in {"", "localhost", "127.0.0.1"},
    about="speak to it with STARTTLS; on for another machine",
)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL",
    "madoguchi@localhost",
    about="the sender of every mail",
    like=r"[^@\s]+@[^@\s]+|[^<>\r\n]+<[^@\s]+@[^@\s]+>",
    example="madoguchi@city.example.lg.jp",
)

BOUNCE_ADDRESS = env.text(
    "BOUNCE_ADDRESS",
    "",
    about="where mail that cannot be delivered comes back to; each mail adds `+` and its number; none without",
    like=r"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+",
    example="bounce@city.example.lg.jp",
)
BOUNCE_MAILDIR = env.text("BOUNCE_MAILDIR", "", about="the maildir of BOUNCE_ADDRESS; read every quarter of an hour")

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# One file and its form. What is larger is refused unread, so nothing has to lie on the disk unsealed.
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOG_FORMAT = env.choice(
    "LOG_FORMAT",
    "lines" if DEMONSTRATION else "json",
    of=["json", "lines"],
    about="one JSON object a line for a machine, or lines for a person; neither holds personal data",
    shown="json (lines in a demonstration)",
)
LOG_LEVEL = env.choice(
    "LOG_LEVEL",
    "WARNING" if DEMONSTRATION else "INFO",
    of=["DEBUG", "INFO", "WARNING", "ERROR"],
    about="INFO has a line for every request",
    shown="INFO (WARNING in a demonstration)",
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "madoguchi.lib.logs.JsonLines"},
        "lines": {"()": "madoguchi.lib.logs.Lines"},
    },
    "filters": {"route": {"()": "madoguchi.lib.logs.RouteForPath"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["route"]}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # ours has a line for each request already; Django's own handlers would write messages of exceptions
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.db.backends": {"level": "INFO"},  # DEBUG would write every value of every query
    },
}
OTLP_ENDPOINT = env.url(
    "OTLP_ENDPOINT",
    "",
    about="the OpenTelemetry collector that traces go to (OTLP over HTTP); nothing is traced without",
)
METRICS_TOKEN = env.token("METRICS_TOKEN", about="opens /metrics to who sends it as bearer token; shut without")
if METRICS_TOKEN:  # the library reads it when it is imported: the web processes of a machine count together
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(VAR / "metrics"))
