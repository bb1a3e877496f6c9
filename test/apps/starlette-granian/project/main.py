"""An HTTP page and a WebSocket that answers in capitals."""
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute


async def page(request):
    return PlainTextResponse("hello over ASGI")


async def shout(socket):
    await socket.accept()
    await socket.send_text((await socket.receive_text()).upper())
    await socket.close()


application = Starlette(routes=[Route("/", page), WebSocketRoute("/shout", shout)])
