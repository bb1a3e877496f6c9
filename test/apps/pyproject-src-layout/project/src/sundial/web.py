from flask import Flask, request

application = Flask(__name__)


@application.get("/")
def shadow():
    return f"the shadow points to {int(request.args['hour'])}\n"
