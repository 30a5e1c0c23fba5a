"""Django's settings. Every value that differs between installations comes from `environment`."""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from samskapa.config import (
    concerns,
    deeds,
    eid,
    figures,
    helping,
    in_clear,
    looks,
    navigation,
    notices,
    personal_data,
    public_records,
    reactions,
    slots,
    steps,
)
from samskapa.config import environment as env

TESTING = "pytest" in sys.modules
if not TESTING:  # tests do not depend on whether the demo has been run here
    env.load_demo_env_if_nothing_is_set()

DEMO = env.flag("SAMSKAPA_DEMO")
DEBUG = False

SECRET_KEY = env.text("SAMSKAPA_SECRET_KEY", "only-for-tests-" + "x" * 40 if TESTING else None)
#: Keys the trail: outside the database, so that a row cannot be forged by who can write there.
TRAIL_KEY = env.text("SAMSKAPA_TRAIL_KEY", "only-for-tests-trail" if TESTING else SECRET_KEY)

#: Where the worker writes down how far the chain through the trail has come: outside the database too. "": nowhere.
TRAIL_HEAD = env.text("SAMSKAPA_TRAIL_HEAD", "" if TESTING else str(env.VAR / "trail.head"))
#: Locked while a backup is put back: pages answer 503 and the worker rests. "": nothing to lock.
MAINTENANCE = "" if TESTING else str(env.VAR / "maintenance")
#: The file outside the database that holds the rings of keys; it is read again whenever it changes.
KEYS_FILE = env.text("SAMSKAPA_KEYS_FILE", "")
#: The rings where there is no such file. With neither, a key made from SECRET_KEY stands in.
FIELD_KEYS = env.text("SAMSKAPA_FIELD_KEYS", "")
INDEX_KEYS = env.text("SAMSKAPA_INDEX_KEYS", "")

#: The address people use, without a slash at the end: for links in mail and feeds.
SITE_URL = env.text("SAMSKAPA_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.words("SAMSKAPA_HOSTS", "localhost,127.0.0.1,testserver" if TESTING else "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

#: Who answers for the service: named in the accessibility statement, with how one reaches them.
OPERATOR = {
    "name": env.text("SAMSKAPA_OPERATOR", ""),
    "email": env.text("SAMSKAPA_OPERATOR_EMAIL", ""),
    "phone": env.text("SAMSKAPA_OPERATOR_PHONE", ""),
}

INSTALLED_APPS = [
    "samskapa.ground.core",
    "samskapa.ground.design",
    "samskapa.ground.language",
    "samskapa.ground.documents",
    "samskapa.ground.figures",
    "samskapa.ground.people",
    "samskapa.ground.organisations",
    "samskapa.ground.notices",
    "samskapa.ground.protection",
    "samskapa.ground.helping",
    "samskapa.ground.concerns",
    "samskapa.ground.agreements",
    "samskapa.listen.surveys",
    "samskapa.cocreate.pool",
    "samskapa.cocreate.assignments",
    "samskapa.cocreate.matching",
    "samskapa.cocreate.importing",
    "samskapa.cocreate.recruiting",
    "samskapa.cocreate.circulars",
    "samskapa.cocreate.underway",
    "samskapa.cocreate.starting",
    "samskapa.cocreate.coverage",
    "samskapa.learn.methods",
    "samskapa.edge.pages",
    "samskapa.edge.my_data",
    "samskapa.edge.records",
    "samskapa.edge.statistics",
    "samskapa.edge.demo",
    "samskapa.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "samskapa.edge.pages.middleware.Observed",
    "samskapa.edge.pages.middleware.Discreet",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "samskapa.edge.pages.middleware.HealthFirst",
    "samskapa.ground.documents.middleware.FilesHost",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "samskapa.edge.pages.middleware.ClosedWhileRestoring",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samskapa.ground.language.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samskapa.ground.people.middleware.LastSeen",
    "samskapa.ground.organisations.middleware.ActorMiddleware",
    "samskapa.ground.helping.middleware.HelpMiddleware",
    "samskapa.edge.pages.middleware.NumbersThatExist",
    "samskapa.ground.concerns.middleware.Concerned",
]

ROOT_URLCONF = "samskapa.config.urls"
WSGI_APPLICATION = "samskapa.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # By hand, because django-cotton's own set-up would rewrite the loaders at start.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "samskapa.edge.pages.context.page",
            ],
        },
    }
]
COTTON_DIR = "cotton"
FORM_RENDERER = "samskapa.ground.design.forms.Renderer"

