"""A guest book with a template and an error page."""

from flask import Flask, abort, render_template

application = Flask(__name__)
entries = ["first"]


@application.get("/")
def index():
    return render_template("visits.html", entries=entries)


@application.get("/entries/<int:number>")
def entry(number):
    return entries[number] if number < len(entries) else abort(404)
