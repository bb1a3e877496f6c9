from litestar import Litestar, get


@get("/")
async def index() -> str:
    return "hello"


app = Litestar([index])
