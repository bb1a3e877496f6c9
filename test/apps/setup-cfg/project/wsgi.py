from sums import total


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{total(40, 2)} is the sum\n".encode()]
