import os
if os.environ.get("PROD"):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "a.settings")
else:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "b.settings")
