"""An HTTP page and a WebSocket that answers in capitals."""
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.get("/")
def page():
    return {"message": "hello over ASGI"}


@app.websocket("/shout")
async def shout(socket: WebSocket):
    await socket.accept()
    await socket.send_text((await socket.receive_text()).upper())
    await socket.close()
