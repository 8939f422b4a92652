"""Settings of an installation: one file, read from the environment by typed readers."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from madoguchi.project import env
from madoguchi.project.databases import database
from madoguchi.project.services import SERVICES

ROOT = Path(__file__).resolve().parents[3]
VAR = env.path("VAR", ROOT / "var")
CITY = env.text("CITY", "musashino")
CITY_PACK = env.path("CITY_PACK", ROOT / "cities" / CITY)

DEBUG = env.flag("DEBUG", default=False)
# A demonstration has fictional people, stand-in providers and known passwords. Only `madoguchi up` on loopback sets it.
DEMONSTRATION = env.flag("DEMONSTRATION", default=False)
HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000)
SITE_URL = env.text("SITE_URL", f"http://localhost:{PORT}")
ALLOWED_HOSTS = env.text("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

KEY_DIR = env.path("KEY_DIR", VAR / "keys")
SECRET_KEY = env.secret("SECRET_KEY", KEY_DIR / "django.key", demonstration=DEMONSTRATION or DEBUG)
FILE_DIR = env.path("FILE_DIR", VAR / "files")
PAPER_FONT_DIR = env.path("PAPER_FONT_DIR", ROOT / "node_modules" / "@expo-google-fonts" / "biz-udpgothic")

# Who puts a time-stamp (RFC 3161) on the daily head of the audit trail, and the roots (PEM) that vouch for it
TSA_URL = env.text("TSA_URL", "")
TSA_ROOTS = env.path("TSA_ROOTS", KEY_DIR / "tsa-roots.pem")

DATABASES = {"default": database(env.text("DATABASE_URL", ""), VAR / "madoguchi.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

KERNEL = ["registry", "vault", "audit", "citydata", "accounts", "jobs", "files", "notify", "evidence", "backup"]
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
    "madoguchi.portal.pagecache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "madoguchi.ui.ruby.RubyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
LANGUAGES = [("ja", "日本語"), ("ja-easy", "やさしい日本語"), ("en", "English")]
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [
    (prefix, directory)
    for prefix, directory in [
        ("vendor/tokens", ROOT / "node_modules" / "@digital-go-jp" / "design-tokens" / "dist"),
        ("theme", CITY_PACK / "theme"),
    ]
    if directory.is_dir()
]

# Sessions and cookies
SESSION_COOKIE_AGE = 12 * 60 * 60  # the cookie; how long a sign-in lives stands in accounts/rules.py
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # the identity provider sends people back with a top-level GET
CSRF_COOKIE_HTTPONLY = True
SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The residents' identity provider (shape: デジタル認証アプリ). In a demonstration it is a stand-in on the next port.
IDENTITY_PORT = env.number("IDENTITY_PORT", PORT + 1)
OIDC_RESIDENT: dict[str, Any] = {
    "issuer": env.text("OIDC_ISSUER", f"http://localhost:{IDENTITY_PORT}/api/realms/main"),
    "client_id": env.text("OIDC_CLIENT_ID", "madoguchi"),
    "client_key": KEY_DIR / "oidc-client.pem",
    "scope": "openid name address birthdate gender",
    "algorithms": ["ES256"],
    "levels": {"aal3": 3, "aal2": 2, "aal1": 1},
}
# The city's own identity provider for staff; without an issuer there is none, and no button for it.
OIDC_STAFF: dict[str, Any] = {
    "issuer": env.text("OIDC_STAFF_ISSUER", ""),
    "client_id": env.text("OIDC_STAFF_CLIENT_ID", "madoguchi"),
    "client_key": KEY_DIR / "oidc-client.pem",
    "scope": env.text("OIDC_STAFF_SCOPE", "openid profile"),
    "algorithms": ["ES256", "RS256"],
    "number_claim": env.text("OIDC_STAFF_NUMBER_CLAIM", "preferred_username"),
    "strong_acr": set(env.text("OIDC_STAFF_STRONG_ACR", "").split()),
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        # browsers hold this against the redirect to the identity provider, too
        "form-action": [
            SELF,
            *("/".join(issuer.split("/")[:3]) for issuer in (OIDC_RESIDENT["issuer"], OIDC_STAFF["issuer"]) if issuer),
        ],
        "frame-ancestors": [NONE],
    }
}
LOGIN_URL = "accounts:staff_sign_in"
# What limits on tries count by: behind a proxy the header it writes, as HTTP_X_REAL_IP
CLIENT_ADDRESS_META = env.text("CLIENT_ADDRESS_META", "REMOTE_ADDR")
REHEARSAL_AUTHENTICATOR = f"http://localhost:{IDENTITY_PORT}/authenticator" if DEMONSTRATION else ""
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("EMAIL_HOST", "")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "madoguchi@localhost")

FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}
