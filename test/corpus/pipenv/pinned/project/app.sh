#!/bin/bash
exec uwsgi --http-socket :8080 --module testapp
