import threading
import time

print("the application may print")
threading.Thread(target=time.sleep, args=[3600]).start()


def application(environ, start_response):
    start_response("200 OK", [])
    return [b"never asked"]
