from starlette.applications import Starlette

try:
    from settings import DEBUG

    app = Starlette(debug=DEBUG)
except ImportError:
    app = Starlette()
