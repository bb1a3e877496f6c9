#!/bin/sh
set -e
. ./.s2i/environment
test "$(pipenv --version)" = "pipenv, version $PIN_PIPENV_VERSION"
pipenv --version
exec uwsgi --http-socket "0.0.0.0:$PORT" --master --die-on-term --processes 1 --wsgi-file wsgi.py
