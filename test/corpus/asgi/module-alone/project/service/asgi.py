from fastapi import FastAPI

application = FastAPI()


@application.get("/")
async def page():
    return {"message": "served by its module's name"}
