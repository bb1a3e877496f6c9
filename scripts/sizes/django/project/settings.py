import os

SECRET_KEY = "only to measure sizes, never served to anybody"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth"]
ROOT_URLCONF = "project.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": os.environ.get("DATABASE", "notes")}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
