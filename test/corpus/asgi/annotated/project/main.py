from fastapi import FastAPI

app: FastAPI = FastAPI(title="Shop")


@app.get("/")
async def index():
    return {"hello": "world"}
