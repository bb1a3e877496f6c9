from fastapi import FastAPI

admin = FastAPI()
public = FastAPI()
