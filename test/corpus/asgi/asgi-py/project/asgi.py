from fastapi import FastAPI

application = FastAPI()


@application.get("/")
async def index():
    return {"hello": "world"}
