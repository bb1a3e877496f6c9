from fastapi import FastAPI
import uvicorn

api = FastAPI()


def start():
    uvicorn.run(api)
