from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def page(request):
    return PlainTextResponse("never served")


app = Starlette(routes=[Route("/", page)])
