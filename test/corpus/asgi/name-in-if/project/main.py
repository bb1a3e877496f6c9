import os

from fastapi import FastAPI

if os.environ.get("DOCS") == "on":
    app = FastAPI()
else:
    app = FastAPI(docs_url=None, redoc_url=None)
