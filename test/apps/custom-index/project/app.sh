#!/bin/sh
set -e
pip freeze | grep -x 'greeting-words==1.0.3'
exec python app.py
