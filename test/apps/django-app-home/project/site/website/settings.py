"""Imports from the folder above, which both collectstatic and the server have to see."""

from pathlib import Path

from branding import NAME

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "only for tests, never served to anybody"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.staticfiles"]
STATICFILES_DIRS = [BASE_DIR / "assets"]
STATIC_ROOT = BASE_DIR / "collected" / NAME.split()[0].lower()
STATIC_URL = "/static/"
ROOT_URLCONF = "website.urls"
WSGI_APPLICATION = "website.wsgi.application"
