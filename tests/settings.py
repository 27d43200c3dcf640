"""The product's settings, with what only tests may have: a quick hash and unhashed static files."""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("CLEARLINES_VAR", tempfile.mkdtemp(prefix="clearlines-tests-"))

from clearlines.settings import *  # noqa: F403

DEBUG = False
SECRET_KEY = "only for tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A test is undone, and what it sealed with it: nothing outside the database may remember, and no thread may seal.
LEDGER_ANCHOR = ""
LEDGER_SEALS_ITSELF = False
# Files the tests write go where the tests of one worker cannot meet another's.
INCIDENTS_DIR = Path(tempfile.mkdtemp(prefix="clearlines-incidents-"))
LOGGING["root"]["level"] = "CRITICAL" if "pytest" in sys.modules else "WARNING"  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
