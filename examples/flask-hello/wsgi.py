"""The smallest Flask application: gunicorn finds it as `wsgi:application`."""

from flask import Flask

application = Flask(__name__)


@application.get("/")
def hello():
    return "Hello from Flask and gunicorn!\n"
