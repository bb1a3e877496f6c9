from flask import Flask

application = Flask(__name__)


@application.get("/")
def greet():
    return "first words"
