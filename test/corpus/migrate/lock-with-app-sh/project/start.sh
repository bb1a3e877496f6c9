#!/bin/sh
python manage.py migrate
exec gunicorn project.wsgi
