import numpy


def application(environ, start_response):
    inverse = numpy.linalg.inv(numpy.array([[1.0, 2.0], [3.0, 4.0]])).round(6)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{inverse.tolist()}\n".encode()]