# --- database -------------------------------------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL", "") or f"sqlite:///{env.VAR / 'samskapa.sqlite3'}"
_database = dj_database_url.parse(DATABASE_URL)
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        # IMMEDIATE: a read-modify-write never fails half-way with "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # secure_delete: what is changed or removed (a name that is protected from now on) is overwritten in the file.
        # recursive_triggers: REPLACE, which deletes what stands in its way, then asks the delete triggers too.
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;"
            "PRAGMA secure_delete=ON;"
        ),
    }
    # Real migrations and real locks want a file, not :memory:. It lies out of the demo's sight.
    _database["TEST"] = {"NAME": str(env.VAR / "test" / "samskapa.sqlite3")}
else:
    # Short waits: a database that is gone is said to be gone, rather than holding every thread.
    # jit=off: to compile a page's question takes longer than to answer it (who fits: 150 of 330 ms).
    _database["OPTIONS"] = {"connect_timeout": 5, "options": "-c jit=off"} | (
        {"pool": {"min_size": 1, "max_size": 8, "timeout": 5}} if not TESTING else {}
    )
    _database["CONN_MAX_AGE"] = 0
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# No ATOMIC_REQUESTS: under IMMEDIATE every page would take SQLite's write lock.

# --- people ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["samskapa.ground.people.adapter.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:my_page"
LOGOUT_REDIRECT_URL = "pages:start"
ACCOUNT_ADAPTER = "samskapa.ground.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "samskapa.ground.people.models.display_name"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Six digits: easy to copy from a phone. Guessing is held back by the attempts (and by rate limits).
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_TIMEOUT = 60 * 60  # longer than a code and its two repeats
# Nobody signs up by typing an address: an account comes with an invitation or a code, both sent by mail,
# so there is no unproved address to verify.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "samskapa.ground.people.forms.LogInForm",
    "confirm_login_code": "samskapa.ground.people.forms.CodeForm",
    "change_password": "samskapa.ground.people.forms.ChangePasswordForm",
    "set_password": "samskapa.ground.people.forms.SetPasswordForm",
    "reset_password": "samskapa.ground.people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "samskapa.ground.people.forms.NewPasswordForm",
}
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
MFA_ADAPTER = "samskapa.ground.people.mfa.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey is strong because the device itself asks who holds it (finger, face, PIN).
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1  # one step of thirty seconds either way: a slow typist, a clock that is a little off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # we have none: every address has been reached by a mail

#: Name -> broker of e-identification.
EID_BROKERS = eid.brokers()
# In the database, so that every process counts the same attempts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_remembered",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
#: How many proxies of ours stand before the server, each adding to X-Forwarded-For: where to read who is counted.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.text("SAMSKAPA_PROXIES", "0"))
# A hospital may have one address for thousands: what comes from one address is limited loosely, what goes to one
# account tightly.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "request_login_code": "60/m/ip,3/m/key,10/h/key",
    "reset_password": "20/m/ip,3/m/key,10/h/key",
}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
#: What a person may do in the open, and how often; beyond it the form comes back with what was typed.
RATE_LIMITS = {
    "ask": "20/h/user",
    "apply": "60/h/user",
    "nominate": "60/h/user",
    "invite": "100/h/user",
    "survey": "30/h/user",
    "take_along": "20/h/user",
    "address": "10/h/user",
    "opened": "60/h/ip",  # beyond it a short link leads on as before, and is not counted
}
SESSION_ENGINE = "samskapa.ground.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "samskapa.edge.pages.views.csrf_failure"

