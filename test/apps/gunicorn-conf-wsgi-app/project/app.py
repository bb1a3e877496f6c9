"""Would end at once if it were run as a script."""

def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"configured by gunicorn.conf.py\n"]


if __name__ == "__main__":
    raise SystemExit("app.py was started")
