"""All settings, from the environment; without any, the embedded PostgreSQL and this machine alone."""

from __future__ import annotations

from datetime import timedelta
from importlib.util import find_spec
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import quote, unquote

import drf_spectacular_sidecar
from celery.schedules import crontab
from environs import Env

from config.geheimen import bewaard_geheim

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# The embedded PostgreSQL and generated secrets; two folders are two independent installations.
EENPLAN_DATA = BASE_DIR / Path(env.str("EENPLAN_DATA", default=".data")).expanduser()

SECRET_KEY = env.str("SECRET_KEY", default="") or bewaard_geheim(EENPLAN_DATA / "secret_key")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "teams",
    "households",
    "voorzieningen",
    "meldingen",
    "reporting",
    "rest_framework",
    "oauth2_provider",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "config.apps.BeheerConfig",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    *(["django_migration_linter"] if find_spec("django_migration_linter") else []),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.sessie.Sessiegrens",
    "config.sessie.TweedeFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.BeveiligingsKoppen",
    "config.middleware.Spoorzoeker",
    "config.middleware.Sleutelfout",
    "teams.api.versie.Versiekop",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.menu.raam",
            ],
        },
    },
]
FORM_RENDERER = "config.formulier.Formulieropmaak"

DATABASE_URL = env.str("DATABASE_URL", default="")
DATABASES = {
    "default": {
        **(
            env.dj_db_url("DATABASE_URL")
            if DATABASE_URL
            else {"ENGINE": "config.embedded", "NAME": "eenplan", "USER": "eenplan", "DATA": EENPLAN_DATA}
        ),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
# The keys of what is encrypted stand outside the database; only beside the embedded one they are made by themselves.
SLEUTELBESTAND = env.str("EENPLAN_SLEUTELS", default="")
EENPLAN_SLEUTELS = Path(SLEUTELBESTAND).expanduser() if SLEUTELBESTAND else EENPLAN_DATA / "sleutels.json"
SLEUTELS_ZELF_MAKEN = not (DATABASE_URL or SLEUTELBESTAND)

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "teams.Medewerker"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
AUTHENTICATION_BACKENDS = ["teams.beheer.Rechten"]

# Local accounts: a user name and a password, and a second factor that everybody must have where this is set.
TWEEDE_FACTOR_VERPLICHT = env.bool("TWEEDE_FACTOR_VERPLICHT", default=False)
ACCOUNT_ADAPTER = "config.aanmelden.Aanmelding"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_RATE_LIMITS = {"login": "", "login_failed": "10/5m/key,100/5m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Eenplan"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Behind so many proxies of the municipality's own; the address of who tries passwords comes from there.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_AANTAL", default=0)

# A session ends after a while without a request, and after a working day in any case.
SESSIE_INACTIEF_MINUTEN = env.int("SESSIE_INACTIEF_MINUTEN", default=60)
SESSION_COOKIE_AGE = 60 * 60 * env.int("SESSIE_UREN", default=12)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Shared by all processes: the counts of failed attempts stand here.
IN_DE_DATABASE = "django.core.cache.backends.db.DatabaseCache"
CACHES = {
    "default": {"BACKEND": IN_DE_DATABASE, "LOCATION": "teams_cache"},
    "antwoorden": {
        "BACKEND": IN_DE_DATABASE,
        "LOCATION": "reporting_antwoorden",
        "TIMEOUT": 86_400,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}

# Cookies go over TLS alone where the municipality says that it serves over TLS.
TLS = env.bool("TLS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

GEMEENTE = env.str("GEMEENTE", default="")
# Who answers questions about the API.
API_CONTACT = {
    "naam": env.str("API_CONTACT_NAAM", default="") or f"Beheer van Eenplan {GEMEENTE}".strip(),
    "email": env.str("API_CONTACT_EMAIL", default="eenplan@example.org"),
    "url": env.str("API_CONTACT_URL", default="https://example.org/eenplan"),
}

STATIC_URL = "static/"
STATICFILES_DIRS = [
    ("redoc", Path(drf_spectacular_sidecar.__file__).parent / "static/drf_spectacular_sidecar/redoc/bundles")
]
WHITENOISE_USE_FINDERS = True

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["teams.api.lezer.Json"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["teams.api.aanmelden.Bearer"],
    "DEFAULT_PERMISSION_CLASSES": ["teams.api.scopes.MetScope"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
    "NON_FIELD_ERRORS_KEY": "nonFieldErrors",
    "EXCEPTION_HANDLER": "teams.api.problemen.als_probleem",
}

# Software outside the house signs in with client credentials alone; nothing else of OAuth is served (RFC 9700).
OAUTH2_PROVIDER_APPLICATION_MODEL = "teams.Afnemer"
OAUTH2_PROVIDER = {
    "OAUTH2_SERVER_CLASS": "oauthlib.oauth2.BackendApplicationServer",
    "OAUTH2_VALIDATOR_CLASS": "teams.api.oauth.Toetser",
    "SCOPES_BACKEND_CLASS": "teams.api.oauth.EigenScopes",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 600,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    **{
        f"COMPLIANT_BCP_RFC9700_{eis}": True
        for eis in (
            "IMPLICIT_GRANT",
            "PASSWORD_GRANT",
            "PKCE_METHOD",
            "PKCE_REQUIRED",
            "ACCESS_TOKEN_TRANSPORT",
            "AUTHZ_RESPONSE_ISS",
            "TOKEN_STORAGE",
            "REFRESH_TOKEN",
            "REDIRECT_URI_SCHEME",
            "REDIRECT_URI_MATCHING",
        )
    },
}

SPECTACULAR_SETTINGS = {
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "ENUM_NAME_OVERRIDES": {
        "Contactkanaal": "meldingen.api.invoer.CONTACTKANALEN",
        "Meldingkanaal": "meldingen.api.invoer.MELDINGKANALEN",
    },
}
# A register elsewhere that speaks Klantinteracties, of which tasks for our teams are fetched: its address up to and
# with `/klantinteracties/api/v1`, and a token that it gave.
OPENKLANT_URL = env.str("OPENKLANT_URL", default="").rstrip("/")
OPENKLANT_TOKEN = env.str("OPENKLANT_TOKEN", default="")
# By which that register, or the service that tells its news, shows who it is; without it nobody is believed.
OPENKLANT_NOTIFICATIE_TOKEN = env.str("OPENKLANT_NOTIFICATIE_TOKEN", default="")

# Webhooks go to addresses on the public internet alone, and to those of one's own that are listed here, as 10.1.0.0/16.
WEBHOOK_NETTEN = list(map(ip_network, env.list("WEBHOOK_NETTEN", default=[])))
# A mailbox whose mail comes into the triage, as imaps://gebruiker:wachtwoord@host/INBOX; other addresses from which we
# mail ourselves; and which files are kept, by the end of their names.
POSTBUS_URL = env.str("POSTBUS_URL", default="")
# By which certificates that of its server is judged; without, those that this machine trusts.
POSTBUS_CA = env.str("POSTBUS_CA", default="")
POSTBUS_EIGEN_ADRESSEN: list[str] = env.list("POSTBUS_EIGEN_ADRESSEN", default=[])
POSTBUS_BIJLAGEN: list[str] = env.list(
    "POSTBUS_BIJLAGEN",
    default=[
        "pdf",
        "jpg",
        "jpeg",
        "png",
        "gif",
        "heic",
        "txt",
        "rtf",
        "doc",
        "docx",
        "odt",
        "xls",
        "xlsx",
        "ods",
        "eml",
    ],
)

BROKER_URL = env.str("BROKER_URL", default="")
CELERY_BROKER_URL = BROKER_URL or "ingebouwd://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "data": EENPLAN_DATA,
    # Seconds: what a worker that died had taken comes back after this; no task may last longer.
    "visibility_timeout": 900,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
    "confirm_publish": True,
    # Who announces something doesn't wait for a broker that is away; a worker does, by its own setting.
    "max_retries": 0,
}
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_DEFAULT_QUEUE = "eenplan"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(EENPLAN_DATA / "beat")
CELERY_BEAT_SCHEDULE = {
    "bezorg berichten": {
        "task": "teams.tasks.bezorg_berichten",
        "schedule": timedelta(seconds=15),
        "options": {"expires": 15},
    },
    "bezorg webhooks": {
        "task": "teams.tasks.bezorg_webhooks",
        "schedule": timedelta(seconds=15),
        "options": {"expires": 15},
    },
    "maak bestanden": {
        "task": "reporting.tasks.maak_bestanden",
        "schedule": timedelta(seconds=15),
        "options": {"expires": 15},
    },
    "ruim bestanden op": {
        "task": "reporting.periodic.ruim_bestanden_op",
        "schedule": crontab(minute="55", hour="1"),
    },
    "vat wijzigingen samen": {
        "task": "reporting.periodic.vat_wijzigingen_samen",
        "schedule": crontab(minute="5"),
    },
    "ruim berichten op": {
        "task": "teams.periodic.ruim_berichten_op",
        "schedule": crontab(minute="30", hour="1"),
    },
    "ruim herhalingen op": {
        "task": "teams.periodic.ruim_herhalingen_op",
        "schedule": crontab(minute="40", hour="1"),
    },
    "ruim concepten op": {
        "task": "meldingen.periodic.ruim_op",
        "schedule": crontab(minute="45", hour="1"),
    },
    "ruim post op": {
        "task": "meldingen.periodic.ruim_post_op",
        "schedule": crontab(minute="50", hour="1"),
    },
    # Four or five in the morning there: it is the same day on both clocks.
    "nachtwerk": {
        "task": "meldingen.periodic.nachtwerk",
        "schedule": crontab(minute="0", hour="3"),
    },
    "haal taken op": {
        "task": "meldingen.periodic.haal_taken_op",
        "schedule": timedelta(minutes=5),
        "options": {"expires": 300},
    },
    "haal post op": {
        "task": "meldingen.periodic.haal_post",
        "schedule": timedelta(minutes=2),
        "options": {"expires": 120},
    },
    "let op spoed": {
        "task": "meldingen.periodic.let_op_spoed",
        "schedule": timedelta(minutes=5),
    },
    "let op terugbellen": {
        "task": "meldingen.periodic.let_op_terugbellen",
        "schedule": timedelta(minutes=5),
    },
}

# Without EMAIL_URL a mail becomes a file. The timeout is in seconds: the relay waits for the mail server.
EMAIL = env.dj_email_url("EMAIL_URL", default=f"file:///{quote(str(EENPLAN_DATA / 'post'))}")
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_FILE_PATH = unquote(EMAIL["EMAIL_FILE_PATH"])
EMAIL_HOST, EMAIL_PORT = EMAIL["EMAIL_HOST"], EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_USER"], EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL["EMAIL_USE_TLS"], EMAIL["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = EMAIL["EMAIL_TIMEOUT"] or 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("AFZENDER", default="Eenplan <eenplan@localhost>")
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{env.str('PORT', default='8000')}").rstrip("/")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "regel": {
            "class": "config.logregels.Logregel",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "regel"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
