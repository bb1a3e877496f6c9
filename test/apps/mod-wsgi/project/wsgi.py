from flask import Flask, request

application = Flask(__name__)


@application.get("/")
def index():
    if "fail" in request.args:
        raise ValueError("asked to fail")
    return f"{'mod_wsgi ' + request.environ['mod_wsgi.process_group']}: inside Apache\n"
