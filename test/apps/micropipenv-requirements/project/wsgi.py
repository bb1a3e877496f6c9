from flask import Flask, request

application = Flask(__name__)


@application.get("/")
def index():
    return "Flask within mod_wsgi\n" if "mod_wsgi.version" in request.environ else "Flask elsewhere\n"