# --- work after commit ----------------------------------------------------------------------------
REACTIONS, SCHEDULE, SLOTS = reactions.REACTIONS, reactions.SCHEDULE, slots.SLOTS
STEPS_BY_LINK = steps.STEPS_BY_LINK
TOPICS, MAILS, PASSED_ON = notices.TOPICS, notices.MAILS, notices.PASSED_ON
#: The page on which a person chooses what they get by mail, for the foot of a mail.
MAIL_CHOICES = "notices:choose"
LOOKS = looks.LOOKS
CONCERNS = concerns.CONCERNS
PERSONAL_DATA = personal_data.PERSONAL_DATA
IN_CLEAR = in_clear.IN_CLEAR
DEEDS, DONE_FOR_ANOTHER = deeds.DEEDS, helping.DONE_FOR_ANOTHER
NAVIGATION, FOOTER, PROFILE = navigation.NAVIGATION, navigation.FOOTER, navigation.PROFILE
KNOWLEDGE = navigation.KNOWLEDGE
PUBLIC_RECORDS = public_records.PUBLIC_RECORDS
#: What is counted by month.
FIGURES = figures.FIGURES
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
#: Seconds without a sign of life after which a worker counts as dead and its jobs are run by another.
WORKER_DEAD_AFTER = int(env.text("SAMSKAPA_WORKER_DEAD_AFTER", "60"))
#: Seconds a worker may take to send one mail before another takes it over.
MAIL_LEASE = int(env.text("SAMSKAPA_MAIL_LEASE", "120"))
#: How many mails one recipient gets within an hour, but those that somebody waits for at the screen; more wait.
MAIL_MOST_AN_HOUR = int(env.text("SAMSKAPA_MAIL_MOST_AN_HOUR", "60"))
#: Seconds before a failed job is tried again the first time; then four times longer each time.
JOB_FIRST_WAIT = 10
#: file:///folder writes one file per Message-ID (demo, tests); smtp://user:pass@host:port sends.
MAIL_URL = env.text("SAMSKAPA_MAIL", f"file://{env.VAR / 'mail'}")
DEFAULT_FROM_EMAIL = env.text("SAMSKAPA_MAIL_FROM", "Samskapa <samskapa@localhost>")

# --- language -------------------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = USE_TZ = True

# --- files and headers ----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = None if TESTING else str(env.VAR / "static")  # tests read the files where they are written
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING
SECURE_CONTENT_TYPE_NOSNIFF = True
if SITE_URL.startswith("https://"):
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked for by the machine next door, without TLS
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
# Subdomains and the browsers' preload list are for the owner of the domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *eid.origins(EID_BROKERS)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

#: Files that people have sent: outside everything that is served, and outside the database.
FILES_FOLDER = env.text("SAMSKAPA_FILES", str(env.VAR / ("test/files" if TESTING else "files")))
FILES_MOST_BYTES = int(env.text("SAMSKAPA_FILES_MOST_MB", "10")) * 1_000_000
#: A host of their own, if there is one; it then serves nothing else, and the service's own host no files.
FILES_URL = env.text("SAMSKAPA_FILES_URL", "").rstrip("/")
if FILES_URL:
    ALLOWED_HOSTS.append(urlsplit(FILES_URL).hostname or "")
#: The virus scanner: tcp://host:3310 or unix:///run/clamav/clamd.ctl.
CLAMD = env.text("SAMSKAPA_CLAMD", "")

#: "line" for people, "json" for a machine that collects logs: one object a line.
LOG_FORMAT = "json" if env.text("SAMSKAPA_LOG", "line") == "json" else "line"
#: Who watches the service shows this to read /metrics; without one there is no such page.
METRICS_TOKEN = env.text("SAMSKAPA_METRICS_TOKEN", "")
#: Where the processes of the server count together: `serve` names it to the library, which reads it by itself.
METRICS_FOLDER = env.text("PROMETHEUS_MULTIPROC_DIR", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "samskapa.config.logs.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "samskapa.config.logs.JSONLines"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # The demo runs in front of somebody: what is in order is not told.
    "loggers": {"samskapa": {"level": "WARNING" if DEMO else "INFO"}},
}
