"""Django's settings, read from typed SOFRA_* variables. Nothing here is changed at run time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sofra.kernel.environment import Database, read_environment
from sofra.web import languages

SOFRA = read_environment(os.environ)
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = SOFRA.secret_key
DEBUG = False
ALLOWED_HOSTS = list(SOFRA.hosts)
ROOT_URLCONF = "sofra.conf.urls"
WSGI_APPLICATION = "sofra.conf.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    "sofra.kernel",
    "sofra.sources",
    "sofra.lexicon",
    "sofra.parties",
    "sofra.meetings",
    "sofra.texts",
    "sofra.bilaterals",
    "sofra.cooperation",
    "sofra.web",
    "sofra.api",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sofra.kernel.middleware.Headers",
    "sofra.kernel.rest.Rest",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sofra.kernel.accounts.csrf.Csrf",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "sofra.kernel.accounts.middleware.SessionLimits",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sofra.kernel.middleware.OneTransaction",
    "sofra.kernel.accounts.middleware.SecondFactor",
    "sofra.kernel.middleware.Doors",
]
SOFRA_PATHS_WITHOUT_TRANSACTION = ("/healthz",)
SOFRA_LIBRARY_DOORS = "sofra.conf.doors.LIBRARY_DOORS"


def _database(database: Database, **more: Any) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database.name,
        "USER": database.user,
        "PASSWORD": database.password,
        "HOST": database.host,
        "PORT": database.port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "sofra", **dict(database.options)},
        **more,
    }


_working = SOFRA.owner_database if os.environ.get("SOFRA_PROCESS") == "owner" else SOFRA.database
DATABASES = {"default": _database(_working), "apart": _database(_working)}
DATABASE_ROUTERS = ["sofra.conf.routers.Apart"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "house_cache"}}

AUTH_USER_MODEL = "kernel.Account"
AUTHENTICATION_BACKENDS = ["sofra.kernel.accounts.backend.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "sofra.kernel.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# The house's own limits (kernel/accounts/limits.py) come first and name the wait; these stand behind them.
ACCOUNT_RATE_LIMITS = {"login_failed": "80/900s/ip,12/900s/key"}
ACCOUNT_FORMS = {
    "login": "sofra.kernel.accounts.forms.SignIn",
    "reauthenticate": "sofra.kernel.accounts.forms.ConfirmPassword",
    "change_password": "sofra.kernel.accounts.forms.ChangePassword",
}
MFA_ADAPTER = "sofra.kernel.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "sofra.kernel.accounts.forms.Code",
    "reauthenticate": "sofra.kernel.accounts.forms.ConfirmCode",
    "activate_totp": "sofra.kernel.accounts.forms.EnrolTotp",
    "add_webauthn": "sofra.kernel.accounts.forms.AddPasskey",
}
SOCIALACCOUNT_ADAPTER = "sofra.kernel.accounts.adapter.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if getattr(SOFRA, "oidc_issuer", ""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "provider",
                "name": SOFRA.oidc_name,
                "client_id": SOFRA.oidc_client_id,
                "secret": SOFRA.oidc_client_secret,
                "settings": {"server_url": SOFRA.oidc_issuer},
            }
        ],
    }

globals().update(languages.settings_fragment())
TIME_ZONE = "UTC"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "sofra.web.context.house",
            ],
        },
    }
]

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "sofra"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SOFRA.tls
SESSION_COOKIE_AGE = SOFRA.session_hours * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "sofra.web.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in SOFRA.hosts] if SOFRA.tls else []
# A line shown once travels in the reader's own cookie: what a delegation is told of its words is kept nowhere in the house.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

SECURE_HSTS_SECONDS = 63072000 if SOFRA.tls else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SOFRA.tls
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SOFRA.tls else None
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

DATA_UPLOAD_MAX_MEMORY_SIZE = 22 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["sofra.kernel.uploads.Bounded"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": SOFRA.log},
    "loggers": {"django.request": {"level": "ERROR"}},
}
