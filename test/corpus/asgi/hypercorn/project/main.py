from starlette.applications import Starlette

application: Starlette = Starlette()
