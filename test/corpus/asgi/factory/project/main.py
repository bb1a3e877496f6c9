from fastapi import FastAPI


def create_app(title: str = "Shop") -> FastAPI:
    app = FastAPI(title=title)
    return app
