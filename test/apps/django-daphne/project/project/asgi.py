"""HTTP goes to Django, WebSockets are answered in capitals."""
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
django_application = get_asgi_application()


async def application(scope, receive, send):
    if scope["type"] != "websocket":
        return await django_application(scope, receive, send)
    await receive()
    await send({"type": "websocket.accept"})
    message = await receive()
    await send({"type": "websocket.send", "text": message["text"].upper()})
    await send({"type": "websocket.close"})
