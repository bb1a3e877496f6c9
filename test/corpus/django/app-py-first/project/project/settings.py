INSTALLED_APPS = ["django.contrib.staticfiles"]
STATIC_URL = "static/"
STATIC_ROOT = "staticfiles"
WSGI_APPLICATION = "project.wsgi.application"
