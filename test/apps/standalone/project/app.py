"""Starts gunicorn from Python instead of being started by it."""

import os

from gunicorn.app.base import BaseApplication


def respond(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"embedded gunicorn\n"]


class Embedded(BaseApplication):
    def load_config(self):
        self.cfg.set("bind", "0.0.0.0:" + os.environ["PORT"])
        self.cfg.set("workers", 2)

    def load(self):
        return respond


Embedded().run()
