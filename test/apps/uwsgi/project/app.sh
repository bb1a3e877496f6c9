#!/bin/sh
set -e
env | grep -Fx "VIRTUAL_ENV=$APP_ROOT"
uwsgi --version | sed 's/^/compiled here: /'
exec uwsgi --http-socket "0.0.0.0:$PORT" --master --die-on-term --processes 1 --wsgi-file wsgi.py
