from flask import Flask


def create_app(settings=None):
    return Flask(__name__)
