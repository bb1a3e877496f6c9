import os
from fasthtml.common import *

match os.environ.get("STAGE"):
    case "development":
        app, rt = fast_app(live=True)
    case _:
        app, rt = fast_app()


@rt("/")
def get():
    return P("hello")


serve()
